"""A tick box whose edge, tick and focus are seen in every theme."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import LEFT, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current

_BOX, _GAP, _TALL, _LINE = 18, 9, 28, 18


class TickBox(QCheckBox):
    """Painted by us: Fusion's own box has no visible edge on dark ground."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(ui_font(14))

    @property
    def lines(self) -> list[str]:
        """What is painted; a doubled ampersand is one."""
        return self.text().replace("&&", "&").split("\n")

    def sizeHint(self) -> QSize:
        words = max(text_width(line, ui_font(14)) for line in self.lines)
        wide = round(words) + scaled(_BOX) + _GAP + 10
        return QSize(wide, scaled(_TALL) + scaled(_LINE) * (len(self.lines) - 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The words are part of the target."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, side = current(), scaled(_BOX)
        painter = QPainter(self)
        box = QRectF(3, scaled(_TALL - _BOX) // 2, side, side)
        fill = tokens.accent_fill if self.isChecked() else tokens.input
        edge = tokens.line_strong if self.isEnabled() else tokens.line
        paint_box(painter, box, 4, fill, edge)
        if self.isChecked():
            paint_icon(painter, "check", tokens.on_accent, box.adjusted(2, 2, -2, -2))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 5, tokens.focus)
        left = box.right() + _GAP
        ink = tokens.text if self.isEnabled() else tokens.text3
        line = QRectF(left, 0, self.width() - left, scaled(_TALL))
        for words in self.lines:
            paint_text(painter, line, words, ui_font(14), ink, LEFT)
            line.translate(0, scaled(_LINE))
