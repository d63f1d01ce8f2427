"""Puts one theme on the whole program: a full QPalette and one small style sheet.

The theme in force is kept on the QApplication, so a widget that paints itself asks
`current()` each time and follows a switch with an ordinary repaint.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.style_sheet import style_sheet
from workstation.ui.tokens import DARK, LIGHT, Tokens

_THEME = "workstation_theme"
_Role = QPalette.ColorRole

SECONDARY_ROLE = _Role.LinkVisited
TERTIARY_ROLE = _Role.PlaceholderText
DANGER_ROLE = _Role.BrightText
ACCENT_ROLE = _Role.Link


def apply_theme(app: QApplication, tokens: Tokens) -> None:
    """Show the whole program in this theme and repaint what is already open."""
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setProperty(_THEME, tokens.name)
    app.setFont(ui_font(14))
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens, scaled(34)))
    for widget in app.allWidgets():
        if isinstance(widget, QWidget) and widget.isVisible():
            widget.update()


def current() -> Tokens:
    """The theme in force; the night one until another is applied."""
    app = QCoreApplication.instance()
    return LIGHT if app is not None and app.property(_THEME) == LIGHT.name else DARK


def palette_of(tokens: Tokens) -> QPalette:
    """Every role of the palette, given out so that no platform default shows through."""
    palette = QPalette()
    for role, colour in _roles(tokens).items():
        palette.setColor(role, QColor(colour))
    for role in (_Role.Text, _Role.WindowText, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return palette


def _roles(tokens: Tokens) -> dict[QPalette.ColorRole, str]:
    return {
        _Role.Window: tokens.app,
        _Role.WindowText: tokens.text,
        _Role.Base: tokens.input,
        _Role.AlternateBase: tokens.panel,
        _Role.Text: tokens.text,
        _Role.Button: tokens.raised,
        _Role.ButtonText: tokens.text,
        _Role.ToolTipBase: tokens.raised,
        _Role.ToolTipText: tokens.text,
        _Role.Highlight: tokens.accent_fill,
        _Role.HighlightedText: tokens.on_accent,
        _Role.Accent: tokens.accent_fill,
        _Role.Light: tokens.hover,
        _Role.Midlight: tokens.hover,
        _Role.Mid: tokens.line,
        _Role.Dark: tokens.line_strong,
        _Role.Shadow: tokens.sunken,
        SECONDARY_ROLE: tokens.text2,
        TERTIARY_ROLE: tokens.text3,
        DANGER_ROLE: tokens.danger,
        ACCENT_ROLE: tokens.accent,
    }
