"""A short question answered in one row of segments, such as None, Low, Medium, High."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from workstation.ui.choice import Choice, ChoiceGroup
from workstation.ui.fonts import BOLD, MEDIUM, scaled, ui_font
from workstation.ui.paint import CENTRE, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current

EDGE = 2


class _Segment(Choice):
    """One segment."""

    def __init__(self, text: str, name: str, parent: QWidget) -> None:
        super().__init__(name, parent=parent)
        self.words = text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self.words, ui_font(13, BOLD))) + 12, scaled(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked():
            paint_box(painter, rect, 5, tokens.selected, tokens.accent)
        elif self.underMouse() and self.isEnabled():
            paint_box(painter, rect, 5, tokens.hover)
        if self.hasFocus():
            paint_focus(painter, rect, 5, tokens.focus)
        ink = tokens.text if self.isChecked() else tokens.text2
        ink = ink if self.isEnabled() else tokens.text3
        font = ui_font(13, BOLD if self.isChecked() else MEDIUM)
        paint_text(painter, rect, self.words, font, ink, CENTRE)


class Segmented(ChoiceGroup):
    """Segments chosen by click, arrow keys or 1 to 9; `chosen(int)` tells of the person's choice.

    `name` is the question, spoken before each option.
    """

    chosen = Signal(int)

    def __init__(
        self, options: Sequence[str], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._lay_out(
            [_Segment(text, f"{name}: {text}" if name else text, self) for text in options]
        )
        self.picked.connect(self.chosen)

    def _lay_out(self, segments: Sequence[_Segment]) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        row.setSpacing(EDGE)
        for segment in segments:
            row.addWidget(segment, 1)
            self._add(segment)

    def set_options(self, options: Sequence[str]) -> None:
        """Change the words of the segments, for example their counts."""
        name = self.accessibleName()
        for segment, text in zip(self.findChildren(_Segment), options, strict=True):
            segment.words = text
            segment.setAccessibleName(f"{name}: {text}" if name else text)
            segment.updateGeometry()
            segment.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        paint_box(QPainter(self), QRectF(self.rect()), 6, tokens.sunken, tokens.line)


class LongSegments(Segmented):
    """Segments whose words may need more room than there is: they stand in as many lines."""

    def _lay_out(self, segments: Sequence[_Segment]) -> None:
        self._segments = tuple(segments)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self._grid.setSpacing(EDGE)
        for segment in segments:
            self._add(segment)
        self._abreast = 0
        self._arrange(len(segments))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest + 2 * EDGE, self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self._fitting(self.width()))

    @property
    def _widest(self) -> int:
        return max(one.sizeHint().width() for one in self._segments)

    def _fitting(self, width: int) -> int:
        """How many stand abreast: all of them, or as many of the widest as there is room for."""
        whole = sum(one.sizeHint().width() + EDGE for one in self._segments) + EDGE
        if whole <= width:
            return len(self._segments)
        return max(1, (width - EDGE) // (self._widest + EDGE))

    def _arrange(self, abreast: int) -> None:
        if abreast == self._abreast:
            return
        self._abreast = abreast
        for number, segment in enumerate(self._segments):
            self._grid.addWidget(segment, number // abreast, number % abreast)
        for column in range(len(self._segments)):
            self._grid.setColumnStretch(column, int(column < abreast))
        self.updateGeometry()
