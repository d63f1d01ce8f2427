"""A desk without files or threads: the same rules, run on reports kept in memory.

For tests and pictures of screens; whatever it is asked to do it settles at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Raw
from PySide6.QtCore import QObject

from workstation.desk import (
    Attention,
    Case,
    Colleague,
    Counters,
    Desk,
    Draft,
    LinkState,
    QueueFilter,
    QueueRow,
    Shown,
    ShownEntry,
    Undelivered,
    Unopened,
)
from workstation.desk.shown import Stage
from workstation.domain.act import Command, Context
from workstation.domain.claiming import ClaimReport
from workstation.domain.clocks import Promise, is_danger, promises, queue_key, tightest
from workstation.domain.decider import apply, decide
from workstation.domain.intake import ReceiveReport
from workstation.domain.pack import Pack
from workstation.domain.places import Place
from workstation.domain.refusal import Refusal
from workstation.domain.report import EarlierContacts, Entry, Report, ReportId
from workstation.domain.roles import Author, Person, PersonId, Role
from workstation.machine.clock import OffsetClock

MACHINE = Person(PersonId("intake"), "Intake", (Role.INTAKE_MACHINE,))


class StillClock:
    """A clock that stands until it is told to go on."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()


class DeskOnPaper(Desk):
    """Every method of the desk's face over dictionaries; `submitted` lists what was asked."""

    def __init__(self, person: Person, pack: Pack, clock: StillClock) -> None:
        QObject.__init__(self)
        self.person, self._own_pack = person, pack
        self.clock = OffsetClock(clock)
        self.workstation = "W07"
        self.kept: dict[ReportId, Report] = {}
        self.story: dict[ReportId, list[Entry]] = {}
        self.submitted: list[Command] = []
        self.not_delivered: tuple[Undelivered, ...] = ()
        self.not_opened: tuple[Unopened, ...] = ()
        self.cases: tuple[Attention, ...] = ()
        self.link_state = LinkState(True, None, 0, clock.now(), 8, "")
        self.drafts: dict[tuple[ReportId, str], Draft] = {}
        self.changed_line = ""
        self.new_since = clock.now() + timedelta(days=1)
        self.pending: dict[ReportId, tuple[str, ...]] = {}
        self.settlements: list[tuple[str, str]] = []
        self.looked: list[ReportId] = []

    @property
    def pack(self) -> Pack:
        return self._own_pack

    def act_as(self, person: Person, command: Command, at: datetime) -> Refusal | None:
        """Settle a command of anybody's, as the store would."""
        known = {id: self.kept[id] for id in command.reports() if id in self.kept}
        number = f"CC-22112026-{len(self.kept) + 118:04}"
        context = Context(
            who=person,
            at=at,
            pack=self.pack,
            workstation=self.workstation,
            seen={id: report.version for id, report in known.items()},
            reports=known,
            incident_number=number,
        )
        decided = decide(known.get(command.report), command, context)
        if isinstance(decided, Refusal):
            return decided
        self.kept |= apply(known, decided, person.id)
        for number_of, event in enumerate(decided):
            entry = event.entry(f"{event.report}-{len(self.submitted)}-{at}-{number_of}")
            if entry is not None:
                self.story.setdefault(event.report, []).append(entry)
        return None

    def receive(self, command: ReceiveReport) -> None:
        """Take a contact in, and tell the screens."""
        self.act_as(MACHINE, command, command.received_at)
        self.queue_changed.emit()

    def submit(self, command: Command) -> Refusal | None:
        self.submitted.append(command)
        refusal = self.act_as(self.person, command, self.clock.now())
        if refusal is None:
            self.reports_changed.emit(frozenset(command.reports()))
            self.queue_changed.emit()
        return refusal

    def claim_if_free(self, id: ReportId) -> Refusal | None:
        return self.submit(ClaimReport(report=id))

    def report(self, id: ReportId) -> Shown | None:
        report = self.kept.get(id)
        pending = self.pending.get(id, ())
        stage: Stage = "on this desk" if pending else "confirmed"
        return None if report is None else Shown(report, pending, stage)

    def entries(self, id: ReportId) -> tuple[ShownEntry, ...]:
        lines = sorted(self.story.get(id, []), key=lambda entry: entry.at)
        return tuple(ShownEntry(line, False, line.at >= self.new_since) for line in lines)

    def changed_since_looked(self, id: ReportId) -> str:  # noqa: ARG002
        return self.changed_line

    def looked_at(self, id: ReportId) -> None:
        self.looked.append(id)

    def earlier_contacts(self, id: ReportId) -> EarlierContacts:
        rows = self.linked(id)
        return EarlierContacts(len(rows), False, tuple(row.id for row in rows))

    def linked(self, id: ReportId) -> tuple[QueueRow, ...]:
        own = self.kept[id].facts.phone
        same = [r.id for r in self.kept.values() if own and r.facts.phone == own and r.id != id]
        return tuple(self.rows(same))

    def promises(self, id: ReportId) -> tuple[Promise, ...]:
        return promises(self.kept[id], self.pack)

    def ids(self, filter: QueueFilter) -> list[ReportId]:  # noqa: A002
        wanted = filter
        found = [report for report in self.kept.values() if self._is_in(report, wanted)]
        found.sort(key=lambda report: (queue_key(report, self.pack), report.id))
        return [report.id for report in found]

    def _is_in(self, report: Report, wanted: QueueFilter) -> bool:
        if wanted.channel is not None and report.channel != wanted.channel:
            return False
        words = f"{report.facts.title} {report.excerpt} {report.reference}".lower()
        if wanted.words.lower() not in words:
            return False
        if wanted.mine and (report.claim is None or report.claim.by.id != self.person.id):
            return False
        if wanted.view == "dispatch":
            return report.grading is not None and report.grading.sends_officers
        if wanted.view == "imu":
            return report.hand_off is not None
        return wanted.view == "all" or (report.is_open and report.hand_off is None)

    def rows(self, ids: Sequence[ReportId]) -> list[QueueRow]:
        return [self._row(self.kept[id]) for id in ids if id in self.kept]

    def _row(self, report: Report) -> QueueRow:
        due = tightest(report, self.pack)
        grading, claim = report.grading, report.claim
        grade = self.pack.grade_by_code[grading.code] if grading else None
        return QueueRow(
            id=report.id,
            title=report.facts.title or report.excerpt[:60],
            reference=report.reference,
            place=" ".join(filter(None, [report.location.town, report.location.postcode])),
            channel=report.channel,
            due_at=due.due_at if due else None,
            due_kind=str(due.kind) if due else "",
            danger=is_danger(report),
            band=int(grading.band) if grading else 2,
            grade_code=grading.code if grading else "",
            grade_name=grading.name if grading else "",
            grade_shape=grade.shape if grade else "",
            holder=claim.by.name if claim else "",
            holder_id=claim.by.id if claim else "",
            detached=claim.detached if claim else False,
            flags=tuple(dict.fromkeys(mark.kind for mark in report.marked)),
            pending=bool(self.pending.get(report.id)),
            returned_because=report.returned_because,
            received_at=report.received_at,
            opened_by=report.opened.by.name if report.opened else "",
            has_new=False,
        )

    def counters(self) -> Counters:
        rows = self.rows(self.ids(QueueFilter()))
        by: dict[str, int] = {}
        for row in rows:
            by[str(row.channel)] = by.get(str(row.channel), 0) + 1
        late = sum(1 for row in rows if row.due_at is not None and row.due_at < self.clock.now())
        return Counters(by, late, len(rows), len(self.cases))

    def link(self) -> LinkState:
        return self.link_state

    def undelivered(self) -> tuple[Undelivered, ...]:
        return self.not_delivered

    def unopened(self) -> tuple[Unopened, ...]:
        return self.not_opened

    def attention(self) -> tuple[Attention, ...]:
        return self.cases

    def settle(self, case_id: str, words: str) -> None:
        self.settlements.append((case_id, words))
        self.cases = tuple(one for one in self.cases if one.case.id != case_id)
        self.attention_changed.emit()

    def places(self, text: str) -> list[Place]:  # noqa: ARG002 - the face names it
        return []

    def colleagues(self) -> tuple[Colleague, ...]:
        return (
            Colleague(PersonId("ma"), "Mo Ahmed", (Role.HANDLER,)),
            Colleague(PersonId("jo"), "Jo Orchard", (Role.HANDLER, Role.SUPERVISOR)),
        )

    def save_draft(self, report: ReportId, field: str, text: str) -> datetime:
        self.drafts[report, field] = Draft(report, field, text, self.clock.now())
        return self.clock.now()

    def draft(self, report: ReportId, field: str) -> Draft | None:
        return self.drafts.get((report, field))

    def drop_draft(self, report: ReportId, field: str) -> None:
        self.drafts.pop((report, field), None)


def a_case(report: ReportId, author: Author, at: datetime) -> Case:
    """A refused command as the store keeps it."""
    sentence = "Mo Ahmed took this report first."
    return Case("case-1", report, author.id, author.name, at, "claim/held", sentence, Raw(b"{}"))
