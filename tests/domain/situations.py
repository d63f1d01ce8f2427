"""The people, the hour and the reports that the rules' tests speak of, and how they ask."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tests.domain.packs import PACK
from workstation.domain.act import Command, Context, Event
from workstation.domain.claiming import ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordCrime
from workstation.domain.decider import apply, decide
from workstation.domain.facts import FactChange
from workstation.domain.flagging import SetFlag
from workstation.domain.grading import GradeReport
from workstation.domain.intake import ReceiveReport
from workstation.domain.offering import OfferReport
from workstation.domain.pack import Pack
from workstation.domain.packets import ReservePacket
from workstation.domain.promising import MakePromise
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    Channel,
    CrimeId,
    EarlierContacts,
    Location,
    MarkedPhrase,
    Report,
    ReportId,
    Victim,
)
from workstation.domain.risk import AssessRisk
from workstation.domain.roles import Person, PersonId, Role

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
R1, R2, R3 = ReportId("r1"), ReportId("r2"), ReportId("r3")
ASHA = Person(PersonId("asha"), "Asha", (Role.HANDLER,))
BEN = Person(PersonId("ben"), "Ben", (Role.HANDLER,))
DEE = Person(PersonId("dee"), "Dee", (Role.DISPATCHER,))
SAM = Person(PersonId("sam"), "Sam", (Role.SUPERVISOR,))
WEB = Person(PersonId("web"), "Web page", (Role.INTAKE_MACHINE,))
STORE = Person(PersonId("store"), "The store", (Role.STORE,))
PLACE = Location(text="12 Mill Road, Cambridge")
MARK = MarkedPhrase(0, 5, "knife", "weapon")
LOW = {"T": "Low", "H": "None", "V": "None"}
NOTHING = {"T": "None", "H": "None", "V": "None"}
VICTIM = Victim("person", "Ola Nowak")
CALL_BACK = MakePromise(report=R1, promise="p1", what="Call back", due_at=NOW + timedelta(hours=2))


def minutes(count: float) -> datetime:
    """So many minutes after the report came."""
    return NOW + timedelta(minutes=count)


def context(
    who: Person = ASHA,
    at: datetime = NOW,
    *,
    pack: Pack = PACK,
    seen: Mapping[ReportId, int] | None = None,
    reports: Mapping[ReportId, Report] | None = None,
    fence: int | None = None,
    recorded_at: datetime | None = None,
) -> Context:
    """What a rule may know when `who` acts."""
    return Context(
        who=who,
        at=at,
        pack=pack,
        workstation="W07",
        seen=seen or {},
        reports=reports or {},
        fence=fence,
        recorded_at=recorded_at,
        incident_number="CC-22112026-0001",
    )


def ask(
    report: Report | None,
    command: Command,
    who: Person = ASHA,
    at: datetime = NOW,
    *,
    seen: Mapping[ReportId, int] | None = None,
    reports: Mapping[ReportId, Report] | None = None,
) -> tuple[Event, ...] | Refusal:
    """What the rules answer."""
    return decide(report, command, context(who, at, seen=seen, reports=reports))


def told(answer: tuple[Event, ...] | Refusal) -> list[str] | str:
    """The answer in short: the names of the events, or the refusal's code."""
    if isinstance(answer, Refusal):
        return answer.code
    return [type(event).__name__ for event in answer]


def done(
    report: Report | None,
    command: Command,
    who: Person = ASHA,
    at: datetime = NOW,
    *,
    seen: Mapping[ReportId, int] | None = None,
    reports: Mapping[ReportId, Report] | None = None,
) -> Report:
    """The report after a command that must succeed."""
    events = ask(report, command, who, at, seen=seen, reports=reports)
    assert not isinstance(events, Refusal), events
    before = {} if report is None else {report.id: report}
    changed = apply({**(reports or {}), **before}, events, who.id)
    if not changed:
        assert report is not None
        return report
    return changed[command.report]


def receive(id: ReportId = R1, account: str = "My neighbour shouts.") -> ReceiveReport:
    """The public's words as the intake machine brings them."""
    return ReceiveReport(
        report=id,
        channel=Channel.ONLINE,
        received_at=NOW,
        source="web",
        receipt_code="CAM-AAAA-BBBB",
        account=account,
        location=PLACE,
    )


def received(id: ReportId = R1) -> Report:
    """A report nobody has touched."""
    return done(None, receive(id), WEB)


def claimed(id: ReportId = R1, who: Person = ASHA) -> Report:
    """A report somebody works."""
    return done(received(id), ClaimReport(report=id), who)


