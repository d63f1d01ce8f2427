"""How an act becomes work: decided here by the shared rules, then kept on disk, then on its way.

A command that sends officers leaves by the urgent lane, unless the store could not accept it
without something that still waits in the main lane.
"""

from datetime import datetime

from msgspec.structs import replace

from workstation.cache.outbox import Kept, Lane, turn_of
from workstation.cache.parcel import CommandId, Envelope, OutboxId
from workstation.cache.reserve import FULL
from workstation.cache.work import CannotKeep, Locked, Mended
from workstation.desk.claims import Claims
from workstation.desk.effective import Overlay
from workstation.desk.sendable import sendable, too_long, with_a_place
from workstation.desk.stock import Fittings, Stock
from workstation.domain import limits
from workstation.domain.act import Command
from workstation.domain.claiming import ReassignReport
from workstation.domain.crime import RecordCrime
from workstation.domain.grading import EscalateEmergency, GradeReport, LoweringAsked, TellByVoice
from workstation.domain.intake import CreateReport
from workstation.domain.numbers import series_at, written
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import CrimeId, ReportId, Victim
from workstation.domain.roles import Person, PersonId
from workstation.domain.settling import ReleaseHeld, SettleCase
from workstation.machine.ids import letters_of

NO_NUMBER = Refusal(
    "crime/no-number",
    "This desk has no crime number left. Connect to the store to get more, "
    "or ask a colleague who is online to record it.",
)
NOT_SURE = Refusal(
    "crime/no-number",
    "The crime numbers on this PC may not be this desk's any more: its files may have been put "
    "back to an older copy. Connect to the store, which says so at once, or ask a colleague who "
    "is online to record it.",
)


