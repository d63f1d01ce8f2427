"""A colleague as a disc with initials: plain when viewing, dim when away, ringed when editing."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.paint import CENTRE, paint_box, paint_text
from workstation.ui.theme import current
from workstation.ui.tip import set_tip

Presence = Literal["viewing", "away", "editing"]
_GROUNDS = ("#7A5633", "#3F5870", "#4A6A45", "#6A4A75", "#5F4B8B", "#2F6466")
_SAY = {"viewing": "", "away": ", away", "editing": ", editing"}


def initials_of(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def paint_avatar(painter: QPainter, rect: QRectF, name: str, presence: Presence) -> None:
    """Paint a colleague's disc, for rows that are painted and not widgets."""
    painter.save()
    painter.setOpacity(0.5 if presence == "away" else 1.0)
    ground = _GROUNDS[sum(map(ord, name)) % len(_GROUNDS)]
    paint_box(painter, rect.adjusted(2, 2, -2, -2), rect.width() / 2, ground)
    if presence == "editing":
        focus = current().focus
        paint_box(painter, rect, rect.width() / 2, "", QColor(focus).name(), 2)
    paint_text(painter, rect, initials_of(name), _font(rect.height()), "#FFFFFF", CENTRE)
    painter.restore()


def _font(height: float) -> QFont:
    font = ui_font(12, 600)
    font.setPixelSize(max(8, round(height * 0.38)))
    return font


class Avatar(QWidget):
    """The disc as a widget; the whole name is spoken and is in the tooltip."""

    def __init__(
        self,
        name: str,
        presence: Presence = "viewing",
        size: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._side = scaled(size)
        self._name = name
        self._presence: Presence = presence
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_person(name, presence)

    def set_person(self, name: str, presence: Presence = "viewing") -> None:
        """Show another colleague, or what they are doing now."""
        self._name, self._presence = name, presence
        self.setAccessibleName(name + _SAY[presence])
        set_tip(self, name + _SAY[presence])
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, self._presence)
