"""Text with some of its words made to stand out, painted so that nothing in it is ever markup."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from workstation.ui.fonts import BOLD, ui_font
from workstation.ui.label import PlainLabel
from workstation.ui.theme import current

Span = tuple[int, int]


class MarkedText(PlainLabel):
    """Wrapping text with bold spans and marked spans (bold, underlined and tinted: three codes).

    Spans are (start, length) in characters of the text.
    """

    def __init__(
        self, px: int = 15, line_height: float = 1.5, parent: QWidget | None = None
    ) -> None:
        super().__init__("", ui_font(px), parent=parent)
        self._line_height = line_height
        self._bold: tuple[Span, ...] = ()
        self._marks: tuple[Span, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_text(self, text: str, bold: Sequence[Span] = (), marks: Sequence[Span] = ()) -> None:
        """Show text with these spans."""
        self._bold, self._marks = tuple(bold), tuple(marks)
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._lay_out(width)[1]) + 1

    def sizeHint(self) -> QSize:
        width = min(self.fontMetrics().horizontalAdvance(self.text()) + 24, 560)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        layout, tall = self._lay_out(self.width())
        painter.setPen(QColor(current().text))
        layout.draw(painter, QPointF(0, max(0.0, (self.height() - tall) / 2)))

    def _lay_out(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([*self._formats(self._bold, False), *self._formats(self._marks, True)])
        step = round(self.fontMetrics().height() * self._line_height / 1.21)
        top = 0.0
        layout.beginLayout()
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (step - line.height()) / 2))
            top += step
            line = layout.createLine()
        layout.endLayout()
        return layout, top

    def _formats(self, spans: Sequence[Span], marked: bool) -> list[QTextLayout.FormatRange]:
        return [self._format(start, length, marked) for start, length in spans]

    def _format(self, start: int, length: int, marked: bool) -> QTextLayout.FormatRange:
        kind = QTextCharFormat()
        kind.setFontWeight(QFont.Weight(BOLD))
        if marked:
            kind.setFontUnderline(True)
            kind.setBackground(QColor(current().mark))
            kind.setForeground(QColor(current().text))
        span = QTextLayout.FormatRange()
        span.start, span.length, span.format = start, length, kind
        return span