def assess(id: ReportId = R1, *, nothing: bool = False, count: int = 0) -> AssessRisk:
    """A complete THRIVE, or *no risk found*."""
    return AssessRisk(
        report=id,
        levels=NOTHING if nothing else LOW,
        earlier=EarlierContacts(count=count),
        no_risk_found=nothing,
        interim="He may come back",
        rara=("avoid",),
    )


def assessed(id: ReportId = R1, who: Person = ASHA) -> Report:
    """A report somebody works, its risk assessed."""
    return done(claimed(id, who), assess(id), who, minutes(1))


def graded(code: str, id: ReportId = R1, who: Person = ASHA) -> Report:
    """An assessed report with a grade."""
    command = GradeReport(report=id, code=code, reason="as described")
    return done(assessed(id, who), command, who, minutes(2))


def reassessed(code: str) -> Report:
    """A graded report whose risk was assessed again after its grading."""
    return done(graded(code), assess(), at=minutes(5))


def lowering_asked(code: str = "P") -> Report:
    """An emergency that Asha asks to lower."""
    lower = GradeReport(report=R1, code=code, reason="He left", was="I")
    return done(reassessed("I"), lower, at=minutes(6))


def record_crime(id: ReportId = R1, offence: str = "105/01") -> RecordCrime:
    """One crime under the desk's next serial."""
    return RecordCrime(
        report=id,
        crime=CrimeId("c1"),
        offence=offence,
        victim=VICTIM,
        series="crime/2026",
        serial=66507,
        number="35/66507/26",
    )


def with_crime(id: ReportId = R1) -> Report:
    """An assessed report with a recorded crime."""
    return done(assessed(id), record_crime(id), at=minutes(3))


def numbered_twice() -> Report:
    """A report whose crime a second desk numbered as well."""
    again = replace(record_crime(), crime=CrimeId("c2"), serial=66601, number="35/66601/26")
    return done(with_crime(), again, BEN, minutes(4))


def happening(report: Report) -> Report:
    """The same report, happening now."""
    return replace(report, happening_now=True)


def nowhere(report: Report) -> Report:
    """The same report without a place."""
    return replace(report, location=Location())


def offered(report: Report, who: Person = ASHA, to: Person = BEN) -> Report:
    """The same report, offered by its holder to a colleague."""
    return done(report, OfferReport(report=report.id, to=to.author, reason="shift ends"), who)


def flagged(
    report: Report, who: Person = ASHA, at: datetime = NOW, kind: str = "safeguarding"
) -> Report:
    """The same report, flagged by somebody."""
    return done(report, SetFlag(report=report.id, flag=kind), who, at)


def silent(report: Report, at: datetime = NOW) -> Report:
    """The same report, its holder's desk silent since then."""
    assert report.claim is not None
    return replace(report, claim=replace(report.claim, detached=True, detached_at=at))


def promised(report: Report | None = None, who: Person = ASHA, at: datetime = NOW) -> Report:
    """A report on which somebody said they would call back."""
    return done(report or claimed(), CALL_BACK, who, at)


def redirected(at: datetime = NOW) -> Report:
    """A report that went to the council."""
    command = RedirectReport(report=R1, agency="city", message="They have it.")
    return done(assessed(), command, at=at)


def calm(id: ReportId = R1) -> Report:
    """A graded report without danger that nobody holds."""
    return done(graded("R", id), ReleaseReport(report=id), at=minutes(3))


def reserved(report: Report, until: datetime, who: Person = ASHA) -> Report:
    """The same report, set aside for somebody until then."""
    aside = done(report, ReservePacket(report=report.id), who)
    assert aside.claim is not None
    return replace(aside, claim=replace(aside.claim, packet_until=until))


def given_away() -> Report:
    """Asha's report, which a supervisor gave to Ben."""
    return done(claimed(), ReassignReport(report=R1, to=BEN.author, reason="shift ends"), SAM)


def late(
    report: Report, command: Command, who: Person = ASHA, waited: float = 20
) -> tuple[Event, ...] | Refusal:
    """The answer to what waited so many minutes on the desk of who held the report before."""
    known = context(
        who, fence=claimed().fence, recorded_at=minutes(waited), reports={report.id: report}
    )
    return decide(report, command, known)


def after_late(report: Report, command: Command, who: Person = ASHA, waited: float = 20) -> Report:
    """The report after it."""
    events = late(report, command, who, waited)
    assert not isinstance(events, Refusal), events
    return apply({report.id: report}, events, who.id)[report.id] if events else report


def proposed() -> Report:
    """Ben's report, for which Asha proposed that two people are named."""
    two = CorrectFacts(report=R1, changes=(FactChange("people", "", "two"),))
    return after_late(given_away(), two)
