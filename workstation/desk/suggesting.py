"""Suggestions worked out beside the window, since a long account takes longer than a key press.

They are kept by a digest of every word that was read: an account that changed, or words that came
later, are read anew, and what was suggested before them is never shown again.
"""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct
from PySide6.QtCore import Signal

from workstation.desk.beside import BesideTheWindow
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


class Suggesting(BesideTheWindow):
    """Answers with what is known, and tells by `suggested` (a report's id) when more is.

    Of several reports asked for only the newest is read.
    """

    suggested = Signal(str)
    _worked_out = Signal(object)
    thread_name = "suggesting"
    trouble = "what was suggested could not be told"

    def __init__(self, make: MakeSuggester | None) -> None:
        super().__init__()
        self._make = make
        self._made: tuple[Pack, Suggester] | None = None
        self._pack: Pack | None = None
        self._known: OrderedDict[bytes, Suggested] = OrderedDict()
        self._asked = b""
        self._worked_out.connect(self._take)

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
                    found = self._tried(lambda: read(self._for(pack, make), account, later))
                    self._worked_out.emit(Answer(report.id, digest, pack, found))

            self._do(work)
        return self._known.get(digest)

    def _leave(self) -> None:
        self._asked = b""

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

    def _tried(self, work: Callable[[], Suggested]) -> Suggested:
        """Nobody waits for the reading: whatever goes wrong in it has to be told."""
        try:
            return work()
        except Exception as wrong:
            log.exception("no suggestions could be worked out")
            return Suggested(trouble=UNREAD.format(wrong))
