"""Colours can be read: text at 4.5, marks, borders and focus at 3."""

import pytest
from PySide6.QtGui import QColor

from workstation.ui.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
GROUNDS = ("app", "panel", "raised", "sunken", "input")


def luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    ink = QColor(colour)
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (ink.redF(), ink.greenF(), ink.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@THEMES
def test_text_is_readable_on_every_ground(tokens: Tokens) -> None:
    for ink in ("text", "text2", "text3"):
        for ground in GROUNDS:
            assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5, (ink, ground)


@THEMES
def test_text_on_lit_rows_is_readable(tokens: Tokens) -> None:
    for ink in ("text", "text2", "danger", "warn", "accent"):
        for ground in ("hover", "selected"):
            assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5, (ink, ground)


@THEMES
def test_every_tone_is_readable_on_its_own_ground(tokens: Tokens) -> None:
    for name in ("neutral", "accent", "danger", "warn", "ok", "vuln", "primary"):
        tone = tokens.tone(name)
        assert contrast(tone.text, tone.ground) >= 4.5, name


@THEMES
def test_tone_words_are_readable_on_panels_and_cards(tokens: Tokens) -> None:
    for ink in ("accent", "danger", "warn", "ok", "vuln"):
        for ground in ("panel", "raised"):
            assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5, (ink, ground)


@THEMES
def test_words_on_filled_buttons_and_badges_are_readable(tokens: Tokens) -> None:
    for fill in ("accent_fill", "accent_hover", "danger_fill"):
        assert contrast(tokens.on_accent, getattr(tokens, fill)) >= 4.5, fill
    assert contrast(tokens.on_badge, tokens.badge) >= 4.5


@THEMES
def test_control_borders_and_focus_stand_out(tokens: Tokens) -> None:
    for edge in ("line_strong", "focus"):
        for ground in GROUNDS:
            assert contrast(getattr(tokens, edge), getattr(tokens, ground)) >= 3, (edge, ground)


@THEMES
def test_grade_letters_and_outlines_stand_out(tokens: Tokens) -> None:
    for shape, colours in tokens.grades.items():
        assert contrast(colours.letter, colours.fill) >= 4.5, shape
        for ground in ("panel", "raised", "selected"):
            assert contrast(colours.outline, getattr(tokens, ground)) >= 3, (shape, ground)


@THEMES
def test_risk_phrases_are_readable(tokens: Tokens) -> None:
    assert contrast(tokens.text, tokens.mark) >= 4.5
