"""Suggestions worked out beside the window, since a long account takes longer than a key press.

They are kept by a digest of every word that was read: an account that changed, or words that came
later, are read anew, and what was suggested before them is never shown again.
"""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import msgspec
from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, Signal

from workstation.desk.stock import MakeSuggester
from workstation.desk.suggested import Suggested, account_of, later_of, read
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack
from workstation.domain.report import Report, ReportId
from workstation.reading.suggestions import Suggester

log = logging.getLogger("workstation.desk")

MOST_KEPT = 256
UNREAD = "The words could not be read for suggestions. Judge without them, and tell IT: {}"
NOT_FITTED = Suggested(trouble=UNREAD.format("no lexicon is fitted."))


class Answer(Struct, frozen=True):
    """What was suggested for the words of this digest, by this pack."""

    report: ReportId
    digest: bytes
    pack: Pack
    suggested: Suggested


class Suggesting(QObject):
    """Answers with what is known, and tells by `suggested` (a report's id) when more is.

    Without `beside` everything is worked out at once. Of several reports asked for only the newest
    is read.
    """

    suggested = Signal(str)
    _worked_out = Signal(object)

    def __init__(self, make: MakeSuggester | None) -> None:
        super().__init__()
        self._make = make
        self._made: tuple[Pack, Suggester] | None = None
        self._pack: Pack | None = None
        self._known: OrderedDict[bytes, Suggested] = OrderedDict()
        self._asked = b""
        self._thread: ThreadPoolExecutor | None = None
        self._worked_out.connect(self._take)

    @contextmanager
    def beside(self) -> Iterator[None]:
        """Work on a thread of its own, until the end; waits for it."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="suggesting")
        try:
            yield
        finally:
            self._asked = b""
            self._thread.shutdown(wait=True, cancel_futures=True)
            self._thread = None
            # What it found last must not reach screens of a desk whose files are closed.
            QCoreApplication.removePostedEvents(self)

    def of(self, report: Report, entries: Sequence[Entry], pack: Pack) -> Suggested | None:
        """What is suggested for a report as it reads now; None while it is worked out."""
        make = self._make
        if make is None:
            return NOT_FITTED
        if pack is not self._pack:
            self._pack, self._asked = pack, b""
            self._known.clear()
        account, later = account_of(report, entries, pack), later_of(entries)
        digest = hashlib.sha256(msgspec.json.encode((account, later))).digest()
        if digest not in self._known and digest != self._asked:
            self._asked = digest

            def work() -> None:
                if digest == self._asked:
                    found = self._safely(lambda: read(self._for(pack, make), account, later))
                    self._worked_out.emit(Answer(report.id, digest, pack, found))

            self._do(work)
        return self._known.get(digest)

    def _do(self, work: Callable[[], None]) -> None:
        if self._thread is None:
            work()
        else:
            self._thread.submit(work)

    def _take(self, answer: Answer) -> None:
        if answer.pack is not self._pack:
            return
        self._known[answer.digest] = answer.suggested
        if len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        if self._thread is not None:
            self.suggested.emit(answer.report)

    def _for(self, pack: Pack, make: MakeSuggester) -> Suggester:
        """The suggester of a pack; reading the lexicon takes seconds, and is done once."""
        if self._made is None or self._made[0] is not pack:
            self._made = (pack, make(pack))
        return self._made[1]

    def _safely(self, work: Callable[[], Suggested]) -> Suggested:
        """Nobody waits for the reading: whatever goes wrong in it has to be told."""
        try:
            return work()
        except Exception as wrong:
            log.exception("no suggestions could be worked out")
            return Suggested(trouble=UNREAD.format(wrong))
