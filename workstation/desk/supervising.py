"""Work of colleagues, kept on this PC or at another: told, and released by a supervisor."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from workstation.cache.keys import NoKeys
from workstation.cache.outbox import Extent
from workstation.cache.parcel import WaitingWork
from workstation.cache.profile import ProfileInUse
from workstation.cache.work import CannotKeep
from workstation.desk.keeping import Keeping
from workstation.desk.left_here import Colleagues, LeftHere, not_with_dispatch
from workstation.desk.overruled import overruled, words
from workstation.desk.releasing import Released, Releasing, not_now
from workstation.desk.sendable import readable
from workstation.desk.stock import Fittings, Stock
from workstation.domain.act import WAITED
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Person, PersonId, Release, Role
from workstation.machine.sealed import CannotOpen

OVERRULED = "overruled"  # the setting that keeps which moves of others she was told
MOST_OVERRULED = 50
WAITING = "waiting"  # the setting that keeps what the store last said
LONGEST_WHY = 500
NOT_YOURS = Refusal("role/not-yours", "Only a supervisor releases a colleague's work.")
OFFLINE = Refusal("release/offline", "The line is down. Release it when the store answers again.")
ONE_BY_ONE = Refusal(
    "release/one", "Another colleague's work is leaving. Wait until that is over."
)
NOTHING = Refusal("release/nothing", "Nothing of it is kept on this PC any more.")
REFUSED = "It is of the work of {} that you released; the store refused it: see Needs attention."
CANNOT_OPEN = (NoKeys, ProfileInUse, CannotOpen, CannotKeep, OSError)


class Supervising(Keeping):
    """The part of a desk that sees to the kept work of colleagues, without a word of it."""

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.here = Colleagues(stock.profile.folder)
        self._elsewhere = self._known_elsewhere()
        self._releasing: Releasing | None = None
        self._released: dict[PersonId, Released] = {}
        self._noted: tuple[tuple[Extent, ...], datetime | None] | None = None

    @property
    def is_supervisor(self) -> bool:
        """Whether this person sees to others' work."""
        return Role.SUPERVISOR in self.person.roles

    def left_here(self) -> tuple[LeftHere, ...]:
        """What colleagues left on this PC, for a supervisor."""
        return self.here.left() if self.is_supervisor else ()

    def waiting_elsewhere(self) -> tuple[WaitingWork, ...]:
        """What waits at other PCs for longer than a moment, for a supervisor."""
        if not self.is_supervisor:
            return ()
        until, me = self.clock.now() - WAITED, (self.person.id, self.workstation)
        here = {(one.person, self.workstation) for one in self.here.left()} | {me}
        return tuple(
            one
            for one in self._elsewhere
            if one.since < until and (one.person, one.workstation) not in here
        )

    def released(self, person: PersonId) -> Released | None:
        """What came of a release at this desk, or has come of it so far."""
        return self._released.get(person)

    def release(self, person: PersonId, why: str) -> Refusal | None:
        """Send a colleague's kept work; None: it is on its way, and what comes of it is told."""
        left = next((one for one in self.here.left() if one.person == person), None)
        why = readable(why.strip())
        if (wrong := self._why_not(left, why)) is not None or left is None:
            return wrong
        release = Release(self.person.author, why)
        try:
            self._releasing = Releasing(
                self._stock.profile, left, release, self._fittings, self.is_on_record
            )
        except CANNOT_OPEN as failed:
            return Refusal("release/cannot-open", not_now(left.name, failed))
        self._tell_release(self._releasing)
        self.has_work.emit()
        return None

    def is_on_record(self, id: ReportId) -> bool:
        """Whether the store has this report, as far as this desk knows."""
        return self._stock.shelf.report(id) is not None

    # What the conversation with the store asks and reports, on the window's thread.

    @property
    def releasing(self) -> Releasing | None:
        """The release under way."""
        return self._releasing

    def release_went_on(self, releasing: Releasing, answer: object) -> None:
        """The store answered to this release; one that was stopped meanwhile hears nothing."""
        if self._releasing is releasing:
            releasing.take(answer)
            self._tell_release(releasing)

    def stop_releasing(self, why: str) -> None:
        """Nothing leaves just now: what is left stays kept."""
        if self._releasing is not None:
            self._releasing.stop(why)
            self._tell_release(self._releasing)

    def note_kept(self) -> None:
        """What is unsent is noted beside it, so that it is told even after a crash."""
        call = self.begun_call()
        noted = (self._stock.outbox.extents(unsent=True), call.since if call is not None else None)
        if noted != self._noted and self.leave():
            self._noted = noted

    def know_waiting(self, waiting: tuple[WaitingWork, ...]) -> None:
        """The store said what waits where; it is known after a restart, too."""
        if waiting != self._elsewhere:
            self._elsewhere = waiting
            kept = msgspec.json.encode(waiting).decode()
            self._stock.unsaved.do(lambda: self._stock.work.set(WAITING, kept))
        self.attention_changed.emit()

    def tell_overruled(self, ids: Iterable[ReportId]) -> None:
        """What another supervisor moved right after this one did is told to her, once."""
        if not self.is_supervisor or self._stock.shelf.standing().scanning:
            return
        kept = self._stock.work.setting(OVERRULED)
        told: list[str] = [] if kept is None else msgspec.json.decode(kept, type=list[str])
        found = {id: moves for id in ids if (moves := self._overruled(id)) is not None}
        new = {id: moves for id, moves in found.items() if moves[1].id not in told}
        if not new:
            return
        for id, (mine, theirs) in new.items():
            report = self._overlay.report(id)
            reference = report.reference if report is not None else ""
            self._stock.notices.add(words(reference, mine, theirs))
            told.append(theirs.id)
        keep = msgspec.json.encode(told[-MOST_OVERRULED:]).decode()
        self._stock.unsaved.do(lambda: self._stock.work.set(OVERRULED, keep))
        self.link_changed.emit(self.link())

    def _overruled(self, id: ReportId) -> tuple[Entry, Entry] | None:
        report = self._overlay.report(id)
        if report is None or len(report.holders) < 2:
            return None
        return overruled((entry for _, entry in self._stock.shelf.entries(id)), self.person.id)

    def _tell_release(self, releasing: Releasing) -> None:
        self._released[releasing.person.id] = releasing.told
        if releasing.told.is_over:
            self._releasing = None
            releasing.close(self._stock.shelf.standing().epoch)
            self.here.forget(releasing.person.id)
            self._tell_not_sent(releasing.told)
        self.attention_changed.emit()

    def _tell_not_sent(self, told: Released) -> None:
        """What sends officers and was refused is with nobody: told until it was read."""
        if told.sends:
            alarm = not_with_dispatch(told.sends, self.pack)
            self._stock.notices.add(f"{alarm}{REFUSED.format(told.name)}")
            self.link_changed.emit(self.link())

    def _why_not(self, left: LeftHere | None, why: str) -> Refusal | None:
        if not self.is_supervisor:
            return NOT_YOURS
        if not why:
            return Refusal("release/why", "Say in a sentence why it is released.", "why")
        if len(why) > LONGEST_WHY:
            return Refusal("release/why", f"Say it in {LONGEST_WHY} characters.", "why")
        if self._releasing is not None:
            return ONE_BY_ONE
        if left is None:
            return NOTHING
        return None if self.link().online else OFFLINE

    def _known_elsewhere(self) -> tuple[WaitingWork, ...]:
        kept = self._stock.work.setting(WAITING)
        return () if kept is None else msgspec.json.decode(kept, type=tuple[WaitingWork, ...])
