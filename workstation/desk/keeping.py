"""What a person's own files hold beside the reports, and what she has to know of them."""

import logging
from datetime import datetime, timedelta

from PySide6.QtCore import Signal

from workstation.cache import left_behind
from workstation.cache.columns import title_of
from workstation.cache.confirmed import CacheDamaged
from workstation.cache.parcel import Case, Envelope
from workstation.cache.reserve import NONE_LEFT
from workstation.desk.acting import Acting
from workstation.desk.attention import stands_now
from workstation.desk.left_here import Colleagues, not_with_dispatch
from workstation.desk.shown import LinkState, WaitingAct
from workstation.domain.numbers import LONDON
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.settling import How, ReleaseHeld, SettleCase, may_not_settle

log = logging.getLogger("workstation.desk")
LOOK_EVERY = timedelta(seconds=30)


class Keeping(Acting):
    """The part of a desk that keeps work until it is saved, sent and dealt with."""

    queue_changed = Signal()
    link_changed = Signal(object)
    attention_changed = Signal()
    has_work = Signal()
    _disk = ""
    _work = (0, "")
    _looked_at_disk: datetime | None = None

    def link(self) -> LinkState:
        """The truth about the line."""
        raise NotImplementedError

    def waiting_acts(self) -> tuple[WaitingAct, ...]:
        """What is not sent yet, the oldest first."""
        kept = [*self._stock.outbox.unanswered(), *self._stock.unsaved.acts()]
        return tuple(self._waiting_act(one.envelope) for one in kept)

    def unsaved_acts(self) -> tuple[WaitingAct, ...]:
        """Those of them that are not even on the disk yet."""
        return tuple(self._waiting_act(one.envelope) for one in self._stock.unsaved.acts())

    def tell_of_others(self) -> None:
        """What others left unsent on this PC is told to whoever works here next."""
        here = Colleagues(self._stock.profile.folder)
        for name, since in here.calls():
            at = since.astimezone(LONDON)
            self._stock.notices.add(
                f"{name} left a contact on this PC that is not on record, begun at "
                f"{at:%H:%M on %d %B}. Only {name} can finish it, signed in here."
            )
        for one in here.left():
            at = one.since.astimezone(LONDON)
            acts = "1 unsent act" if one.count == 1 else f"{one.count} unsent acts"
            alarm = not_with_dispatch(one.sends, self.pack)
            self._stock.notices.add(
                f"{alarm}{one.name} left {acts} on this PC, the oldest of {at:%H:%M on %d %B}. "
                "They leave when that person signs in here, or when a supervisor releases them "
                "here."
            )

    def leave(self) -> bool:
        """How far this person's outboxes go is noted for whoever works here next, or could not."""
        folder, outbox = self._stock.profile.folder, self._stock.outbox
        try:
            epoch = self._stock.shelf.standing().epoch
        except CacheDamaged:
            epoch = ""  # of no store: the next who sits here asks how far it is settled
        try:
            call = self.begun_call()
            since = call.since if call is not None else None
            left_behind.note(folder, self.person.author, outbox, epoch, since)
        except OSError as wrong:  # the work itself is kept; only the next person is not told
            log.info("what is left unsent could not be noted: %s", wrong)
            return False
        return True

    def read_notice(self, sentence: str) -> None:
        """The person has read what happened to her files."""
        self._stock.notices.read(sentence)
        self.link_changed.emit(self.link())

    def settle(self, case_id: str, words: str, how: How = "answered otherwise") -> Refusal | None:
        """A refusal was dealt with, here at once and at the store for good; the words say how."""
        found = [one for one in self.attention() if one.case.id == case_id]
        if found:
            case, number = found[0].case, found[0].number
            command = SettleCase(
                report=case.report, case=case_id, how=how, why=words, crime_number=number
            )
            refusal = (
                may_not_settle(case.code, case.author, self.person)
                or command.wrong()
                or self._send_settlement(command)
            )
            if refusal is not None:
                return refusal
        now, stock = self.clock.now(), self._stock
        stock.unsaved.do(lambda: stock.jottings.settle(case_id, words, now))
        stock.unsaved.do(lambda: stock.outbox.settle_refused(case_id, words))
        self.attention_changed.emit()
        return None

    def release_number(self, case_id: str, why: str) -> Refusal | None:
        """A held number may be recorded: the store judges it, and until then the case stands."""
        found = [one.case for one in self.attention() if one.case.id == case_id]
        if not found:
            return None
        command = ReleaseHeld(report=found[0].report, case=case_id, why=why)
        refusal = command.wrong() or self._send_settlement(command)
        self.attention_changed.emit()
        return refusal

    def stands_now(self, case: Case) -> str:
        """What is true of the report now, to be read beside what was refused."""
        return stands_now(self._overlay.report(case.report), case)

    def _waiting_act(self, envelope: Envelope) -> WaitingAct:
        command = envelope.command
        report = self._overlay.report(command.report)
        return WaitingAct(
            command=type(command).__name__,
            reference=report.reference if report is not None else "",
            title=title_of(report) if report is not None else "",
            made_at=envelope.made_at,
        )

    def _send_settlement(self, command: SettleCase | ReleaseHeld) -> Refusal | None:
        kept = self._acts.settle(command)
        if isinstance(kept, Refusal):
            return kept
        self._kept(kept)
        return None

    def _save_again(self) -> None:
        """What could not be saved, as soon as the disk takes it."""
        unsaved, drafts = self._stock.unsaved, self._stock.drafts
        acts, were_words = len(unsaved.acts()), bool(drafts.held())
        unsaved.retry()
        if were_words and not drafts.held():
            self._tell_words(self.clock.now())
        if acts != len(unsaved.acts()):
            self._tell(self._lay_over())
            self.link_changed.emit(self.link())
            self.has_work.emit()

    def _look_at_work(self) -> None:
        """Where the file of her work was damaged: what could be saved of it is shown and sent."""
        work = self._stock.work
        if self._work == (work.mended, work.trouble):
            return
        self._work = (work.mended, work.trouble)
        self._laid_over = None
        self._tell(self._lay_over())
        self.attention_changed.emit()
        self.link_changed.emit(self.link())
        self.has_work.emit()

    def _look_at_disk(self) -> None:
        """Every half minute, and at once where it was full: how much room there is."""
        now, reserve = self.clock.now(), self._stock.reserve
        since = self._looked_at_disk
        if since is not None and abs(now - since) < LOOK_EVERY and not reserve.is_spent:
            return
        self._looked_at_disk = now
        reserve.refill()
        state = NONE_LEFT if reserve.is_spent and self._stock.drafts.held() else reserve.state()
        if state != self._disk:
            self._disk = state
            self.link_changed.emit(self.link())

    def _tell(self, touched: frozenset[ReportId]) -> None:
        if touched:
            self.reports_changed.emit(touched)
            self.queue_changed.emit()
