"""Grades to pick from, side by side: mark, name and target on each tile."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from workstation.ui.choice import Choice, ChoiceGroup
from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.grade_mark import paint_grade_mark
from workstation.ui.paint import CENTRE, LEFT, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current

_GAP = 4
_FLAT_MARK = 18


@dataclass(frozen=True)
class GradeOption:
    """One grade as it is shown: `code` is what is signalled."""

    code: str
    shape: str
    letter: str
    name: str
    caption: str = ""


class GradeTile(Choice):
    """One tile."""

    def __init__(self, option: GradeOption, parent: QWidget | None = None) -> None:
        super().__init__(f"{option.name}, {option.caption}".rstrip(", "), option.letter, parent)
        self.option = option
        self._flat = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        widest = max(
            text_width(self.option.name, ui_font(12, BOLD)),
            text_width(self.option.caption, ui_font(12)),
        )
        beside = scaled(_FLAT_MARK) + 6 if self._flat else 0
        return QSize(round(widest) + 6 + beside, self._tall)

    def upright_width(self) -> int:
        """How wide it stands with its mark above the words."""
        return self.sizeHint().width() - (scaled(_FLAT_MARK) + 6 if self._flat else 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(40), self._tall)

    def set_flat(self, flat: bool) -> None:
        """The mark beside the words, where tiles stand in two rows."""
        self._flat = flat
        self.updateGeometry()
        self.update()

    @property
    def _tall(self) -> int:
        return scaled(44 if self._flat else 74)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        lit = self.underMouse() and self.isEnabled()
        fill = tokens.selected if self.isChecked() else tokens.hover if lit else tokens.raised
        paint_box(painter, rect, 6, fill, tokens.line_strong)
        if self.isChecked() or self.hasFocus():
            paint_focus(painter, rect, 6, tokens.focus if self.hasFocus() else tokens.accent)
        self._paint_inside(painter, rect)

    def _paint_inside(self, painter: QPainter, rect: QRectF) -> None:
        tokens, side = current(), scaled(_FLAT_MARK if self._flat else 26)
        left = rect.left() + 4 if self._flat else rect.center().x() - side / 2
        top = rect.center().y() - side / 2 if self._flat else rect.top() + 7
        mark = QRectF(left, top, side, side)
        paint_grade_mark(painter, mark, self.option.shape, self.option.letter, tokens)
        line = QRectF(rect.left() + 2, mark.bottom() + 3, rect.width() - 4, scaled(17))
        if self._flat:
            line = QRectF(mark.right() + 3, rect.top() + scaled(5), 0, scaled(17))
            line.setRight(rect.right() - 2)
        align = LEFT if self._flat else CENTRE
        ink = tokens.text if self.isEnabled() else tokens.text3
        paint_text(painter, line, self.option.name, ui_font(12, BOLD), ink, align)
        below = line.translated(0, scaled(16))
        quiet = tokens.text2 if self.isEnabled() else tokens.text3
        paint_text(painter, below, self.option.caption, ui_font(12), quiet, align)


class GradeTiles(ChoiceGroup):
    """Grades in a row, or in two where one is too narrow; `chosen(str)` tells the code picked."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[GradeOption], name: str = "Grade", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._options = tuple(options)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._columns = 0
        for option in options:
            self._add(GradeTile(option, self))
        self._arrange(len(self._options))
        self.picked.connect(lambda index: self.chosen.emit(self._options[index].code))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        count = len(self._options)
        tiles = [tile for tile in self.choices if isinstance(tile, GradeTile)]
        needed = sum(tile.upright_width() + _GAP for tile in tiles) - _GAP
        fits = needed <= self.width()
        self._arrange(count if fits else (count + 1) // 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, tile in enumerate(self.choices):
            if isinstance(tile, GradeTile):
                tile.set_flat(columns < len(self._options))
            self._grid.addWidget(tile, number // columns, number % columns)
            column, share = number % columns, tile.sizeHint().width()
            self._grid.setColumnStretch(column, max(share, self._grid.columnStretch(column)))

    @property
    def chosen_code(self) -> str | None:
        """The code of the chosen grade, or None."""
        index = self.chosen_index
        return None if index is None else self._options[index].code

    def set_chosen_code(self, code: str | None) -> None:
        """Show a grade as chosen without telling anyone, or none."""
        codes = [option.code for option in self._options]
        self.set_chosen(codes.index(code) if code in codes else None)
