"""A number on the top bar: what it counts, how many, and one word on how it stands."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import BOLD, MEDIUM, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import paint_text, text_width
from workstation.ui.theme import current


class Counter(QWidget):
    """Caption, value and a smaller word. A tone other than neutral comes with an icon."""

    def __init__(
        self, caption: str, value: str = "0", sub: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._caption = caption
        self._tone, self._icon_name = "neutral", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_value(value, sub)

    def set_value(self, value: str, sub: str = "", tone: str = "neutral", icon: str = "") -> None:
        """Show another value; use warn or danger only with the icon that says the same."""
        self._value, self._sub = value, sub
        self._tone, self._icon_name = tone, icon
        self.setAccessibleName(f"{self._caption}: {value} {sub}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        top = text_width(self._caption, ui_font(12)) + (20 if self._icon_name else 0)
        below = text_width(self._value, ui_font(16, BOLD)) + 1
        if self._sub:
            below += 8 + text_width(self._sub, ui_font(12, MEDIUM))
        return QSize(round(max(top, below)) + 2, scaled(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        half = self.height() / 2
        left = 0.0
        if self._icon_name:
            ink = tokens.tone(self._tone).text
            paint_icon(painter, self._icon_name, ink, QRectF(0, round(half / 2 - 7), 14, 14))
            left = 20
        room = QRectF(left, 0, self.width() - left, half)
        paint_text(painter, room, self._caption, ui_font(12), tokens.text2)
        value = tokens.text if self._tone == "neutral" else tokens.tone(self._tone).text
        low = QRectF(0, half - 2, self.width(), half)
        paint_text(painter, low, self._value, ui_font(16, BOLD), value)
        if self._sub:
            low.setLeft(text_width(self._value, ui_font(16, BOLD)) + 8)
            paint_text(painter, low, self._sub, ui_font(12, MEDIUM), tokens.text2)
