"""The strokes every painted widget shares: rounded boxes, focus rings and one-line text."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

Align = Qt.AlignmentFlag
LEFT = Align.AlignLeft | Align.AlignVCenter
CENTRE = Align.AlignCenter
_MOST_WIDTHS = 4_000
_widths: dict[tuple[str, str], float] = {}


def paint_box(
    painter: QPainter, rect: QRectF, radius: float, fill: str, border: str = "", width: float = 1
) -> None:
    """Paint a rounded box whose border lies wholly inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if border else 0.0
    painter.setPen(QPen(QColor(border), width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)


def paint_focus(painter: QPainter, rect: QRectF, radius: float, colour: str) -> None:
    """Paint the two-pixel ring that says where the keyboard is."""
    paint_box(painter, rect, radius, "", colour, 2)


def paint_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
    mnemonic: bool = False,
) -> None:
    """Paint one line, elided to fit. The font is set each time, for painters leak fonts."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    fitted = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 0.5)
    flags = int(align.value) | int(Qt.TextFlag.TextSingleLine.value)
    if mnemonic:
        flags |= int(Qt.TextFlag.TextShowMnemonic.value)
    painter.drawText(rect, flags, fitted)


def text_width(text: str, font: QFont) -> float:
    """How wide one line of text is in pixels; layouts ask it of the same words again and again."""
    key = (text, font.key())
    width = _widths.get(key)
    if width is None:
        if len(_widths) >= _MOST_WIDTHS:
            _widths.clear()
        width = _widths[key] = QFontMetricsF(font).horizontalAdvance(text)
    return width


def forget_widths() -> None:
    """Other fonts are here now: what was measured before may be wrong."""
    _widths.clear()
