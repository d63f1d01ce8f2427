"""An emergency is lowered by two: who asks, and a supervisor. Until then it stands."""

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    ASHA,
    BEN,
    NOW,
    R1,
    SAM,
    ask,
    done,
    flagged,
    happening,
    lowering_asked,
    minutes,
    reassessed,
    told,
)
from tests.told import told_yes
from workstation.domain.clocks import PromiseKind, promises
from workstation.domain.closing import CloseReport
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.lowering import AnswerLowering
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report

APPROVE = AnswerLowering(report=R1, approve=True, was="I", code="P", asked_by=ASHA.id)
REFUSE = replace(APPROVE, approve=False, words="He has come back before")
LOWER = GradeReport(report=R1, code="P", reason="He left", was="I")
STILL = GradeReport(report=R1, code="I", reason="He is back", was="I")


def attendance(report: Report) -> object:
    """The clock of officers on their way."""
    return next(p for p in promises(report, PACK) if p.kind is PromiseKind.ATTENDANCE)


@pytest.mark.invariant("I21")
def test_until_a_supervisor_approves_the_emergency_and_its_clock_stand() -> None:
    before, asked = reassessed("I"), lowering_asked()
    assert asked.is_emergency
    assert asked.grading == before.grading
    assert attendance(asked) == attendance(before)
    assert asked.lowering is not None
    assert (asked.lowering.name, asked.lowering.by) == ("Prompt", ASHA.author)


def test_the_supervisors_approval_lowers_it_under_both_names() -> None:
    answer = ask(lowering_asked(), APPROVE, SAM, minutes(9))
    assert not isinstance(answer, Refusal)
    lowered = answer[0].evolve(lowering_asked())
    assert lowered.lowering is None
    assert lowered.grading is not None
    assert (lowered.grading.code, lowered.grading.by) == ("P", SAM.author)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.title == "Graded Prompt (was Immediate), as Asha asked"
    assert entry.text == "He left"


def test_a_refusal_has_words_and_leaves_everything_as_it_was() -> None:
    assert told(ask(lowering_asked(), replace(REFUSE, words=" "), SAM)) == "lowering/words"
    refused = done(lowering_asked(), REFUSE, SAM, minutes(9))
    assert refused.lowering is None
    assert refused.grading == reassessed("I").grading


def test_a_handler_approves_nothing() -> None:
    assert told(ask(lowering_asked(), APPROVE, BEN)) == "role/not-yours"


def test_an_approval_is_stale_once_somebody_graded_it_anew() -> None:
    stands = done(
        lowering_asked(), EscalateEmergency(report=R1, why="knife seen"), BEN, minutes(8)
    )
    answer = ask(stands, APPROVE, SAM, minutes(9))
    assert isinstance(answer, Refusal)
    assert answer.code == "lowering/over"
    assert answer.sentence.startswith("This request was answered or withdrawn meanwhile.")
    assert stands.is_emergency


def test_the_stale_approval_names_who_graded_it_meanwhile() -> None:
    by_sam = done(lowering_asked(), replace(LOWER, code="S"), SAM, minutes(8))
    answer = ask(by_sam, APPROVE, SAM, minutes(9))
    assert isinstance(answer, Refusal)
    assert answer.sentence.startswith("Sam graded this Scheduled meanwhile. It stands")


def test_an_approval_does_not_pass_over_what_the_supervisor_has_not_read() -> None:
    asked = lowering_asked()
    since = flagged(asked, BEN, minutes(8))
    assert told(ask(since, APPROVE, SAM, seen={R1: asked.version})) == "report/changed"
    assert told(ask(since, REFUSE, SAM, seen={R1: asked.version})) == ["LoweringRefused"]


def test_who_asked_takes_it_back_by_saying_that_it_stands() -> None:
    assert done(lowering_asked(), STILL, at=minutes(8)).lowering is None


def test_a_second_request_stands_instead_of_the_first() -> None:
    again = done(lowering_asked(), replace(LOWER, code="S", reason="Moved away"), at=minutes(8))
    assert again.lowering is not None
    assert again.lowering.code == "S"
    assert told(ask(again, APPROVE, SAM)) == "lowering/over"


def test_what_is_closed_is_not_lowered() -> None:
    close = CloseReport(report=R1, reason="Attended", caller_told="yes", told=told_yes(NOW))
    assert told(ask(done(lowering_asked(), close, SAM), APPROVE, SAM)) == "report/closed"


def test_asking_needs_a_thrive_made_after_the_grade_and_the_report_itself() -> None:
    assert told(ask(reassessed("I"), LOWER, BEN)) == "claim/held"
    assert told(ask(reassessed("I"), replace(LOWER, reason=" "))) == "grade/reason"
    assert told(ask(happening(reassessed("P")), replace(LOWER, code="R", was="P"))) == "grade/now"
