"""Fences, silent desks and who may take over: no lease is lost or won without a word."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    PLACE,
    R1,
    R2,
    SAM,
    STORE,
    assess,
    assessed,
    calm,
    claimed,
    context,
    done,
    graded,
    happening,
    minutes,
    received,
    record_crime,
    reserved,
    silent,
    told,
    with_crime,
)
from tests.told import repeats, told_yes
from workstation.domain.act import Command, Decision
from workstation.domain.claiming import (
    AskSupervisor,
    ClaimReport,
    ReassignReport,
    ReleaseReport,
    ResumeClaim,
)
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.crime import RecordNotCrime
from workstation.domain.decider import decide
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency, GradeReport, TellByVoice
from workstation.domain.handoff import SOLVABILITY, HandToImu
from workstation.domain.packets import ReservePacket
from workstation.domain.redirection import RedirectReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import Person, PersonId
from workstation.domain.story import AddNote

CLAIM, OVER = ClaimReport(report=R1), ClaimReport(report=R1, over_detached=True)
CLOSE = CloseReport(report=R1, reason="advice", caller_told="yes", told=told_yes(NOW))
NOT_CRIME = RecordNotCrime(report=R1, explanation="Civil", advice="Ask", agencies=("city",))
LOWER = GradeReport(report=R1, code="R", reason="calmer", was="P")
HAND = HandToImu(report=R1, solvability=dict.fromkeys(SOLVABILITY, "no"), facts="")


def answer(
    report: Report,
    command: Command,
    who: Person = ASHA,
    fence: int | None = None,
    at: datetime | None = None,
    recorded_at: datetime | None = None,
) -> Decision:
    """What the rules say to somebody who had a fence."""
    asked = context(
        who,
        at or minutes(20),
        fence=fence,
        recorded_at=recorded_at,
        seen={R1: report.version},
        reports={R1: report, R2: assessed(R2)},
    )
    return decide(report, command, asked)


def regraded() -> Report:
    """Graded P and assessed again since, so that only the holder is in question."""
    return done(graded("P"), assess(), at=minutes(3))


def back_with_asha(report: Report) -> Report:
    """Ben had the report for a while, then Asha got it again."""
    to_ben = ReassignReport(report=R1, to=BEN.author, reason="Asha is offline")
    to_asha = ReassignReport(report=R1, to=ASHA.author, reason="she is back")
    return done(done(report, to_ben, SAM, minutes(5)), to_asha, SAM, minutes(6))


EXCLUSIVE: list[tuple[str, Report, Command]] = [
    ("redirect", assessed(), RedirectReport(report=R1, agency="city", message="Theirs.")),
    ("close", assessed(), CLOSE),
    ("duplicate", assessed(), repeats(report=R1, of=R2, at=NOW)),
    ("not a crime", assessed(), NOT_CRIME),
    ("hand off", with_crime(), HAND),
    ("release", claimed(), ReleaseReport(report=R1)),
    ("a calm grade", assessed(), GradeReport(report=R1, code="R", reason="calm")),
    ("a downgrade", regraded(), LOWER),
]
names = [row[0] for row in EXCLUSIVE]


@pytest.mark.parametrize(("name", "report", "command"), EXCLUSIVE, ids=names)
def test_an_exclusive_act_under_the_lease_of_now_is_done(
    name: str, report: Report, command: Command
) -> None:
    assert isinstance(told(answer(report, command, fence=report.fence)), list), name


@pytest.mark.invariant("I19")
@pytest.mark.parametrize(("name", "report", "command"), EXCLUSIVE, ids=names)
def test_an_exclusive_act_of_a_former_lease_is_refused_and_names_who_had_it(
    name: str, report: Report, command: Command
) -> None:
    refusal = answer(back_with_asha(report), command, fence=report.fence)
    assert isinstance(refusal, Refusal), name
    assert refusal.code == "claim/changed"
    assert "Ben held this report meanwhile" in refusal.sentence


TO_ASHA = ReassignReport(report=R1, to=ASHA.author, reason="hers")
ANEW = [
    ("from the queue", done(done(assessed(), ReleaseReport(report=R1)), TO_ASHA, SAM), 2,
     "This report went back to the queue meanwhile"),
    ("what was set aside for her", done(reserved(calm(), minutes(60)), TO_ASHA, SAM), 1,
     "You were given this report anew meanwhile"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "since", "expected"), [row[1:] for row in ANEW], ids=[row[0] for row in ANEW]
)
def test_who_was_given_her_own_report_anew_is_told_how(
    report: Report, since: int, expected: str
) -> None:
    refusal = answer(report, CLOSE, fence=report.fence - since)
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.sentence.partition(".")[0]) == ("claim/changed", expected)


@pytest.mark.parametrize(("name", "report", "command"), EXCLUSIVE, ids=names)
def test_an_envelope_without_a_fence_is_judged_by_the_holder_alone(
    name: str, report: Report, command: Command
) -> None:
    assert isinstance(told(answer(back_with_asha(report), command)), list), name


@pytest.mark.parametrize(
    ("name", "report", "command"), [row for row in EXCLUSIVE if row[0] != "release"],
    ids=[name for name in names if name != "release"],
)  # fmt: skip
def test_the_one_who_has_it_now_is_named(name: str, report: Report, command: Command) -> None:
    to_ben = ReassignReport(report=R1, to=BEN.author, reason="Asha is offline")
    refusal = answer(done(report, to_ben, SAM), command, fence=report.fence)
    assert isinstance(refusal, Refusal), name
    assert (refusal.code, refusal.sentence[:3]) == ("claim/changed", "Ben")


def test_a_supervisor_acts_with_authority_whatever_the_fence() -> None:
    assert told(answer(assessed(), CLOSE, SAM, fence=0)) == ["ReportClosed"]


SAFE: list[tuple[str, Report, Command]] = [
    ("a more urgent grade", graded("R"), GradeReport(report=R1, code="I", reason="knife")),
    ("a first grade that sends", assessed(), GradeReport(report=R1, code="P", reason="alone")),
    ("officers now", claimed(), EscalateEmergency(report=R1, why="knife", location=PLACE)),
    ("told by voice", graded("P"), TellByVoice(report=R1, told="Priya")),
    ("a note", claimed(), AddNote(report=R1, text="he is back")),
    ("a hazard", claimed(), AddNote(report=R1, text="dog", hazard=True)),
    ("facts", claimed(), CorrectFacts(report=R1, changes=(FactChange("people", "", "two"),))),
    ("a THRIVE", claimed(), assess()),
    ("a spoken crime number", assessed(), record_crime()),
    ("asking a supervisor", claimed(), AskSupervisor(report=R1)),
]


@pytest.mark.parametrize(("name", "report", "command"), SAFE, ids=[row[0] for row in SAFE])
def test_what_keeps_people_safe_never_looks_at_the_fence(
    name: str, report: Report, command: Command
) -> None:
    assert isinstance(told(answer(back_with_asha(report), command, fence=0)), list), name


LATE = minutes(90)
TAKING: list[tuple[str, Report, Command, Person, datetime, list[str] | str]] = [
    ("too soon", silent(graded("R")), OVER, BEN, minutes(29), "claim/held"),
    ("unwarned", silent(graded("R")), CLAIM, BEN, minutes(30), "claim/detached"),
    ("warned", silent(graded("R")), OVER, BEN, minutes(30), ["ReportTakenOver"]),
    ("an emergency at once", silent(graded("I")), OVER, BEN, minutes(1), ["ReportTakenOver"]),
    ("an emergency, unwarned", silent(graded("I")), CLAIM, BEN, LATE, "claim/detached"),
    ("nobody has looked", silent(claimed()), OVER, BEN, minutes(1), ["ReportTakenOver"]),
    ("happening now", silent(happening(graded("R"))), OVER, BEN, minutes(1), ["ReportTakenOver"]),
    ("never from a live desk", graded("I"), OVER, BEN, LATE, "claim/held"),
    ("her own, back", silent(graded("R")), CLAIM, ASHA, LATE, ["ClaimResumed"]),
    ("her own, live", graded("R"), CLAIM, ASHA, LATE, []),
    ("reserved for another", reserved(calm(), LATE), OVER, BEN, minutes(9), "claim/reserved"),
    ("her packet begun", reserved(calm(), LATE), CLAIM, ASHA, minutes(9), ["ClaimResumed"]),
    ("her old packet", reserved(calm(), minutes(5)), CLAIM, ASHA, LATE, ["ClaimResumed"]),
    ("an old packet", reserved(calm(), minutes(5)), CLAIM, BEN, LATE, ["ReportClaimed"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("report", "command", "who", "at", "expected"),
    [row[1:] for row in TAKING],
    ids=[row[0] for row in TAKING],
)
def test_who_may_take_what_when(
    report: Report, command: Command, who: Person, at: datetime, expected: list[str] | str
) -> None:
    assert told(answer(report, command, who, at=at)) == expected


@pytest.mark.invariant("I22")
def test_taking_over_is_by_the_clock_of_the_store() -> None:
    report = silent(graded("R"))
    ahead = answer(report, OVER, BEN, at=minutes(600), recorded_at=minutes(1))
    behind = answer(report, OVER, BEN, at=minutes(-600), recorded_at=minutes(31))
    assert (told(ahead), told(behind)) == ("claim/held", ["ReportTakenOver"])


@pytest.mark.invariant("I18", "I20")
def test_a_take_over_raises_the_fence_and_says_who_from_whom_and_why() -> None:
    report = silent(graded("R"), minutes(102))
    events = answer(report, OVER, BEN, at=minutes(140))
    assert not isinstance(events, Refusal)
    after, entry = events[0].evolve(report), events[0].entry("e1")
    assert after.claim is not None
    assert (after.fence, after.claim.by) == (report.fence + 1, BEN.author)
    assert entry is not None
    assert entry.title == "Ben took this over from Asha"
    assert entry.text == "Held by Asha, offline since 10:42."


def test_a_refusal_to_a_peer_says_from_when_it_may_be_taken_over() -> None:
    refusal = answer(silent(graded("R"), minutes(102)), CLAIM, BEN, at=minutes(110))
    assert isinstance(refusal, Refusal)
    assert "offline since 10:42" in refusal.sentence
    assert "from 11:12" in refusal.sentence


def test_a_holder_who_is_back_has_the_fence_she_had() -> None:
    report = silent(graded("R"))
    resume = ResumeClaim(report=R1, workstation="W07")
    for back in (done(report, CLAIM), done(report, resume, STORE)):
        assert (back.fence, back.lease) == (report.fence, "active")


@pytest.mark.invariant("I18")
def test_a_desk_that_is_heard_again_takes_nothing_from_a_peer() -> None:
    taken = done(silent(graded("I")), OVER, BEN, minutes(1))
    assert told(answer(taken, ResumeClaim(report=R1, workstation="W07"), STORE)) == []


def to(who: Person, saw: str | None) -> ReassignReport:
    """A supervisor's move, with whom she saw."""
    seen = None if saw is None else PersonId(saw)
    return ReassignReport(report=R1, to=who.author, reason="shift ends", saw=seen)


