"""What takes reading through all reports: the order of a list, and how many wait.

Answered beside the window, by a thread with a connection of its own, on which the same pending
rows are laid over in the same order as the window's. Of several questions by one asker only the
newest is answered.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from PySide6.QtCore import Signal

from workstation.cache import columns
from workstation.cache.confirmed import CacheDamaged
from workstation.cache.shelf import Shelf
from workstation.desk import queue
from workstation.desk.beside import BesideTheWindow
from workstation.desk.shown import Listing, Question, QueueFilter
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId

Answer = TypeVar("Answer")
BEYOND = 64
FARTHEST = 2_000
_COUNTERS = 0
LOWERING = QueueFilter(view="lowering")
UNREAD = (
    "The lists cannot be read from this PC's copy of the store. Your own work is safe: close the "
    "program and open it again. ({})"
)


class Counted(Struct, frozen=True):
    """How many wait in the handlers' queue, and how many ended reports still owe something.

    `lowerings`: how many emergencies one asks to lower.
    """

    by_channel: Mapping[str, int] = {}
    overdue: int = 0
    owed: int = 0
    owed_late: int = 0
    lowerings: int = 0

    @property
    def open(self) -> int:
        """All of them."""
        return sum(self.by_channel.values())


class Looked(Struct, frozen=True):
    """What was looked for in all records, and who takes it."""

    then: Callable[[object], None]
    answer: object


class Lists(BesideTheWindow):
    """Signals `listed` (Listing), `counted` (Counted) and `failed` (a sentence)."""

    listed = Signal(object)
    counted = Signal(object)
    failed = Signal(str)
    _read = Signal(object)
    thread_name = "lists"
    trouble = "the lists could not be read"

    def __init__(self, shelf: Shelf, person: PersonId) -> None:
        super().__init__()
        self._shelf = shelf
        self._person = person
        self._newest: dict[Hashable, Callable[[], object]] = {}
        self._read.connect(self._tell)

    def ask(self, question: Question) -> None:
        """Ask for a list."""
        self._put(question.asker, lambda: self._listing(question))

    def count(self, now: datetime) -> None:
        """Ask how many wait, and how many of them are late at this time."""
        self._put(_COUNTERS, lambda: self._counted(now))

    def look(
        self, asker: Hashable, read: Callable[[Shelf], Answer], then: Callable[[Answer], None]
    ) -> None:
        """Read this of the cache, and give it to `then` on the window's thread."""
        taken: Callable[[object], None] = then  # type: ignore[assignment]  # it is what `read` gave
        self._put(asker, lambda: Looked(taken, read(self._shelf)))

    def lay_over(self, rows: Sequence[columns.Columns]) -> None:
        """These are the pending rows now."""
        self._do(lambda: self._shelf.lay_over(rows))

    def lay_some(self, rows: Sequence[columns.Columns]) -> None:
        """These pending rows came, or changed."""
        self._do(lambda: self._shelf.lay_some(rows))

    def _put(self, asker: Hashable, read: Callable[[], object]) -> None:
        self._newest[asker] = read
        self._do(lambda: self._answer(read) if self._newest[asker] is read else None)

    def _do(self, work: Callable[[], None]) -> None:
        super()._do(lambda: self._where_sound(work))

    def _where_sound(self, work: Callable[[], None]) -> None:
        """A damaged cache is noted where it is met: here a list is missing, and that is said."""
        try:
            work()
        except CacheDamaged as wrong:
            self._went_wrong(wrong)

    def _went_wrong(self, wrong: Exception) -> None:
        self._read.emit(UNREAD.format(wrong))

    def _answer(self, read: Callable[[], object]) -> None:
        self._read.emit(read())

    def _tell(self, answer: object) -> None:
        if isinstance(answer, Listing):
            self.listed.emit(answer)
        elif isinstance(answer, Counted):
            self.counted.emit(answer)
        elif isinstance(answer, Looked):
            answer.then(answer.answer)
        else:
            self.failed.emit(answer)

    def _listing(self, question: Question) -> Listing:
        wanted = question.filter
        ids = self._shelf.ids(*queue.condition(wanted, self._person), queue.order(wanted))
        most = max(question.most, _place_of(question.down_to, ids) + BEYOND)
        return Listing(question, tuple(ids[:most]), len(ids))

    def _counted(self, now: datetime) -> Counted:
        where, values = queue.condition(QueueFilter(), self._person)
        by_channel = {str(k): n for k, n in self._shelf.count("channel", where, values)}
        late = (*values, now.timestamp())
        overdue = self._shelf.count("1", f"{where} AND due_at < ?", late)
        owed = self._shelf.count("1", "owed = 1", ())
        owed_late = self._shelf.count("1", "owed = 1 AND due_at < ?", (now.timestamp(),))
        asked = self._shelf.count("1", *queue.condition(LOWERING, self._person))
        rest = (sum(n for _, n in found) for found in (overdue, owed, owed_late, asked))
        return Counted(by_channel, *rest)


def _place_of(id: ReportId | None, ids: list[ReportId]) -> int:
    """Where the report stands; nobody scrolls so far down that a place beyond counts."""
    return ids.index(id, 0, FARTHEST) if id is not None and id in ids[:FARTHEST] else -BEYOND
