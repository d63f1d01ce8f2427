"""Grey bars where rows will be, still and without shimmer, for waits over 300 ms."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.paint import paint_box
from workstation.ui.theme import current

_STEP = 42
_WIDTHS = (0.8, 0.7, 0.62)


class Skeleton(QWidget):
    """The shape of a list that is being fetched."""

    def __init__(self, rows: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.setAccessibleName("Loading")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, self._rows * _STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = current().hover
        room = self.width() - 32
        for row in range(self._rows):
            top = row * _STEP
            share = _WIDTHS[row % len(_WIDTHS)]
            paint_box(painter, QRectF(0, top + 2, 20, 20), 4, ground)
            paint_box(painter, QRectF(32, top, room * share, 10), 4, ground)
            paint_box(painter, QRectF(32, top + 17, room * share * 0.6, 8), 4, ground)
