"""Key caps: the small boxes that teach the keyboard beside every command."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import MEDIUM, scaled, ui_font
from workstation.ui.paint import CENTRE, paint_box, paint_text, text_width
from workstation.ui.theme import current

_GAP = 4


def key_caps_width(keys: Sequence[str]) -> float:
    """How wide a row of key caps is."""
    return sum(_width(key) for key in keys) + _GAP * max(0, len(keys) - 1)


def paint_key_caps(
    painter: QPainter,
    right: float,
    middle: float,
    keys: Sequence[str],
    ink: str,
    border: str,
    ground: str = "",
) -> None:
    """Paint a row of key caps that ends at `right`, centred on the height `middle`."""
    left = right - key_caps_width(keys)
    height = scaled(20)
    for key in keys:
        rect = QRectF(round(left), round(middle - height / 2), _width(key), height)
        paint_box(painter, rect, 4, ground, border)
        paint_text(painter, rect, key, ui_font(12, MEDIUM), ink, CENTRE)
        left += _width(key) + _GAP


def _width(key: str) -> float:
    return _cap_width(key, scaled(20), ui_font(12, MEDIUM).pixelSize())


@lru_cache(maxsize=512)
def _cap_width(key: str, least: int, _px: int) -> float:
    return max(float(least), round(text_width(key, ui_font(12, MEDIUM))) + 10)


class KeyCap(QWidget):
    """One shortcut, such as Ctrl and K, drawn as keys."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Shortcut " + " ".join(keys))

    def sizeHint(self) -> QSize:
        return QSize(round(key_caps_width(self._keys)), scaled(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        middle = self.height() / 2
        paint_key_caps(
            QPainter(self),
            self.width(),
            middle,
            self._keys,
            tokens.text2,
            tokens.line_strong,
            tokens.sunken,
        )
