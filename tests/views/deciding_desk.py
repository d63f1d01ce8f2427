"""A desk in memory for the decision panels: the real rules over a real pack, with nothing sent."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from workstation.desk import Draft, QueueFilter, QueueRow, Shown, ShownEntry, queue
from workstation.domain import places
from workstation.domain.act import Command, Context
from workstation.domain.claiming import ClaimReport
from workstation.domain.crime import RecordCrime
from workstation.domain.decider import apply, decide
from workstation.domain.intake import CreateReport, ReceiveReport
from workstation.domain.numbers import written
from workstation.domain.pack import Agency, Offence, Pack
from workstation.domain.packing import compose_pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    Channel,
    CrimeId,
    EarlierContacts,
    Entry,
    Facts,
    Location,
    MarkedPhrase,
    Report,
    ReportId,
    Victim,
)
from workstation.domain.roles import Person, PersonId, Role
from workstation.machine.resources import pack_text, reference_tables

NOW = datetime(2026, 11, 22, 2, 47, tzinfo=UTC)
KELLY = Person(PersonId("kelly"), "Kelly Rowe", (Role.HANDLER,))
MO = Person(PersonId("mo"), "Mo Ahmed", (Role.HANDLER,))
NOISE = ReportId("noise")
HARASSMENT = ReportId("harassment")
TOLD = "The flat above plays very loud music every night until 4 in the morning."
FEARED = "My ex was outside the shop tonight. He said I will regret it."


class ClockHere:
    """Stands still."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


