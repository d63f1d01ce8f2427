"""No part of a screen comes up as a window of its own first: that would take the keyboard away."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.banner import Banner
from workstation.ui.card import Card
from workstation.ui.empty import Empty
from workstation.ui.form import Field

PARTS: list[tuple[str, Callable[[], QWidget]]] = [
    ("a banner with an action", lambda: Banner("warn", "Look", "hand", "Now:", "Answer")),
    ("a field with a hint", lambda: Field("Why", "Required", QLineEdit())),
    ("a card with a mark", lambda: Card("Risk", "Asha", "hand")),
    ("nothing here, and what to do", lambda: Empty("Nothing", "Nobody waits.", action="All")),
]


class Windows(QObject):
    """Remembers every widget that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.shown.append(watched)
        return False


@pytest.mark.parametrize("make", [make for _, make in PARTS], ids=[name for name, _ in PARTS])
def test_nothing_of_it_is_shown_before_it_stands_in_the_screen(
    qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget]
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        qtbot.addWidget(make())
    finally:
        qapp.removeEventFilter(windows)
    assert windows.shown == []
