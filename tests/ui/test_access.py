"""Every widget that takes the keyboard has a name, is big enough, and says why it is disabled."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.gallery import build_page
from workstation.ui.button import Button
from workstation.ui.theme import apply_theme, current
from workstation.ui.tokens import DARK, LIGHT


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    """Every widget on one page."""
    built = build_page()
    qtbot.addWidget(built)
    built.show()
    return built


def spoken_name(widget: QWidget) -> str:
    """The name a screen reader gets."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name)) if interface else ""


def test_every_focusable_widget_has_a_name(page: QWidget) -> None:
    nameless = [
        type(widget).__name__
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not spoken_name(widget)
        and not widget.accessibleName()
    ]
    assert nameless == []


def test_every_button_is_a_target_of_24_pixels(page: QWidget) -> None:
    small = [
        (type(button).__name__, button.accessibleName(), button.width(), button.height())
        for button in page.findChildren(QAbstractButton)
        if button.isVisible() and min(button.width(), button.height()) < 24
    ]
    assert small == []


def test_tab_visits_the_page_and_comes_back(qtbot: QtBot, page: QWidget) -> None:
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    seen: list[QWidget | None] = []
    for _ in range(200):
        focused = QApplication.focusWidget()
        seen.append(focused)
        QTest.keyClick(focused or page, Qt.Key.Key_Tab)
    first = seen[1]
    assert seen.count(first) > 1
    assert len(set(map(id, seen))) > 20


def test_a_disabled_button_says_why(qtbot: QtBot) -> None:
    button = Button("&Issue crime number", "primary", keys=("Ctrl", "Enter"))
    qtbot.addWidget(button)
    button.set_hint("Issues the number at once")
    button.set_enabled_because(False, "Choose an <offence> first")
    assert not button.isEnabled()
    assert button.accessibleDescription() == "Choose an <offence> first"
    assert "&lt;offence&gt;" in button.toolTip()
    button.set_enabled_because(True)
    assert button.isEnabled()
    assert button.toolTip() == "Issues the number at once"
    assert button.accessibleName() == "Issue crime number"


def test_a_theme_switch_repaints_what_is_open(page: QWidget) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    dark = page.grab().toImage().pixelColor(20, 500).name()
    apply_theme(app, LIGHT)
    light = page.grab().toImage().pixelColor(20, 500).name()
    assert (dark, light) == (DARK.app.lower(), LIGHT.app.lower())
    assert current() is LIGHT


def test_the_style_sheet_stays_small() -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    assert len(app.styleSheet()) < 6_000
