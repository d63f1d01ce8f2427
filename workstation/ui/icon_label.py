"""An icon on its own, in the colour of a meaning and following the theme."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import scaled
from workstation.ui.icons import paint_icon
from workstation.ui.theme import current


class IconLabel(QWidget):
    """Shows one icon; words beside it say what it means, so it has no name unless given one."""

    def __init__(
        self,
        icon: str,
        tone: str = "neutral",
        size: int = 16,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._tone, self._side = icon, tone, scaled(size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_icon(self, icon: str, tone: str = "") -> None:
        """Show another icon, or the same in another tone."""
        self._icon_name, self._tone = icon, tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon_name:
            ink = current().tone(self._tone).text
            rect = QRectF(0, 0, self._side, self._side)
            paint_icon(QPainter(self), self._icon_name, ink, rect)