class DecidingDesk(QObject):
    """Applies what the rules allow at once; every act stays pending until `confirm`."""

    reports_changed = Signal(object)

    def __init__(self, pack: Pack | None = None) -> None:
        super().__init__()
        self.person, self.workstation, self.clock = KELLY, "desk 17", ClockHere()
        self.pack = pack or compose_pack(pack_text("cambridgeshire"), reference_tables())
        self.states: dict[ReportId, Report] = {}
        self.stories: dict[ReportId, list[Entry]] = {}
        self.sent: list[Command] = []
        self.pending: dict[ReportId, tuple[str, ...]] = {}
        self.drafts: dict[tuple[ReportId, str], str] = {}
        self.earlier: dict[ReportId, EarlierContacts] = {}
        self._places = places.PlaceIndex.from_csv(reference_tables()["places"], self.pack.force)
        self._serial = 66506

    def receive(
        self, id: ReportId, account: str, facts: Facts, where: Location, **more: Any
    ) -> ReportId:
        """Put a report of the public on record."""
        command = ReceiveReport(
            report=id, channel=Channel.ONLINE, received_at=NOW, source="web", receipt_code="R",
            account=account, facts=facts, location=where, **more,
        )  # fmt: skip
        machine = Person(PersonId("web"), "Web form", (Role.INTAKE_MACHINE,))
        number = f"CC-22112026-{len(self.states) + 1:04}"
        self._do(command, replace(self._context(), who=machine, incident_number=number))
        self.pending.clear()
        return id

    def report(self, id: ReportId, /) -> Shown | None:
        state = self.states.get(id)
        pending = self.pending.get(id, ())
        return Shown(state, pending, "on this desk") if state else None

    def submit(self, command: Command, /) -> Refusal | None:
        refusal = self._do(command, self._context())
        if refusal is None:
            self.sent.append(command)
        return refusal

    def submit_as(self, person: Person, command: Command) -> Refusal | None:
        """What another person does meanwhile."""
        return self._do(command, replace(self._context(), who=person))

    def claim_if_free(self, id: ReportId, /) -> Refusal | None:
        return self.submit(ClaimReport(report=id))

    def record_crime(self, id: ReportId, offence: str, victim: Victim, /) -> Refusal | str:
        number = written(self.pack, "crime", self._serial + 1, NOW)
        refusal = self.submit(
            RecordCrime(report=id, crime=CrimeId(number), offence=offence, victim=victim,
                        series="crime/2026", serial=self._serial + 1, number=number)
        )  # fmt: skip
        if refusal is not None:
            return refusal
        self._serial += 1
        return number

    def take_contact(
        self,
        channel: Channel,
        account: str,
        facts: Facts,
        location: Location,
        happening_now: bool = False,
        /,
    ) -> Refusal | ReportId:
        id = ReportId(f"taken-{len(self.states)}")
        refusal = self.submit(
            CreateReport(report=id, channel=channel, account=account, facts=facts,
                         location=location, local_reference="W17-0001",
                         happening_now=happening_now)
        )  # fmt: skip
        return refusal or id

    def confirm(self, id: ReportId) -> None:
        """The store took everything."""
        self.pending.pop(id, None)
        self.reports_changed.emit(frozenset({id}))

    def earlier_contacts(self, id: ReportId, /) -> EarlierContacts:
        return self.earlier.get(id, EarlierContacts())

    def entries(self, id: ReportId, /) -> Sequence[ShownEntry]:
        return [ShownEntry(entry, False, False) for entry in self.stories.get(id, [])]

    def linked(self, id: ReportId, /) -> Sequence[QueueRow]:
        return self.rows(self.earlier_contacts(id).reports)

    def ids(self, filter: QueueFilter, /) -> Sequence[ReportId]:  # noqa: A002
        wanted = filter.words.casefold()
        return [r.id for r in self.states.values() if wanted in r.reference.casefold()]

    def rows(self, ids: Sequence[ReportId], /) -> Sequence[QueueRow]:
        return [
            queue.row(self.states[id], self.pack, is_pending=False, has_new=False) for id in ids
        ]

    def places(self, text: str, /) -> Sequence[places.Place]:
        return self._places.find(text)

    def offences(self, text: str, /) -> Sequence[Offence]:
        wanted = text.casefold()
        return [o for o in self.pack.offences if wanted in f"{o.code} {o.common_name}".casefold()][
            :20
        ]

    def agencies_for(self, topic: str, district: str, /) -> Sequence[Agency]:
        return places.agencies_for(self.pack, topic, district)

    def save_draft(self, report: ReportId, field: str, text: str, /) -> datetime:
        self.drafts[report, field] = text
        return NOW

    def draft(self, report: ReportId, field: str, /) -> Draft | None:
        text = self.drafts.get((report, field))
        return Draft(report, field, text, NOW) if text is not None else None

    def drop_draft(self, report: ReportId, field: str, /) -> None:
        self.drafts.pop((report, field), None)

    def _context(self) -> Context:
        return Context(
            who=self.person, at=NOW, pack=self.pack, workstation=self.workstation,
            reports=self.states,
        )  # fmt: skip

    def _do(self, command: Command, context: Context) -> Refusal | None:
        decision = decide(self.states.get(command.report), command, context)
        if isinstance(decision, Refusal):
            return decision
        self.states |= apply(self.states, decision, context.who.id)
        for event in decision:
            entry = event.entry(f"{event.report}-{len(self.stories.get(event.report, []))}")
            if entry is not None:
                self.stories.setdefault(event.report, []).append(entry)
            name = type(command).__name__
            self.pending[event.report] = (*self.pending.get(event.report, ()), name)
        self.reports_changed.emit(frozenset(event.report for event in decision))
        return None


def desk_with_reports() -> DecidingDesk:
    """A noise complaint in Cambridge, and a report of harassment with marked words."""
    desk = DecidingDesk()
    noise = Facts(title="Loud music every night from flat above", reporter="Owen Fairclough")
    where = Location(text="Flat 6, Histon Road", postcode="CB4 3JP", district="E07000008")
    desk.receive(NOISE, TOLD, noise, where)
    start = FEARED.index("regret")
    marked = (MarkedPhrase(start, start + 6, "regret", "threat"),)
    facts = Facts(title="Harassment by ex-partner", reporter="Karen Whitfield",
                  reporter_role="victim", occurred="21 Nov, 22:05 to 22:20")  # fmt: skip
    there = Location(text="Chequers Court, Huntingdon", district="E07000011")
    desk.receive(HARASSMENT, FEARED, facts, there, marked=marked)
    return desk
