"""A part of the window that scrolls up and down, with the ground behind it showing through."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Scrolls one body; whatever gets the focus is brought into sight."""

    def __init__(self, body: QWidget, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.set_body(body)
        self.viewport().setAutoFillBackground(False)

    def set_body(self, body: QWidget) -> None:
        """Scroll another body; the one before is deleted."""
        self.setWidget(body)
        body.setAutoFillBackground(False)
