"""What takes reading through all reports: the order of a list, and how many wait.

Answered beside the window, by a thread with a connection of its own, on which the same pending
rows are laid over in the same order as the window's. Of several questions by one asker only the
newest is answered.
"""

import logging
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from workstation.cache import columns
from workstation.cache.confirmed import CacheDamaged
from workstation.cache.shelf import Shelf
from workstation.desk import queue
from workstation.desk.shown import Listing, Question, QueueFilter
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId

log = logging.getLogger("workstation.desk")

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


class Lists(QObject):
    """Signals `listed` (Listing), `counted` (Counted) and `failed` (a sentence), on the window's

    thread. Without `beside` each question is answered before `ask` returns.
    """

    listed = Signal(object)
    counted = Signal(object)
    failed = Signal(str)
    _read = Signal(object)

    def __init__(self, shelf: Shelf, person: PersonId) -> None:
        super().__init__()
        self._shelf = shelf
        self._person = person
        self._thread: ThreadPoolExecutor | None = None
        self._newest: dict[Hashable, Callable[[], object]] = {}
        self._read.connect(self._tell)

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Answer on a thread of its own, until the end; waits for it."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="lists")
        try:
            yield
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
            # What it said last must not reach screens of a desk whose files are closed.
            QCoreApplication.removePostedEvents(self)

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
        if self._thread is None:
            self._where_sound(work)
        else:
            self._thread.submit(self._safely, work)

    def _where_sound(self, work: Callable[[], None]) -> None:
        """A damaged cache is noted where it is met: here a list is missing, and that is said."""
        try:
            work()
        except CacheDamaged as wrong:
            self._read.emit(UNREAD.format(wrong))

    def _safely(self, work: Callable[[], None]) -> None:
        """Nobody waits for this thread: whatever goes wrong in it has to be told."""
        try:
            self._where_sound(work)
        except Exception as wrong:
            log.exception("the lists could not be read")
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
