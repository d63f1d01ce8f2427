"""The list of rows: it keeps its place, and lets nothing move under the person's cursor.

New rows wait behind a strip until the list has been idle for two seconds, or N is pressed.
"""

from collections import Counter

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QListView, QStackedLayout, QVBoxLayout, QWidget

from workstation.desk import Desk, Listing, Question, QueueFilter
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.empty import Empty
from workstation.ui.list_base import RowList
from workstation.ui.skeleton import Skeleton
from workstation.ui.ticker import ticker
from workstation.views.queue.delegate import QueueDelegate
from workstation.views.queue.model import FIRST, PAGE, QueueModel

IDLE_MS = 2_000
SLOW_MS = 300
_SECTIONS_EVERY = 15
_ROWS_EVERY = 60


class QueueList(RowList):
    """The painted list; `touched` tells that the person is at it."""

    touched = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.touched.emit()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.touched.emit()
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.touched.emit()
        super().wheelEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by keyboard, something is always current."""
        super().focusInEvent(event)
        model = self.model()
        if model is not None and model.rowCount() and not self.selectedIndexes():
            self.setCurrentIndex(model.index(max(0, self.currentIndex().row()), 0))
            self.selectionModel().select(
                self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )


class RowsView(QWidget):
    """Rows, or why there are none. `opened(ReportId)`: the person wants this report.

    What is asked for is shown when the desk answers; `filled(int)` then tells how many there are.
    """

    opened = Signal(str)
    looked = Signal(str)
    filled = Signal(int)

    def __init__(
        self,
        desk: Desk,
        name: str,
        delegate: type[QueueDelegate] = QueueDelegate,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = QueueFilter()
        self._most = FIRST
        self._asked = 0
        self._at_once_from: int | None = None
        self.model = QueueModel(desk, self)
        self.model.wants_more.connect(self._ask_more)
        desk.lists.listed.connect(self._on_listed)
        self.list = self._make_list(desk, name, delegate)
        self.strip = Button("", icon="arrow-down", keys=("N",))
        self.strip.clicked.connect(self.show_waiting)
        self.strip.hide()
        self.empty = Empty("Nothing here")
        self._waiting: Listing | None = None
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self.show_waiting)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow.timeout.connect(self.show_loading)
        self._ticks = 0
        self._heads: Counter[str] = Counter()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(name)
        ticker().tick.connect(self._on_tick)

    @property
    def current_id(self) -> ReportId | None:
        """The report the cursor stands on."""
        row = self.model.row_at(self.list.currentIndex().row())
        return None if row is None else row.id

    @property
    def waiting(self) -> int:
        """How many new rows wait behind the strip."""
        return 0 if self._waiting is None else len(set(self._waiting.ids) - set(self.model.ids))

    def ask(self, wanted: QueueFilter, at_once: bool = False) -> None:
        """Ask for these rows; what is new of them waits while the person may be at the list."""
        if wanted != self._wanted:
            self._wanted, self._most = wanted, FIRST
        self._asked += 1
        if at_once:
            self._at_once_from = self._asked
        here = self.current_id
        self._desk.lists.ask(Question(id(self), self._asked, wanted, self._most, here))

    @property
    def is_settled(self) -> bool:
        """Whether what was to be shown at once has been."""
        return self._at_once_from is None

    def _ask_more(self) -> None:
        self._most = len(self.model.ids) + FIRST
        self.ask(self._wanted)

    def _on_current(self, index: QModelIndex) -> None:
        """Before the cursor comes to the last of the rows there are more."""
        if self.model.canFetchMore(QModelIndex()) and index.row() + PAGE >= len(self.model.ids):
            self._ask_more()

    def _on_listed(self, listing: Listing) -> None:
        question = listing.question
        if question.asker != id(self) or question.filter != self._wanted:
            return
        at_once = self._at_once_from is not None and question.number >= self._at_once_from
        self._at_once_from = None if at_once else self._at_once_from
        self.show_listing(listing, at_once)
        self.filled.emit(listing.total)

    def show_listing(self, listing: Listing, at_once: bool = False) -> None:
        """Show these rows; what is new among them waits unless it is `at_once`."""
        held = self.model.ids
        is_longer = self.model.is_whole and len(listing.ids) > len(held)
        is_new = bool(held) and (is_longer or listing.ids[: len(held)] != held)
        if at_once or not is_new:
            self._waiting = None
            self._put(listing)
        else:
            self._waiting = listing
            self.model.refresh()
            if not self._idle.isActive():
                self._idle.start()
        self._tell_waiting()

    def take_focus(self) -> None:
        """Put the keyboard on the rows; without any, it waits here for the first to come."""
        where = self.list if self.model.ids else self
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait_for_rows(self) -> None:
        """Nothing has ever been read here: nothing for a moment, then the shape of rows."""
        self._show_page(self._page)
        if not self._slow.isActive():
            self._slow.start()

    def show_loading(self) -> None:
        """The shape of rows, while the first of them are read."""
        self._stack.setCurrentWidget(self._skeleton)

    def show_waiting(self) -> None:
        """Let the waiting rows in."""
        if self._waiting is not None:
            listing, self._waiting = self._waiting, None
            self._put(listing)
        self._tell_waiting()

    def set_current(self, id: ReportId | None) -> None:
        """Put the cursor on a report's row, if it is here."""
        place = self.model.place_of(id)
        if place >= 0:
            self.list.setCurrentIndex(self.model.index(place, 0))

    def pick_current(self) -> None:
        """Pick the row at the cursor to act on several, or put it back."""
        self.model.pick(self.list.currentIndex().row())

    def _put(self, listing: Listing) -> None:
        self._slow.stop()
        ids = listing.ids
        kept, old = self.current_id, self.list.currentIndex().row()
        above = self.list.visualRect(self.list.currentIndex()).top() if kept else 0
        if self.model.show(ids, listing.total):
            place = self.model.place_of(kept)
            if place < 0 and kept is not None:
                place = min(old, len(ids) - 1)
            if kept is None and ids:
                self.list.setCurrentIndex(self.model.index(0, 0))
            elif place >= 0:
                self._stand_at(self.model.index(place, 0), above)
        self._show_page(self._page if ids else self.empty)

    def _show_page(self, page: QWidget) -> None:
        """Show rows or why there are none; the keyboard stays here through either."""
        window = self.window()
        is_here = window.focusWidget() in (self, self.list)
        if is_here and page is not self._page:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentWidget(page)
        if is_here and page is self._page:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stand_at(self, index: QModelIndex, above: int) -> None:
        """Make a row current again where it stood on the screen."""
        self.list.setCurrentIndex(index)
        moved = self.list.visualRect(index).top() - above
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + moved)

    def _tell_waiting(self) -> None:
        count = self.waiting
        self.strip.set_text(f"{count} new" if count else "The order has changed")
        self.strip.setVisible(self._waiting is not None)

    def _on_touched(self) -> None:
        if self._waiting is not None:
            self._idle.start()

    def _on_tick(self) -> None:
        """Times left are painted anew each second; headings are placed anew now and then."""
        if not self.list.isVisible():
            return
        self._ticks += 1
        if self._ticks % _SECTIONS_EVERY == 0:
            self._place_headings()
        if self._ticks % _ROWS_EVERY == 0:
            self.model.refresh()  # a target slips, and a risk is owed again, by time alone
        self.list.viewport().update()

    def _place_headings(self) -> None:
        """Lay the rows out anew only where a row has passed under another heading, or grew."""
        heads = self.model.counts(self._delegate.section_of).copy()
        heads["late twice"] = self.model.late_twice()
        if heads != self._heads:
            self._heads = heads
            self.list.scheduleDelayedItemsLayout()

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self.opened.emit(row.id)

    def _look(self, index: QModelIndex) -> None:
        row = self.model.row_at(index.row())
        if row is not None:
            self.looked.emit(row.id)

    def _make_list(self, desk: Desk, name: str, delegate: type[QueueDelegate]) -> QueueList:
        view = QueueList(name, self)
        view.setModel(self.model)
        self._delegate = delegate(desk, self.model, view)
        view.setItemDelegate(self._delegate)
        view.selectionModel().currentChanged.connect(self._on_current)
        view.setLayoutMode(QListView.LayoutMode.Batched)
        view.setBatchSize(PAGE)
        view.opened.connect(self._open)
        view.clicked.connect(self._look)
        view.looked.connect(self._look)
        view.touched.connect(self._on_touched)
        return view

    def _lay_out(self) -> None:
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.list, 1)
        self._skeleton = QWidget()
        bones = QVBoxLayout(self._skeleton)
        bones.setContentsMargins(20, 20, 20, 0)
        bones.addWidget(Skeleton(8))
        bones.addStretch(1)
        self._stack = QStackedLayout(self)
        for page in (self._page, self._skeleton, self.empty):
            self._stack.addWidget(page)
