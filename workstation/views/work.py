"""A list, the report it stands on, and what is decided about it, side by side."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.pack import RedirectRule
from workstation.domain.report import ReportId
from workstation.ui.fonts import scaled
from workstation.ui.surface import Rule, Surface
from workstation.views.decide.column import REDIRECT, DecideColumn
from workstation.views.dispatch_list import DispatchColumn, ListColumn
from workstation.views.imu_list import ImuColumn
from workstation.views.owed_list import OwedColumn
from workstation.views.queue.columns import QueueColumn
from workstation.views.report.page import ReportPage
from workstation.views.supervisor import MovePanel
from workstation.views.words import first_words

DECIDE_WIDE, DECIDE_NARROW = 432, 356
QUEUE, DISPATCH, IMU, OWED = "queue", "dispatch", "imu", "owed"


class WorkPage(QWidget):
    """`showing(str)` tells which report came on the page; `leaving` that another is about to."""

    showing = Signal(str)
    leaving = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.queue = QueueColumn(desk)
        self.dispatch = DispatchColumn(desk)
        self.lists: dict[str, QueueColumn | ListColumn] = {
            QUEUE: self.queue,
            DISPATCH: self.dispatch,
            IMU: ImuColumn(desk),
            OWED: OwedColumn(desk),
        }
        self._key = QUEUE
        self._goes_on = False
        self.move_panel = MovePanel(desk)
        self.report = ReportPage(desk)
        self.decide = DecideColumn(desk)
        self._lay_out()
        self._connect()

    @property
    def list(self) -> QueueColumn | ListColumn:
        """The list on screen."""
        return self.lists[self._key]

    @property
    def list_key(self) -> str:
        """Which list is on screen."""
        return self._key

    def show_list(self, key: str) -> None:
        """Show another list beside the report."""
        self._key = key
        self._stack.setCurrentWidget(self.lists[key])
        self._side.setVisible(key != IMU)
        self.list.fill(at_once=True)
        self.list.rows.take_focus()
        self._say_next()

    def fill(self) -> None:
        """Rows came, went or moved."""
        self.list.fill()

    def _on_filled(self) -> None:
        if self._goes_on and self.list.rows.is_settled:
            self._goes_on = False
            self.show_report(self.list.rows.current_id)
            self.list.rows.take_focus()
        self._say_next()

    def show_report(self, id: ReportId | None) -> None:
        """Show a report beside the list; the keyboard stays where it is.

        Nothing can be decided unless it stands whole: never is the decision of another report.
        """
        if id != self.report.report_id:
            self.leaving.emit()
        self._paint_next_turn()
        try:
            self.report.show_report(id)
            self.decide.show_report(id)
        except BaseException:
            self.decide.show_report(None)
            raise
        self.list.rows.set_current(id)
        if id is not None:
            self.showing.emit(id)

    def _paint_next_turn(self) -> None:
        """Filling and painting are a turn each of the loop: what is typed between is heard."""
        for part in (self.report, self.decide):
            part.setUpdatesEnabled(False)
            QTimer.singleShot(0, part, partial(part.setUpdatesEnabled, True))

    def open_report(self, id: ReportId) -> None:
        """Show a report and go to it."""
        self.show_report(id)
        self.report.account.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """The report has left this person's work: stand on the row that took its place."""
        self._goes_on = True
        self.list.fill(at_once=True)

    def step(self, by: int) -> None:
        """Show the next report of the list, or the one before."""
        id = self.list.step(by)
        if id is not None:
            self.show_report(id)

    def redirect(self, rule: RedirectRule) -> None:
        """Open the panel of redirecting, and choose who deals with this matter here."""
        self.decide.open_panel(REDIRECT)
        self.decide.redirect.take_rule(rule)

    def next_pane(self, by: int) -> None:
        """F6: list, report, log, decision, and round again."""
        panes = (self.list.rows.list, self.report.account.text, self.report.composer.text)
        stops: list[QWidget] = [pane for pane in panes if pane.isVisible()]
        if self._side.isVisible():
            stops.append(self.decide)
        here = next((n for n, pane in enumerate(stops) if _has_focus(pane)), -1)
        stop = stops[(here + by) % len(stops)]
        if stop is self.decide:
            self.decide.open_panel(max(0, self.decide.accordion.open_index))
        else:
            stop.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """Under the breakpoint every column takes less room."""
        for column in self.lists.values():
            column.set_narrow(narrow)
        self._left.setFixedWidth(self.queue.maximumWidth())
        self._side.setFixedWidth(scaled(DECIDE_NARROW if narrow else DECIDE_WIDE))
        self.report.set_narrow(narrow)

    def _say_next(self) -> None:
        """With no report open: which one is next, and what opening it does."""
        rows, nothing = self.list.rows, self.report.nothing
        row = rows.model.row_at(max(0, rows.list.currentIndex().row()))
        if row is None:
            nothing.set_words("Nothing waits here", "What comes in appears in the list by itself.")
            return
        told = " Its handler is then told that dispatch has it." if self._key == DISPATCH else ""
        name = first_words(row.title)
        stop = "" if name.endswith((".", "!", "?", "\N{HORIZONTAL ELLIPSIS}")) else "."
        text = f"Next: {name}{stop} Enter opens it, J and K move.{told}"
        nothing.set_words("No report is open", text, "Open it")

    def _open_next(self) -> None:
        rows = self.list.rows
        id = rows.current_id or next(iter(rows.model.ids), None)
        if id is not None:
            rows.opened.emit(id)

    def _connect(self) -> None:
        self.report.nothing.acted.connect(self._open_next)
        for column in self.lists.values():
            cursor = column.rows.list.selectionModel()
            cursor.currentChanged.connect(lambda *_: self._say_next())
            column.rows.filled.connect(self._on_filled)
            column.looked.connect(self.show_report)
            column.opened.connect(self.open_report)
        self.report.opened.connect(self.open_report)
        self.move_panel.moved.connect(self._on_moved)

    def _on_moved(self) -> None:
        self.queue.rows.model.picked.clear()
        self.fill()

    def _lay_out(self) -> None:
        self._left = Surface("panel")
        lists = QWidget()
        self._stack = QStackedLayout(lists)
        for column in self.lists.values():
            self._stack.addWidget(column)
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(lists, 1)
        left.addWidget(self.move_panel)
        self._side = Surface("panel")
        side = QHBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.decide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(Rule(standing=True))
        row.addWidget(self.report, 1)
        row.addWidget(Rule(standing=True))
        row.addWidget(self._side)


def _has_focus(widget: QWidget) -> bool:
    focused = widget.window().focusWidget()
    return focused is not None and (focused is widget or widget.isAncestorOf(focused))
