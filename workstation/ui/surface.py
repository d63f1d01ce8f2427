"""Grounds that other widgets stand on, painted from the theme in force."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.paint import paint_box
from workstation.ui.theme import current

Ground = Literal["app", "panel", "raised", "sunken", "input"]


class Surface(QWidget):
    """A plain ground: a bar, a column, or with a radius a box with a thin border."""

    def __init__(
        self, ground: Ground = "panel", radius: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground: Ground = ground
        self._radius = radius

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        fill: str = getattr(tokens, self._ground)
        if self._radius:
            border = "" if self._ground == "sunken" else tokens.line
            paint_box(painter, QRectF(self.rect()), self._radius, fill, border)
        else:
            painter.fillRect(self.rect(), QColor(fill))


class Rule(QWidget):
    """A one-pixel line between things, lying or standing."""

    def __init__(self, standing: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standing = standing
        fixed, free = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((fixed, free) if standing else (free, fixed)))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(current().line))
