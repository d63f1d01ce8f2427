"""Shorthand that expands as it is typed: `;nfa` and a space; Ctrl+Z gives the letters back."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from workstation.domain.shorthand import BEGINS, expanded
from workstation.ui.text_area import TextArea
from workstation.ui.tip import set_tip
from workstation.views.decide.desk_face import DeskFace

_AFTER = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class Shorthand(QObject):
    """Reads the keys of one box before the box does."""

    def __init__(self, desk: DeskFace, area: TextArea) -> None:
        super().__init__(area)
        self._desk, self._area = desk, area
        area.installEventFilter(self)
        desk.shorthand.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        lines = [f"{BEGINS}{key}  {words}" for key, words in self._desk.shorthand.known().items()]
        set_tip(self._area, "\n".join(["Shorthand, then a space:", *lines]) if lines else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What ends a word expands it first; the key itself goes on as ever."""
        is_press = event.type() == QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.key() in _AFTER:
            self._expand()
        return super().eventFilter(watched, event)

    def _expand(self) -> None:
        cursor = self._area.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        made = expanded(self._desk.shorthand.known(), before, self._desk.clock.now())
        if made is None or cursor.hasSelection():
            return
        length, words = made
        left, by = QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor
        cursor.movePosition(left, by, length)
        cursor.insertText(words)
