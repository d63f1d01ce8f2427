"""Puts the decision column on a stage of the size it has in the window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.views.decide.column import DecideColumn

SMALL, LARGE = (1366, 768), (1920, 1080)
TOP_BAR, STATUS_BAR = 56, 30


class Stage(QWidget):
    """A window with the column at its right, between where top bar and status bar stand."""

    def __init__(self, desk: Desk, size: tuple[int, int] = LARGE) -> None:
        super().__init__()
        self.column = DecideColumn(desk)
        self.column.setFixedWidth(356 if size == SMALL else 432)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, TOP_BAR, 0, STATUS_BAR)
        outer.addLayout(row)
        self.resize(*size)
        self.show()
        self.activateWindow()

    def open(self, id: ReportId) -> DecideColumn:
        """Show a report as the queue does, and wait until nothing more moves."""
        self.column.show_report(id)
        settle()
        return self.column


def settle() -> None:
    """Let layouts and what waits for them finish."""
    for _ in range(4):
        QApplication.processEvents()


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise AssertionError("The keyboard is nowhere.")
    QTest.keyClick(widget, key, modifiers)
    settle()


def press_primary() -> None:
    """Ctrl+Enter."""
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
