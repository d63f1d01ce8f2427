"""The head of the column: how far the record is, and *send officers now* at all times."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.button import Button
from workstation.ui.fonts import scaled
from workstation.ui.label import Caption, Title

SEND_NOW = "Emergency: send officers now"
ROOM_FOR_ALL_WORDS = 400


class Head(QWidget):
    """`pressed` tells that officers are to be sent."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.step = Caption()
        self.now = Button(SEND_NOW, "plain", "siren")
        self.now.set_hint("Ctrl+Shift+E. A place and one line, nothing else.")
        self.now.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Title("Decide", 16))
        words.addWidget(self.step)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 6)
        row.addLayout(words, 1)
        row.addWidget(self.now)

    def show_step(self, step: str) -> None:
        """Say how far the record is; nothing takes no room."""
        self.step.setText(step)
        self.step.setVisible(bool(step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < scaled(ROOM_FOR_ALL_WORDS)
        self.now.set_text(SEND_NOW.partition(": ")[2].capitalize() if is_narrow else SEND_NOW)
        self.now.setAccessibleName(SEND_NOW)
