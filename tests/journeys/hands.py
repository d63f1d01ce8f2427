"""Hands on a keyboard: keys go to the window as the system sends them, and are counted.

Nothing here touches a widget: no click, no call. Keys and text are counted apart.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Hands:
    """Types into whichever window is active. `keys` counts keystrokes that are not text."""

    def __init__(self) -> None:
        self.keys = 0
        self.letters = 0

    def press(self, *names: str) -> None:
        """Press keys by name, one after another: `J`, `F2`, `Ctrl+Return`, `Shift+Tab`."""
        for name in names:
            combination = QKeySequence(name)[0]  # type: ignore[index]  # not in the stubs
            QTest.keyClick(_window(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()
            self.keys += 1

    def write(self, text: str) -> None:
        """Type text letter by letter; what no key of ours has comes by the input method."""
        for letter in text:
            if letter.isascii():
                shift = Qt.KeyboardModifier.ShiftModifier
                plain = Qt.KeyboardModifier.NoModifier
                QTest.keyClick(_window(), ord(letter), shift if letter.isupper() else plain)
            else:
                _compose(letter)
            self.letters += 1
        QApplication.processEvents()


def _window() -> QWindow:
    window = QGuiApplication.focusWindow()
    if window is None:
        raise AssertionError("No window has the keyboard.")
    return window


def _compose(letter: str) -> None:
    """As an input method gives a letter: composed, then committed."""
    target = QApplication.focusWidget()
    if target is None:
        raise AssertionError("The keyboard is nowhere.")
    event = QInputMethodEvent(letter, [])
    QApplication.sendEvent(target, event)
    event = QInputMethodEvent("", [])
    event.setCommitString(letter)
    if not QApplication.sendEvent(target, event) or event.type() != QEvent.Type.InputMethod:
        raise AssertionError(f"Nothing took {letter!r}.")
