"""A whole window on a desk that is closed before its desk, as the program does at sign-out."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from workstation.desk import Desk
from workstation.views.shell import MainWindow


@contextmanager
def a_window(desk: Desk) -> Iterator[MainWindow]:
    """The window, shown and active."""
    window = MainWindow(desk)
    window.resize(1920, 1080)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowExposed(window)
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def type_into(editor: QWidget, words: str) -> None:
    """Type as a person does."""
    editor.setFocus()
    QTest.keyClicks(editor, words)
