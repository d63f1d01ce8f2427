"""Chips: a few words about a record, tinted only when they mean something out of the ordinary."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import MEDIUM, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import paint_box, paint_text, text_width
from workstation.ui.theme import current
from workstation.ui.tokens import Tokens

_PAD, _GAP = 6, 5
CHIP_HEIGHT = 22


def chip_width(text: str, icon: str = "") -> float:
    """How wide a chip is."""
    return (
        text_width(text, ui_font(12, MEDIUM)) + 2 * _PAD + (scaled(14) + _GAP if icon else 0) + 1
    )


def paint_chip(
    painter: QPainter, rect: QRectF, text: str, tone: str, icon: str, tokens: Tokens
) -> None:
    """Paint a chip into a rectangle, for rows that are painted and not widgets."""
    colours = tokens.tone(tone)
    ground = "" if tone == "neutral" else colours.ground
    paint_box(painter, rect, 4, ground, colours.border)
    inner = rect.adjusted(_PAD, 0, -_PAD, 0)
    if icon:
        side = scaled(14)
        top = round(rect.center().y() - side / 2)
        paint_icon(painter, icon, colours.text, QRectF(round(inner.left()), top, side, side))
        inner.setLeft(inner.left() + side + _GAP)
    paint_text(painter, inner, text, ui_font(12, MEDIUM), colours.text)


class Chip(QWidget):
    """A chip as a widget. Tones: neutral, accent, danger, warn, ok, vuln, primary."""

    def __init__(
        self, text: str, tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._tone, self._icon_name = tone, icon
        self._text = ""
        self.set_text(text)

    @property
    def text(self) -> str:
        """What the chip says."""
        return self._text

    def set_text(self, text: str) -> None:
        """Change what the chip says, to the eye and to a screen reader."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str, icon: str = "") -> None:
        """Change what the chip means."""
        self._tone, self._icon_name = tone, icon or self._icon_name
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._text, self._icon_name)) + 1, scaled(CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint().boundedTo(QSize(scaled(220), scaled(CHIP_HEIGHT)))

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(self.rect())
        paint_chip(QPainter(self), rect, self._text, self._tone, self._icon_name, current())