class Acts:
    """Decides commands and keeps them in the outbox."""

    def __init__(
        self, stock: Stock, fittings: Fittings, person: Person, overlay: Overlay, claims: Claims
    ) -> None:
        self._claims = claims
        self._stock = stock
        self._fittings = fittings
        self._person = person
        self._overlay = overlay

    @property
    def pack(self) -> Pack:
        """The rules in force here."""
        return self._overlay.pack

    def submit(self, command: Command, at: datetime | None = None) -> Refusal | Kept | None:
        """A refusal; what is now on disk; or None where nothing needs doing."""
        if self._is_full_for(command):
            return Refusal("desk/disk-full", FULL)
        command = with_a_place(command)
        if (refusal := limits.too_long(command)) is not None:
            return refusal
        command = self._knowing_holder(sendable(command))
        draft = self._envelope(command, OutboxId(""), 0)
        if (refusal := too_long(draft)) is not None:
            return refusal
        decision = self._overlay.decide(command, draft)
        if isinstance(decision, Refusal):
            return decision
        if (refusal := self._unsure(command)) is not None:
            return refusal
        if not decision:
            return None
        asks = any(isinstance(event, LoweringAsked) for event in decision)
        sends = sends_officers(command, self.pack) and not asks
        return self._keep(self._lane(command, sends), sends, command, at)

    def settle(self, command: SettleCase | ReleaseHeld) -> Refusal | Kept | None:
        """Deal with refused work; also where its report was never taken in by the store."""
        kept = self.submit(command)
        if isinstance(kept, Refusal) and kept.code == "report/unknown":
            return self._keep("main", False, command)
        return kept

    def record_crime(
        self, report: ReportId, offence: str, victim: Victim
    ) -> Refusal | tuple[Kept, str]:
        """The crime under the lowest unused serial: block and outbox in one transaction."""
        try:
            if self._stock.reserve.is_spent:
                return Refusal("desk/disk-full", FULL)
            with self._stock.work.transaction():
                return self._record_crime(report, offence, victim)
        except Mended:
            return self.record_crime(report, offence, victim)
        except _Refused as refused:
            return refused.refusal
        except CannotKeep as wrong:
            return Refusal("desk/not-saved", str(wrong))

    def take_contact(self, contact: CreateReport) -> Refusal | Kept | None:
        """The contact under the day's next incident number, in one transaction.

        With none left here it has this desk's own, `W07-asha-0003`, until the store numbers it.
        """
        now = self._fittings.clock.now()
        try:
            if self._stock.unsaved.acts():
                return self._contact_later(contact)
            with self._stock.work.transaction():
                return _unless_refused(self.submit(self._numbered(contact, now), now))
        except Locked:
            return self._contact_later(contact)
        except Mended:
            return self.take_contact(contact)
        except _Refused as refused:
            return refused.refusal
        except CannotKeep as wrong:
            return Refusal("desk/not-saved", str(wrong))

    def _contact_later(self, contact: CreateReport) -> Refusal | Kept | None:
        """The file is held: on this screen now, with its reference once it is saved."""
        plain = sendable(contact)
        assert isinstance(plain, CreateReport)
        envelope = self._envelope(plain, OutboxId(""), 0)
        refusal = too_long(envelope) or self._overlay.decide(plain, envelope)
        if isinstance(refusal, Refusal):
            return refusal

        def save() -> Kept:
            with self._stock.work.transaction():
                named = self._numbered(plain, envelope.made_at)
                return self._save("urgent", False, replace(envelope, command=named))

        return self._stock.unsaved.keep(save, lambda n: _meanwhile(n, "urgent", False, envelope))

    def _numbered(self, contact: CreateReport, now: datetime) -> CreateReport:
        series = series_at(self.pack, "incident", now)
        serial = self._stock.blocks.take(series)
        if serial is None:
            return replace(contact, local_reference=self._local_reference())
        return replace(contact, incident_number=written(self.pack, "incident", serial, now))

    def _local_reference(self) -> str:
        """Colleagues at this PC count apart, and so does a file put back to an older one.

        What it counts from says the copy, so that its letters are those of the outbox begun then.
        """
        work = self._stock.work
        count = int(work.setting("local_reference") or "0") + 1
        work.set("local_reference", str(count))
        whose = str(self._person.id)
        if turn_of(work):
            whose += f"-{letters_of(self._stock.outbox.outbox_id('urgent'))}"
        return f"{self._fittings.workstation}-{whose}-{count:04}"

    def _record_crime(self, report: ReportId, offence: str, victim: Victim) -> tuple[Kept, str]:
        """Raises to undo the serial with the rest."""
        now = self._fittings.clock.now()
        series = series_at(self.pack, "crime", now)
        serial = self._stock.blocks.take(series)
        if serial is None:
            raise _Refused(NOT_SURE if self._stock.blocks.held(series) else NO_NUMBER)
        number = written(self.pack, "crime", serial, now)
        command = RecordCrime(
            report=report,
            crime=CrimeId(self._fittings.ids.new()),
            offence=offence,
            victim=victim,
            series=series,
            serial=serial,
            number=number,
        )
        return _unless_refused(self.submit(command, now)), number

    def _unsure(self, command: Command) -> Refusal | None:
        """What only one person may do waits until the store says that it is she."""
        report = self._overlay.report(command.report) if command.exclusive else None
        why = self._claims.held_back(report) if report is not None else ""
        return Refusal("claim/unsure", why) if why else None

    def _is_full_for(self, command: Command) -> bool:
        """Where the disk is full, only what sends officers, or says so by voice, is kept."""
        is_urgent = isinstance(command, TellByVoice) or sends_officers(command, self.pack)
        return self._stock.reserve.is_spent and not is_urgent

    def _knowing_holder(self, command: Command) -> Command:
        """A supervisor's move says from whom, so that a late one moves nothing unseen."""
        if not isinstance(command, ReassignReport) or command.saw is not None:
            return command
        report = self._overlay.report(command.report)
        claim = report.claim if report is not None else None
        return replace(command, saw=claim.by.id if claim is not None else PersonId(""))

    def _lane(self, command: Command, sends: bool) -> Lane:
        if isinstance(command, CreateReport):
            return "urgent"
        if not sends:
            return "main"
        alone = Overlay(self._stock.shelf, self._person, self.pack)
        kept = self._stock.outbox.since(self._stock.shelf.standing().position)
        alone.rebuild(one for one in kept if one.lane == "urgent" or one.outcome is not None)
        decision = alone.decide(command, self._envelope(command, OutboxId(""), 0))
        return "main" if isinstance(decision, Refusal) or not decision else "urgent"

    def _keep(
        self, lane: Lane, sends: bool, command: Command, at: datetime | None = None
    ) -> Refusal | Kept:
        envelope = self._envelope(command, OutboxId(""), 0, at)
        if self._stock.work.is_writing:
            return self._save(lane, sends, envelope)
        try:
            return self._stock.unsaved.keep(
                lambda: self._save(lane, sends, envelope),
                lambda n: _meanwhile(n, lane, sends, envelope),
            )
        except CannotKeep as wrong:
            return Refusal("desk/not-saved", str(wrong))

    def _save(self, lane: Lane, sends: bool, envelope: Envelope) -> Kept:
        """On disk when this returns."""
        with self._stock.work.transaction():
            kept = self._stock.outbox.add(
                lane, sends, lambda outbox, seq: replace(envelope, outbox_id=outbox, seq=seq)
            )
            if isinstance(envelope.command, TellByVoice):
                self._stock.outbox.voice(envelope.command.report)
        return kept

    def _envelope(
        self, command: Command, outbox: OutboxId, seq: int, at: datetime | None = None
    ) -> Envelope:
        confirmed = self._stock.shelf.reports(list(command.reports()))
        report = self._overlay.report(command.report)
        mine = report is not None and report.claim is not None
        mine = mine and report.claim.by.id == self._person.id  # type: ignore[union-attr]
        return Envelope(
            command_id=CommandId(self._fittings.ids.new()),
            outbox_id=outbox,
            seq=seq,
            author=self._person.id,
            workstation=self._fittings.workstation,
            made_at=at or self._fittings.clock.now(),
            pack=self._stock.shelf.standing().pack,
            command=command,  # type: ignore[arg-type]  # every command is one of the union
            seen={id: report.version for id, report in confirmed.items()},
            fence=report.fence if report is not None and mine else None,
        )


def _meanwhile(n: int, lane: Lane, sends: bool, envelope: Envelope) -> Kept:
    """A command that is not saved yet, as it is shown."""
    return Kept(n, lane, envelope, sends, None, False, "")


class _Refused(Exception):
    """Undoes a transaction on the way out with a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


def _unless_refused(kept: Refusal | Kept | None) -> Kept:
    """Raises to undo the serial with the rest."""
    if not isinstance(kept, Kept):
        raise _Refused(kept or NO_NUMBER)
    return kept


def sends_officers(command: Command, pack: Pack) -> bool:
    """Whether dispatch must hear of this command."""
    if isinstance(command, EscalateEmergency):
        return True
    if isinstance(command, GradeReport):
        grade = pack.grade_by_code.get(command.code)
        return grade is not None and grade.sends_officers
    return False