MOVES: list[tuple[str, ReassignReport, float, list[str] | str]] = [
    ("online the last one wins", to(DEE, "ben"), 0.5, ["ReportReassigned"]),
    ("late, the holder she saw", to(DEE, "asha"), 5, ["ReportReassigned"]),
    ("late, another holder", to(DEE, "ben"), 5, "reassign/changed"),
    ("late, free when she saw it", to(DEE, ""), 5, "reassign/changed"),
    ("late, of an older desk", to(DEE, None), 5, ["ReportReassigned"]),
]


@pytest.mark.parametrize(
    ("command", "waited", "expected"), [row[1:] for row in MOVES], ids=[row[0] for row in MOVES]
)
def test_what_a_supervisor_moves(
    command: ReassignReport, waited: float, expected: list[str] | str
) -> None:
    asked = answer(graded("R"), command, SAM, at=minutes(10), recorded_at=minutes(10 + waited))
    assert told(asked) == expected


@pytest.mark.invariant("I19")
@pytest.mark.parametrize(
    ("saw", "expected"),
    [("asha", "reassign/changed"), ("", ["ReportReassigned"]), (None, ["ReportReassigned"])],
    ids=["its holder", "that it was handed", "of an older desk"],
)
def test_nothing_moves_what_was_handed_to_the_imu_unseen(
    saw: str | None, expected: list[str] | str
) -> None:
    handed = done(with_crime(), HAND)
    asked = answer(handed, to(DEE, saw), SAM, at=minutes(10), recorded_at=minutes(10))
    assert told(asked) == expected


