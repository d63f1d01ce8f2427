"""Every promise as a pure function of a report's history, and the order of the queue.

Danger first, then grade band, then least time left: no late promise ever outranks danger.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from workstation.domain.pack import Band, Pack
from workstation.domain.report import Channel, Report


class PromiseKind(StrEnum):
    """What was promised."""

    INITIAL_CHECK = "initial check"
    PUBLIC = "reply to the public"
    RECORDING = "crime recording rule"
    ATTENDANCE = "attendance"
    OWED_THRIVE = "THRIVE owed"


class Promise(Struct, frozen=True):
    """A clock: from when, until when, whether it was kept, and the sum in words."""

    kind: PromiseKind
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    sum: str

    @property
    def is_running(self) -> bool:
        """Whether anybody still waits for it."""
        return self.stopped_at is None


class QueueKey(Struct, frozen=True, order=True):
    """Where a report stands in the queue: `calm` 0 is danger, then the band, then the due time."""

    calm: int
    band: int
    due_at: datetime


def promises(report: Report, pack: Pack) -> tuple[Promise, ...]:
    """Every promise of the report: running before kept, officers on their way to danger first."""
    made = (
        _initial_check(report, pack),
        _public(report, pack),
        _recording(report, pack),
        _attendance(report, pack),
        _owed_thrive(report, pack),
    )
    kept = [promise for promise in made if promise is not None]
    return tuple(sorted(kept, key=lambda p: (not p.is_running, not _leads(p, report), p.due_at)))


def tightest(report: Report, pack: Pack) -> Promise | None:
    """The running promise with the least time left; an emergency's attendance before any other.

    An older promise, however late, never hides when officers are due.
    """
    return next((p for p in promises(report, pack) if p.is_running), None)


def is_danger(report: Report) -> bool:
    """Happening now, an emergency, or a risk not yet assessed."""
    if not report.is_open:
        return False
    return report.happening_now or report.is_emergency or report.risk_is_unassessed


def queue_key(report: Report, due: Promise | None) -> QueueKey:
    """The report's place by its tightest promise; an ungraded one stands with Priority.

    What says it is happening now stands with emergencies, whatever its grade (row S1).
    """
    band = report.grading.band if report.grading else Band.PRIORITY
    if report.happening_now and is_danger(report):
        band = Band.EMERGENCY
    due_at = due.due_at if due else report.received_at + timedelta(days=36500)
    return QueueKey(0 if is_danger(report) else 1, int(band), due_at)


def ended_at(report: Report, since: datetime | None = None) -> datetime | None:
    """When the hub finished with the report, if it did; since then, where it began again."""
    ends = (report.closing, report.redirection, report.not_crime, report.hand_off)
    times = [facet.at for facet in ends if facet is not None]
    return min((at for at in times if since is None or at >= since), default=None)


def _leads(promise: Promise, report: Report) -> bool:
    return report.is_emergency and promise.kind is PromiseKind.ATTENDANCE


def _clock(
    kind: PromiseKind, start: datetime, length: timedelta, stop: datetime | None, words: str
) -> Promise:
    return Promise(kind, start, start + length, stop, words)


def _initial_check(report: Report, pack: Pack) -> Promise:
    minutes = pack.promises.initial_check_minutes
    looked = [f.at for f in (report.thrive, report.grading) if f is not None]
    stop = min([*looked, *filter(None, [ended_at(report)])], default=None)
    words = f"Looked at within {minutes} min of receipt: is it an emergency, is it ours?"
    return _clock(
        PromiseKind.INITIAL_CHECK, report.received_at, timedelta(minutes=minutes), stop, words
    )


def _public(report: Report, pack: Pack) -> Promise:
    hours = pack.promises.public_hours
    answered = [crime.at for crime in report.crimes[:1]]
    stop = min([*answered, *filter(None, [ended_at(report)])], default=None)
    words = f"{pack.force_name} promises the public a reply within {hours} h of submitting."
    return _clock(PromiseKind.PUBLIC, report.received_at, timedelta(hours=hours), stop, words)


def _recording(report: Report, pack: Pack) -> Promise | None:
    if report.channel is Channel.INTELLIGENCE:
        return None
    hours = pack.promises.recording_hours
    recorded = [crime.at for crime in report.crimes[:1]]
    stop = min([*recorded, *filter(None, [ended_at(report)])], default=None)
    words = f"A crime is recorded within {hours} h of the report (Home Office recording rules)."
    return _clock(PromiseKind.RECORDING, report.received_at, timedelta(hours=hours), stop, words)


def _attendance(report: Report, pack: Pack) -> Promise | None:
    grading = report.grading
    grade = pack.grade_by_code.get(grading.code) if grading else None
    if grading is None or grade is None or grade.target_minutes is None:
        return None
    minutes, place = grade.target_minutes, ""
    if grade.rural_target_minutes is not None:
        place = "urban, "
        if report.location.rural:
            minutes, place = grade.rural_target_minutes, "rural, "
    words = f"{grade.name}: {place}{minutes} min from the grading at {grading.at:%H:%M} UTC."
    stop = ended_at(report, grading.at)
    return _clock(PromiseKind.ATTENDANCE, grading.at, timedelta(minutes=minutes), stop, words)


def _owed_thrive(report: Report, pack: Pack) -> Promise | None:
    grading = report.grading
    if grading is None or not grading.sends_officers:
        return None
    minutes = pack.promises.owed_thrive_minutes
    given = report.thrive.at if report.thrive else None
    stop = given or ended_at(report, grading.at)
    words = f"Officers were sent first; the THRIVE is owed within {minutes} min."
    return _clock(PromiseKind.OWED_THRIVE, grading.at, timedelta(minutes=minutes), stop, words)
