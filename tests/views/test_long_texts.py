"""A long text shows its first part, says what is left out, and is shown whole on asking."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, Night
from tests.views.test_report_page import page
from workstation.domain.report import MarkedPhrase
from workstation.domain.story import AddNote
from workstation.ui.label import Caption, Secondary
from workstation.views.literal import literal
from workstation.views.parts import FIRST_LINES, LINES, MOST, parts_of
from workstation.views.report.account import AccountCard, AccountText
from workstation.views.report.log import LogLine

LONG = {
    "lines": "a\n" * 49_000,
    "returns": "a\r\n" * 9_000,
    "turning marks": "\u202e" * 9_000,
    "one word": "W" * 20_000,
    "words": "he knows where " * 2_000,
    "accents": "e\u0301" * 9_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_comes_in_parts_with_no_character_lost(text: str) -> None:
    parts = parts_of(text)
    assert "".join(one.text for one in parts) == text
    assert max(len(literal(one.text)) for one in parts) <= MOST
    assert parts[0].text.count("\n") <= FIRST_LINES
    assert max(one.text.count("\n") for one in parts) <= LINES
    assert not any(one.text.startswith("\u0301") for one in parts)


@pytest.mark.parametrize("text", ["", "short", "two\nlines\n"])
def test_a_short_text_is_one_part(text: str) -> None:
    assert [one.text for one in parts_of(text)] == [text]


@pytest.mark.parametrize("at", [MOST - 6, MOST - 1, MOST, 3 * MOST])
def test_no_risk_phrase_lies_across_two_parts(at: int) -> None:
    text = "x" * at + "kill me" + "y" * 500
    found = parts_of(text, [MarkedPhrase(at, at + 7, "kill me", "Threat")])
    marked = [one.text[mark.start : mark.end] for one in found for mark in one.marks]
    assert marked == ["kill me"]


def shown_words(card: AccountCard) -> list[str]:
    """The phrases that stand out in what is on the card now."""
    texts = card.findChildren(AccountText)
    return [word for one in texts for word in one.marked_words()]


def test_risk_phrases_further_down_are_said_and_one_key_shows_them(qtbot: QtBot) -> None:
    card = AccountCard()
    qtbot.addWidget(card)
    card.show()
    text = "kill me " + "a\n" * 500 + "regret it" + "b\n" * 500 + "knows where"
    phrases = ["kill me", "regret it", "knows where"]
    marks = [MarkedPhrase(text.index(p), text.index(p) + len(p), p, "Threat") for p in phrases]
    card.show_account(text, marks)
    assert shown_words(card) == ["kill me"]
    assert card.trailing.text() == "3 risk phrases"
    assert card.parts.button.text() == "Show all: 2 risk phrases further down"
    assert card.parts.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(card.parts.button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown_words(card) == phrases)
    texts = [one.toPlainText() for one in card.findChildren(AccountText)]
    assert "\n".join(texts) == text
    QTest.keyClick(card.parts.button, Qt.Key.Key_Space)
    assert shown_words(card) == ["kill me"]


def noted(shown_line: LogLine) -> str:
    """The words of a note as the log shows them now."""
    return "\n".join(one.text() for one in shown_line.findChildren(Secondary))


def test_a_long_note_shown_whole_stays_whole_and_what_did_not_change_is_not_made_again(
    qtbot: QtBot, night: Night
) -> None:
    night.meanwhile(MO, AddNote(report=night["r1"], text="a\n" * 900 + "the end"))
    shown = page(qtbot, night)
    before = shown.log.lines()
    long = before[-1]
    assert "the end" not in noted(long)
    assert long.parts is not None
    assert long.parts.button.text() == f"Show all ({1807 - 2 * FIRST_LINES:,} more)"
    long.parts.button.click()
    qtbot.waitUntil(lambda: "the end" in noted(long))
    night.meanwhile(MO, AddNote(report=night["r1"], text="short"))
    shown.show_report(night["r1"])
    assert shown.log.lines()[: len(before)] == before
    assert "the end" in noted(shown.log.lines()[-2])


def test_a_name_that_turns_text_round_is_spelt_out_in_the_log(qtbot: QtBot, night: Night) -> None:
    night.meanwhile(MO, AddNote(report=night["r1"], text="short"))
    shown = page(qtbot, night)
    line = shown.log.lines()[-1].line
    told = line.shown.entry
    turned = structs.replace(told, by=structs.replace(told.by, name="Mo\u202e Ahmed"))
    made = LogLine(structs.replace(line, shown=structs.replace(line.shown, entry=turned)), told.at)
    qtbot.addWidget(made)
    said = [one.text() for one in made.findChildren(Caption)] + [made.accessibleName()]
    assert "\u202e" not in "".join(said)
    assert sum("Mo‹U+202E› Ahmed" in one for one in said) == 2
