"""A short question answered in one row of segments, such as None, Low, Medium, High."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workstation.ui.choice import Choice, ChoiceGroup
from workstation.ui.fonts import BOLD, MEDIUM, scaled, ui_font
from workstation.ui.paint import CENTRE, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current


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
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for text in options:
            segment = _Segment(text, f"{name}: {text}" if name else text, self)
            row.addWidget(segment, 1)
            self._add(segment)
        self.picked.connect(self.chosen)

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
