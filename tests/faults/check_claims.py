"""Claims, fences and grades: one holder, no stale exclusive act, never less urgent by merging."""

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.faults.truth import Step, Truth
from workstation.domain import (
    claiming,
    closing,
    crime,
    handoff,
    intake,
    offering,
    packets,
    redirection,
)
from workstation.domain.closing import CloseReport, MarkDuplicate
from workstation.domain.crime import RecordNotCrime
from workstation.domain.grading import GradeReport, ReportGraded
from workstation.domain.handoff import HandToImu
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import Report

if TYPE_CHECKING:
    from tests.faults.simulator import Run

EXCLUSIVE = (CloseReport, MarkDuplicate, RedirectReport, HandToImu, RecordNotCrime)
MOVES = (
    claiming.ReportClaimed,
    claiming.ReportReleased,
    claiming.ReportReassigned,
    claiming.ReportTakenOver,
    offering.OfferAccepted,
    packets.PacketReserved,
    packets.PacketEnded,
    closing.ReportClosed,
    redirection.ReportRedirected,
    crime.NotCrimeRecorded,
    handoff.HandedToImu,
    intake.ReportCreated,
)
SUPERVISOR = "sue"
STALE = {
    "claim/changed": "an act of a former claim was refused",
    "offer/over": "an answer to an offer that was over was refused",
    "flag/changed": "a flag that was set again was not cleared",
}
NINE_YEARS = timedelta(days=9 * 365)


def i18_fences_rise_with_every_change_of_holder(run: "Run", truth: Truth) -> None:
    """A report has one holder, and its fence rises whenever that changes (I18)."""
    for id, step in _steps(truth):
        before, after = _fence(step.before), step.after.fence
        rises = after > before if _holder(step.before) != _holder(step.after) else after >= before
        run.history.hold("I18", rises, f"{id}: fence {before} to {after} by {step.command_id}")


def i19_no_stale_exclusive_act_applied(run: "Run", truth: Truth) -> None:
    """An exclusive act under an older fence is refused, unless a supervisor made it (I19)."""
    codes = Counter(one.outcome.code for one in truth.outcomes.values())
    for code, branch in STALE.items():
        run.history.met(branch, codes[code])
    for id, step in _steps(truth):
        answer = run.store.answers.get(step.command_id)
        if answer is None or step.before is None or id != answer.envelope.command.report:
            continue
        envelope = answer.envelope
        if isinstance(envelope.command, EXCLUSIVE) and envelope.author != SUPERVISOR:
            fresh = envelope.fence is not None and envelope.fence >= step.before.fence
            name = type(envelope.command).__name__
            sentence = f"{name} on {id} under fence {envelope.fence}, at {step.before.fence}"
            run.history.hold("I19", fresh, sentence)


def i22_a_lease_begins_by_the_clock_of_the_store(run: "Run", truth: Truth) -> None:
    """However far a desk's clock is off, its claim is leased from the store's own time (I22)."""
    for desk in run.desks:
        taken = [one for one in desk.did.values() if isinstance(one.command, claiming.ClaimReport)]
        took = any(_is_accepted(truth, one.id) for one in taken)
        is_far = abs(desk.clock.skew) > NINE_YEARS
        run.history.met("a desk ten years off took a report", int(is_far and took))
    first, last = run.true.start - timedelta(days=1), run.true.time + timedelta(seconds=1)
    for id, step in _steps(truth):
        claim = step.after.claim
        if claim is not None and claim.leased_at is not None:
            sentence = f"{id} is leased since {claim.leased_at}, by {step.command_id}"
            run.history.hold("I22", first <= claim.leased_at <= last, sentence)


def i20_every_change_of_holder_is_told(run: "Run", truth: Truth) -> None:
    """A holder changes by an event that names who did it, and why if somebody else (I20)."""
    for id, step in _steps(truth):
        if _holder(step.before) == _holder(step.after):
            continue
        moves = [event for event in step.events if isinstance(event, MOVES)]
        told = bool(moves) and all(event.by.id and event.by.name for event in moves)
        run.history.hold("I20", told, f"{id} changed hands by {step.command_id} untold")
        for event in moves:
            if isinstance(event, claiming.ReportReassigned):
                run.history.hold("I20", bool(event.reason.strip()), f"{id} moved for no reason")


def i21_no_grade_was_lowered_by_a_merge(run: "Run", truth: Truth) -> None:
    """A grade is lowered only by who saw the one that stood, over a newer assessment (I21)."""
    for id, step in _steps(truth):
        before = step.before.grading if step.before is not None else None
        after = step.after.grading
        if before is None or after is None or after.band <= before.band:
            continue
        run.history.met("a grade was lowered")
        answer = run.store.answers.get(step.command_id)
        command = answer.envelope.command if answer is not None else None
        seen = isinstance(command, GradeReport) and command.was == before.code
        by_grading = any(isinstance(event, ReportGraded) for event in step.events)
        sentence = f"{id} went from {before.code} to {after.code} by {step.command_id}"
        run.history.hold("I21", seen and by_grading, sentence)


def _steps(truth: Truth) -> list[tuple[str, Step]]:
    return [(id, step) for id, steps in truth.stories.items() for step in steps]


def _is_accepted(truth: Truth, id: str) -> bool:
    return id in truth.outcomes and truth.outcomes[id].outcome.word == "accepted"


def _holder(report: Report | None) -> str:
    return report.claim.by.id if report is not None and report.claim is not None else ""


def _fence(report: Report | None) -> int:
    return report.fence if report is not None else 0
