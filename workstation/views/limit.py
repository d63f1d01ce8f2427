"""How much a control still takes, said before it is too much: nothing typed or pasted is cut."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.ui.label import Caption
from workstation.ui.text_area import TextArea
from workstation.ui.theme import DANGER_ROLE, TERTIARY_ROLE

NEAR = 0.9
_Editor = QLineEdit | TextArea


class Limit(QObject):
    """Counts from nine tenths on in a line under the control, and says when it is too much."""

    def __init__(self, editor: _Editor, most: int) -> None:
        super().__init__(editor)
        self._editor, self.most = editor, most
        self.line: Caption | None = None
        editor.textChanged.connect(self._count)

    def _count(self) -> None:
        size = len(_words(self._editor))
        if size < self.most * NEAR:
            if self.line is not None:
                self.line.hide()
            return
        if self.line is None:
            self.line = Caption("", strong=True)
            _column_of(self._editor).addWidget(self.line)
        self.line.setText(told(size, self.most))
        self.line.setForegroundRole(DANGER_ROLE if size > self.most else TERTIARY_ROLE)
        self.line.show()


def told(size: int, most: int) -> str:
    """How much is written of how much, or by how much it is too long."""
    if size <= most:
        return f"{size:,} of {most:,} characters"
    return f"Holds up to {most:,} characters: {size - most:,} too many. Shorten it."


def _words(editor: _Editor) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else editor.text


def _column_of(editor: QWidget) -> QLayout:
    """The nearest column the control stands in."""
    part: QWidget | None = editor.parentWidget()
    while part is not None:
        layout = part.layout()
        if isinstance(layout, QVBoxLayout):
            return layout
        part = part.parentWidget()
    raise RuntimeError("A control that counts stands in no column.")
