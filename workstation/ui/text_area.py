"""A box for several lines of plain text that grows as it fills, up to a limit."""

from math import ceil

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from workstation.ui.fonts import ui_font

_FRAME = 22  # one pixel less and a full box scrolls


class TextArea(QPlainTextEdit):
    """Plain text only, whatever is pasted. `edited(str)` tells of the person's own edits."""

    edited = Signal(str)

    def __init__(
        self,
        name: str,
        placeholder: str = "",
        min_lines: int = 3,
        max_lines: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._min_lines, self._max_lines = min_lines, max_lines
        self.setFont(ui_font(14))
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)
        self._quiet = False

    @property
    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Put text in place without telling of an edit; the caret stays where it can."""
        if text == self.text:
            return
        place = self.textCursor().position()
        self._quiet = True
        try:
            self.setPlainText(text)
        finally:
            self._quiet = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.text)))
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        lines = round(self.document().size().height())
        shown = min(max(lines, self._min_lines), self._max_lines)
        line = QFontMetricsF(self.font()).lineSpacing()
        return QSize(240, ceil(shown * line) + _FRAME)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _on_changed(self) -> None:
        self.updateGeometry()
        if not self._quiet:
            self.edited.emit(self.text)
