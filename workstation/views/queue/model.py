"""A list as a model: ids of its first rows, and pages of 64 rows read when they are painted.

A list of any length is shown in the same way: its first rows, and more of them as one goes down.
A changed row is one `dataChanged`; the model is reset only where the ids themselves changed.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from workstation.desk import Desk, QueueRow
from workstation.domain.report import ReportId
from workstation.ui.list_base import Section
from workstation.views.queue.due_chips import is_late_twice
from workstation.views.queue.sections import spoken_row

PAGE = 64
FIRST = 4 * PAGE
ROW = int(Qt.ItemDataRole.UserRole)
_SHOWN = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class QueueModel(QAbstractListModel):
    """Rows of the desk in the order of `show`; `wants_more`: the last of them came on screen."""

    wants_more = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: tuple[ReportId, ...] = ()
        self.total = 0
        self._places: dict[ReportId, int] = {}
        self._pages: dict[int, list[QueueRow | None]] = {}
        self.picked: set[ReportId] = set()
        self._counted: tuple[int, Counter[str]] | None = None

    @property
    def ids(self) -> tuple[ReportId, ...]:
        """The ids of the rows, in order."""
        return self._ids

    @property
    def is_whole(self) -> bool:
        """Whether every row of the list is here."""
        return len(self._ids) >= self.total

    def show(self, ids: Sequence[ReportId], total: int) -> bool:
        """Show these rows of so many; says whether rows that were here moved or went."""
        held, self.total = len(self._ids), total
        if self._ids == tuple(ids[:held]):
            if len(ids) > held:
                self.beginInsertRows(_TOP, held, len(ids) - 1)
                self._take(ids)
                self._pages.pop(held // PAGE, None)
                self.endInsertRows()
            self.refresh()
            return not held and bool(ids)
        self.beginResetModel()
        self._take(ids)
        self._pages.clear()
        self.picked &= set(self._places)
        self.endResetModel()
        return True

    def _take(self, ids: Sequence[ReportId]) -> None:
        self._ids = tuple(ids)
        self._places = {id: place for place, id in enumerate(ids)}
        self._counted = None

    def refresh(self) -> None:
        """Read what is on screen again, without moving anything; what was never read is left."""
        read, self._pages = sorted(self._pages), {}
        self._counted = None
        for number in read:
            last = min((number + 1) * PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(number * PAGE), self.index(last))

    def renew(self, changed: frozenset[ReportId]) -> None:
        """Read these reports' rows again and repaint each."""
        here = sorted(changed & self._places.keys(), key=self._places.__getitem__)
        fresh = {row.id: row for row in self._desk.rows(here)}
        for id in here:
            place = self._places[id]
            page = self._pages.get(place // PAGE)
            if page is not None:
                page[place % PAGE] = fresh.get(id)
            self.dataChanged.emit(self.index(place), self.index(place))

    def row_at(self, place: int) -> QueueRow | None:
        """The row at a place; its page is read when first needed."""
        if not 0 <= place < len(self._ids):
            return None
        page = self._pages.get(place // PAGE)
        if page is None:
            page = self._read(place // PAGE)
        return page[place % PAGE]

    def place_of(self, id: ReportId | None) -> int:
        """Where a report stands, or -1."""
        return -1 if id is None else self._places.get(id, -1)

    def pick(self, place: int) -> None:
        """Pick a row to act on several at once, or put it back."""
        row = self.row_at(place)
        if row is not None:
            self.picked ^= {row.id}
            self.dataChanged.emit(self.index(place), self.index(place))

    def counts(self, section_of: Callable[[QueueRow], Section | None]) -> Counter[str]:
        """How many of the rows read so far stand under each heading; reckoned once a second."""
        second = int(self._desk.clock.monotonic())
        if self._counted is None or self._counted[0] != second:
            rows = [row for page in self._pages.values() for row in page if row is not None]
            heads = (section_of(row) for row in rows)
            self._counted = (second, Counter(head.text for head in heads if head is not None))
        return self._counted[1]

    def late_twice(self) -> int:
        """How many of the rows read so far say which of their promises are late."""
        now = self._desk.clock.now()
        rows = (row for page in self._pages.values() for row in page)
        return sum(row is not None and is_late_twice(row, now) for row in rows)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self.is_whole

    def fetchMore(self, parent: Index) -> None:
        self.wants_more.emit()

    def data(self, index: Index, role: int = _SHOWN) -> object:
        if role not in (ROW, _SHOWN, _SPOKEN):
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW:
            return row
        return row.title if role == _SHOWN else spoken_row(row, self._desk.clock.now())

    def _read(self, number: int) -> list[QueueRow | None]:
        wanted = self._ids[number * PAGE : (number + 1) * PAGE]
        found = {row.id: row for row in self._desk.rows(wanted)}
        self._pages[number] = [found.get(id) for id in wanted]
        self._counted = None
        return self._pages[number]
