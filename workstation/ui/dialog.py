"""The modal question, kept for the three acts that cannot be taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.button import Button, Kind
from workstation.ui.label import Body, Title
from workstation.ui.paint import paint_box
from workstation.ui.theme import current


@dataclass(frozen=True)
class Answer:
    """One way to answer: `key` is what `ask` returns."""

    key: str
    text: str
    kind: Kind = "plain"


class Dialog(QDialog):
    """A title, a sentence or two, and the answers. Escape always answers with the empty key."""

    def __init__(
        self, title: str, text: str, answers: Sequence[Answer], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setModal(True)
        self.setMinimumWidth(420)
        self.answer = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Title(title, 16))
        column.addWidget(Body(text))
        self.body = QVBoxLayout()
        column.addLayout(self.body)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        self.buttons = {answer.key: self._button(answer, row) for answer in answers}
        column.addSpacing(8)
        column.addLayout(row)

    def ask(self) -> str:
        """Show the question and wait for the answer's key."""
        self.exec()
        return self.answer

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        paint_box(QPainter(self), QRectF(self.rect()), 0, tokens.raised, tokens.line_strong)

    def _button(self, answer: Answer, row: QHBoxLayout) -> Button:
        button = Button(answer.text, answer.kind)
        button.clicked.connect(lambda: self._take(answer.key))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row.addWidget(button)
        return button

    def _take(self, key: str) -> None:
        self.answer = key
        self.accept()
