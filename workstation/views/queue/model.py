"""The queue as a model: ids of all rows, and pages of 64 rows read when they are painted.

A changed row is one `dataChanged`; the model is reset only where the ids themselves changed.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from workstation.desk import Desk, QueueRow
from workstation.domain.report import ReportId
from workstation.ui.list_base import Section
from workstation.views.queue.sections import spoken_row

PAGE = 64
ROW = int(Qt.ItemDataRole.UserRole)
_SHOWN = int(Qt.ItemDataRole.DisplayRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class QueueModel(QAbstractListModel):
    """Rows of the desk's queue in the order of `show`."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ids: list[ReportId] = []
        self._places: dict[ReportId, int] = {}
        self._pages: dict[int, list[QueueRow | None]] = {}
        self.picked: set[ReportId] = set()
        self._counted: tuple[int, Counter[str]] | None = None

    @property
    def ids(self) -> tuple[ReportId, ...]:
        """The ids of all rows, in order."""
        return tuple(self._ids)

    def show(self, ids: Sequence[ReportId]) -> bool:
        """Show these rows; says whether that changed which rows there are, or their order."""
        if list(ids) == self._ids:
            self.refresh()
            return False
        self.beginResetModel()
        self._ids = list(ids)
        self._places = {id: place for place, id in enumerate(self._ids)}
        self._pages.clear()
        self._counted = None
        self.picked &= set(self._places)
        self.endResetModel()
        return True

    def refresh(self) -> None:
        """Read what is on screen again, without moving anything; what was never read is left."""
        read, self._pages = sorted(self._pages), {}
        self._counted = None
        for number in read:
            last = min((number + 1) * PAGE, len(self._ids)) - 1
            self.dataChanged.emit(self.index(number * PAGE), self.index(last))

    def renew(self, changed: frozenset[ReportId]) -> None:
        """Read these reports' rows again and repaint each."""
        for id in changed & self._places.keys():
            place = self._places[id]
            page = self._pages.get(place // PAGE)
            fresh = self._desk.rows([id])
            if page is not None:
                page[place % PAGE] = fresh[0] if fresh else None
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

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.isValid() else len(self._ids)

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
