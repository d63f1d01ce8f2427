"""Paints a row of the queue: what, how long is left, where, grade, holder and flags."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, QueueRow
from workstation.ui.avatar import Presence, paint_avatar
from workstation.ui.chip import chip_width, paint_chip
from workstation.ui.fonts import BOLD, mono_font, scaled, ui_font
from workstation.ui.grade_mark import paint_grade_mark
from workstation.ui.icons import paint_icon
from workstation.ui.list_base import Index, RowDelegate, RowState, Section
from workstation.ui.paint import text_width
from workstation.views.due import due
from workstation.views.queue.model import ROW, QueueModel
from workstation.views.queue.row_chips import chips_of, fitted
from workstation.views.queue.sections import CHANNEL_ICONS, section_of
from workstation.views.words import first_words, one_line

_INDENT, _ICON, _MARK = 24, 16, 22
_NARROW = 300


class QueueDelegate(RowDelegate):
    """Two lines, and a third for flags where there are any.

    In a narrow column what happened has the first line to itself: the time left moves to the
    second, and the reference gives way to the place.
    """

    row_height = 60
    flagged_height = 84

    def __init__(self, desk: Desk, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model

    def section(self, index: Index) -> Section | None:
        row = self._model.row_at(index.row())
        return None if row is None else self.section_of(row)

    def section_of(self, row: QueueRow) -> Section | None:
        """The heading a row stands under just now."""
        return section_of(row, self._desk.clock.now())

    def heading(self, index: Index) -> Section | None:
        head = super().heading(index)
        if head is None:
            return None
        count = self._model.counts(self.section_of)[head.text]
        more = "" if self._model.is_whole else "+"
        return Section(head.text, f"{count}{more}" if count else "", head.tone, head.icon)

    def is_headed(self, index: Index) -> bool:
        return super().heading(index) is not None

    def height_of(self, index: Index) -> int:
        row = self._model.row_at(index.row())
        flagged = row is not None and bool(chips_of(row))
        return scaled(self.flagged_height if flagged else self.row_height)

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, state: RowState) -> None:
        row = index.data(ROW)
        if not isinstance(row, QueueRow):
            return
        line = scaled(22)
        first = QRectF(rect.left(), rect.top() + scaled(8), rect.width(), line)
        second = first.translated(0, line)
        narrow = rect.width() < scaled(_NARROW)
        if not narrow:
            first.setRight(self._paint_due(painter, first, row, state))
        self._paint_first(painter, first, row, state)
        words = self._paint_marks(painter, second, row, state)
        if narrow:
            before_marks = QRectF(second.left(), second.top(), words - second.left(), line)
            words = self._paint_due(painter, before_marks, row, state)
        second.setLeft(second.left() + _INDENT)
        second.setRight(words)
        self._paint_second(painter, second, row, state, "" if narrow else row.reference)
        left = rect.left() + _INDENT
        third = QRectF(left, second.bottom() + 3, rect.right() - left, scaled(22))
        self._paint_chips(painter, third, row, state)

    def _paint_first(
        self, painter: QPainter, rect: QRectF, row: QueueRow, state: RowState
    ) -> None:
        tokens = state.tokens
        picked = row.id in self._model.picked
        name = "circle-check" if picked else CHANNEL_ICONS[row.channel]
        ink = tokens.accent if picked else tokens.text2
        top = round(rect.center().y() - _ICON / 2)
        paint_icon(painter, name, ink, QRectF(rect.left(), top, _ICON, _ICON))
        room = rect.adjusted(_INDENT, 0, 0, 0)
        name = first_words(row.title)
        title = f"\N{BLACK CIRCLE} {name}" if row.has_new else name
        self.draw_text(painter, room, title, ui_font(14, BOLD), tokens.text)

    def _paint_due(self, painter: QPainter, rect: QRectF, row: QueueRow, state: RowState) -> float:
        """Time left at the right end; returns where the title has to stop."""
        left_over = due(row.due_at, self._desk.clock.now())
        if not left_over.text:
            return rect.right()
        font = ui_font(13, BOLD)
        width = text_width(left_over.text, font) + 2
        ink = state.tokens.tone(left_over.tone).text
        place = QRectF(rect.right() - width, rect.top(), width, rect.height())
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(place, 0x0080 | 0x0002, left_over.text)
        top = round(rect.center().y() - 7)
        paint_icon(painter, left_over.icon, ink, QRectF(round(place.left()) - 19, top, 14, 14))
        return place.left() - 26

    def _paint_second(
        self, painter: QPainter, room: QRectF, row: QueueRow, state: RowState, reference: str
    ) -> None:
        if reference:
            used = self.draw_text(painter, room, reference, mono_font(12), state.quiet)
            room.setLeft(room.left() + used)
        if row.place and room.width() > 40:
            dot = "  \N{MIDDLE DOT}  " if reference else ""
            self.draw_text(painter, room, dot + one_line(row.place), ui_font(13), state.quiet)

    def _paint_marks(
        self, painter: QPainter, rect: QRectF, row: QueueRow, state: RowState
    ) -> float:
        """Holder, grade and pending mark from the right; returns where the words have to stop."""
        right, side = rect.right(), scaled(_MARK)
        top = round(rect.center().y() - side / 2)
        if row.holder:
            is_worked = not (row.detached or row.reserved_until)
            presence: Presence = "viewing" if is_worked else "away"
            box = QRectF(right - side, top, side, side)
            paint_avatar(painter, box, row.holder, presence)
            right -= side + 6
        if row.grade_code:
            box = QRectF(right - side, top, side, side)
            paint_grade_mark(painter, box, row.grade_shape, row.grade_code, state.tokens)
            right -= side + 6
        if row.pending:
            place = QRectF(right - 15, round(rect.center().y() - 7), 14, 14)
            paint_icon(painter, "cloud-upload", state.tokens.warn, place)
            right -= 20
        return right - 2

    def _paint_chips(
        self, painter: QPainter, rect: QRectF, row: QueueRow, state: RowState
    ) -> None:
        left = rect.left()
        for text, tone, icon in fitted(chips_of(row), rect.width()):
            width = chip_width(text, icon)
            box = QRectF(left, rect.top(), min(width, rect.right() - left), scaled(20))
            paint_chip(painter, box, text, tone, icon, state.tokens)
            left += width + 6
