"""A tick box whose edge, tick and focus are seen in every theme."""

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import LEFT, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current

_BOX, _GAP, _TALL = 18, 9, 28


class TickBox(QCheckBox):
    """Painted by us: Fusion's own box has no visible edge on dark ground."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFont(ui_font(14))

    @property
    def words(self) -> str:
        """What is painted; a doubled ampersand is one."""
        return self.text().replace("&&", "&")

    def sizeHint(self) -> QSize:
        lines = self.words.split("\n")
        words = max(text_width(line, ui_font(14)) for line in lines)
        tall = scaled(_TALL) + (len(lines) - 1) * self.fontMetrics().lineSpacing()
        return QSize(round(words) + scaled(_BOX) + _GAP + 10, tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """The words are part of the target."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, side = current(), scaled(_BOX)
        painter = QPainter(self)
        middle = self.height() / 2
        box = QRectF(3, round(middle - side / 2), side, side)
        fill = tokens.accent_fill if self.isChecked() else tokens.input
        edge = tokens.line_strong if self.isEnabled() else tokens.line
        paint_box(painter, box, 4, fill, edge)
        if self.isChecked():
            paint_icon(painter, "check", tokens.on_accent, box.adjusted(2, 2, -2, -2))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 5, tokens.focus)
        left = box.right() + _GAP
        ink = tokens.text if self.isEnabled() else tokens.text3
        lines, step = self.words.split("\n"), self.fontMetrics().lineSpacing()
        top = middle - len(lines) * step / 2
        for number, line in enumerate(lines):
            words = QRectF(left, top + number * step, self.width() - left, step)
            paint_text(painter, words, line, ui_font(14), ink, LEFT)
