"""A list to choose one thing from, with an arrow that follows the theme."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from workstation.ui.fonts import ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.theme import current


class Select(QComboBox):
    """A drop-down list; `chosen(int)` tells of the person's choice. The wheel never changes it."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(ui_font(14))
        self.addItems(list(options))
        self.activated.connect(self.chosen)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        tokens = current()
        ink = tokens.text2 if self.isEnabled() else tokens.text3
        place = QRectF(self.width() - 26, round(self.height() / 2 - 8), 16, 16)
        paint_icon(QPainter(self), "chevron-down", ink, place)