@pytest.mark.invariant("I20")
def test_what_came_back_from_the_imu_goes_to_whom_the_last_supervisor_says() -> None:
    handed = done(with_crime(), HAND, at=minutes(4))
    back = done(handed, EscalateEmergency(report=R1, why="He is back"), at=minutes(5))
    assert back.is_back
    asked = answer(back, to(DEE, "asha"), SAM, at=minutes(10), recorded_at=minutes(10))
    assert told(asked) == ["ReportReassigned"]


LATENESS = [
    ("not the holder, late", BEN, 5, True),
    ("not the holder, at once", BEN, 0, False),
    ("the holder, late", ASHA, 5, False),
]


@pytest.mark.parametrize(
    ("who", "waited", "late"), [row[1:] for row in LATENESS], ids=[row[0] for row in LATENESS]
)
def test_late_work_of_who_does_not_hold_it_merges_and_says_so(
    who: Person, waited: float, late: bool
) -> None:
    note = AddNote(report=R1, text="she rang back")
    asked = answer(claimed(), note, who, at=minutes(10), recorded_at=minutes(10 + waited))
    assert not isinstance(asked, Refusal)
    entry = asked[0].entry("e1")
    assert entry is not None
    assert entry.late is late


def test_the_line_of_a_claim_itself_is_never_called_late() -> None:
    asked = answer(received(), CLAIM, at=minutes(1), recorded_at=minutes(30))
    assert not isinstance(asked, Refusal)
    entry = asked[0].entry("e1")
    assert entry is not None
    assert not entry.late


def test_own_acts_foretell_the_fence() -> None:
    report = received()
    for command in (CLAIM, ReleaseReport(report=R1), CLAIM):
        report = done(report, command)
    assert told(answer(done(report, assess()), CLOSE, fence=3)) == ["ReportClosed"]


def test_a_reserved_report_is_worked_by_nobody_until_it_is_begun() -> None:
    assert told(answer(reserved(done(calm(), assess()), LATE), CLOSE)) == "claim/free"
    begun = done(reserved(calm(), LATE), CLAIM)
    assert replace(begun, recent=()).lease == "active"
    assert ReservePacket(report=R1).may
