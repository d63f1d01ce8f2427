"""Every promise as a pure function of a report's history, and the order of the queue.

Danger first, then grade band, then what nobody has looked at, then least time left: no late
promise ever outranks danger. A report that has ended may still owe: a reply, an answer, a call.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.initial_check import first_look, may_wait
from workstation.domain.needs import crimes_against_people
from workstation.domain.owed import Promised
from workstation.domain.pack import Band, Pack
from workstation.domain.report import Channel, Grading, Report


class PromiseKind(StrEnum):
    """What was promised."""

    INITIAL_CHECK = "initial check"
    PUBLIC = "reply to the public"
    RECORDING = "crime recording rule"
    ATTENDANCE = "attendance"
    OWED_THRIVE = "THRIVE owed"
    ACKNOWLEDGED = "written acknowledgement"
    NEEDS = "needs assessment"
    REASONS = "reasons for the victim"
    AGENCY = "answer of the agency"
    SAID = "promised"


class Promise(Struct, frozen=True):
    """A clock: which rule, from when, until when, and whether it was kept.

    `days`: it runs so many working days, not a length of time. `said`: what somebody said they
    would do.
    """

    kind: PromiseKind
    rule: str
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    days: int = 0
    said: Promised | None = None

    @property
    def is_running(self) -> bool:
        """Whether anybody still waits for it."""
        return self.stopped_at is None


class QueueKey(Struct, frozen=True, order=True):
    """Where a report stands in the queue: `calm` 0 is danger, then the band, then the due time.

    `waits` 0 is a calm report before its initial check: it may be anything, so it may not wait.
    """

    calm: int
    band: int
    waits: int
    due_at: datetime


def promises(report: Report, pack: Pack) -> tuple[Promise, ...]:
    """Every promise of the report: running before kept, officers on their way to danger first."""
    made = (
        _initial_check(report, pack),
        _public(report, pack),
        _recording(report, pack),
        _attendance(report, pack),
        _owed_thrive(report, pack),
        _acknowledgement(report, pack),
        _needs(report, pack),
        _reasons(report, pack),
        _agency(report, pack),
        *_said(report),
    )
    kept = [promise for promise in made if promise is not None]
    return tuple(sorted(kept, key=lambda p: (not p.is_running, not _leads(p, report), p.due_at)))


def running(report: Report, pack: Pack) -> tuple[Promise, ...]:
    """What is still owed: an emergency's attendance first, then by time left.

    An older promise, however late, never hides when officers are due.
    """
    return tuple(promise for promise in promises(report, pack) if promise.is_running)


def tightest(report: Report, pack: Pack) -> Promise | None:
    """The one with the least time left, which gives the report its place."""
    return next(iter(running(report, pack)), None)


def is_danger(report: Report) -> bool:
    """Happening now, an emergency, or a risk not yet assessed."""
    if not report.is_open:
        return False
    return report.happening_now or report.is_emergency or report.risk_is_unassessed


def is_owed(report: Report) -> bool:
    """Whether the hub has finished with it, so that what is still promised stands by itself."""
    return not report.is_open or (report.hand_off is not None and not report.is_back)


def queue_key(report: Report, due: Promise | None) -> QueueKey:
    """The report's place by its tightest promise; an ungraded one stands with Priority.

    What says it is happening now stands with emergencies, whatever its grade (row S1).
    """
    band = report.grading.band if report.grading else Band.PRIORITY
    danger = is_danger(report)
    if report.happening_now and danger:
        band = Band.EMERGENCY
    due_at = due.due_at if due else report.received_at + timedelta(days=36500)
    return QueueKey(0 if danger else 1, int(band), int(danger or may_wait(report)), due_at)


def ended_at(report: Report, since: datetime | None = None) -> datetime | None:
    """When the hub finished with the report, if it did; since then, where it began again."""
    ends = (report.closing, report.redirection, report.not_crime, report.hand_off)
    times = [facet.at for facet in ends if facet is not None]
    return min((at for at in times if since is None or at >= since), default=None)


def _leads(promise: Promise, report: Report) -> bool:
    return report.is_emergency and promise.kind is PromiseKind.ATTENDANCE


def _first(*times: datetime | None) -> datetime | None:
    return min((at for at in times if at is not None), default=None)


def _initial_check(report: Report, pack: Pack) -> Promise:
    minutes = timedelta(minutes=pack.promises.initial_check_minutes)
    start, look = report.received_at, first_look(report)
    stop = look.at if look is not None else ended_at(report)
    rule = "Somebody looks at every report after its receipt: is it an emergency, is it ours?"
    return Promise(PromiseKind.INITIAL_CHECK, rule, start, start + minutes, stop)


def _public(report: Report, pack: Pack) -> Promise:
    """Kept by telling the public, never by deciding."""
    hours, start = timedelta(hours=pack.promises.public_hours), report.received_at
    stop = report.reply.at if report.reply is not None else None
    rule = f"{pack.force_name} promises the public a reply, from when they submitted it."
    return Promise(PromiseKind.PUBLIC, rule, start, start + hours, stop)


def _recording(report: Report, pack: Pack) -> Promise | None:
    if report.channel is Channel.INTELLIGENCE:
        return None
    hours, start = timedelta(hours=pack.promises.recording_hours), report.received_at
    recorded = report.crimes[0].at if report.crimes else None
    stop = _first(recorded, ended_at(report))
    rule = "A crime is recorded in time after its report (Home Office Crime Recording Rules)."
    return Promise(PromiseKind.RECORDING, rule, start, start + hours, stop)


def _attendance(report: Report, pack: Pack) -> Promise | None:
    grading = report.grading
    grade = pack.grade_by_code.get(grading.code) if grading else None
    if grading is None or grade is None or grade.target_minutes is None:
        return None
    minutes, place = grade.target_minutes, ""
    if grade.rural_target_minutes is not None:
        place = ", in town" if report.location.rural is False else ", as in town: not known which"
        if report.location.rural:
            minutes, place = grade.rural_target_minutes, ", in the country"
    received = pack.promises.attendance_starts == "received"
    start = report.received_at if received else grading.at
    rule = f"Target of {grade.name}{place}, from the {'receipt' if received else 'grading'}."
    due_at = start + timedelta(minutes=minutes)
    stop = _attendance_ends(report, grading)
    return Promise(PromiseKind.ATTENDANCE, rule, start, due_at, stop)


def _attendance_ends(report: Report, grading: Grading) -> datetime | None:
    """Handing the papers to the IMU attends nobody: officers stay due until dispatch has it."""
    handed = report.hand_off
    if handed is None or handed.at < grading.at or not grading.sends_officers:
        return ended_at(report, grading.at)
    got = (report.opened, report.told_by_voice)
    has = _first(*(one.at for one in got if one is not None))
    taken = max(has, handed.at) if has is not None else None
    return _first(taken, ended_at(replace(report, hand_off=None), grading.at))


def _owed_thrive(report: Report, pack: Pack) -> Promise | None:
    grading = report.grading
    if grading is None or not grading.sends_officers:
        return None
    due_at = grading.at + timedelta(minutes=pack.promises.owed_thrive_minutes)
    given = report.thrive.at if report.thrive else None
    stop = given or ended_at(report, grading.at)
    rule = "Officers were sent first, the THRIVE follows."
    return Promise(PromiseKind.OWED_THRIVE, rule, grading.at, due_at, stop)


def _acknowledgement(report: Report, pack: Pack) -> Promise | None:
    """The Code's right 3, for each victim there is to write to: the oldest crime still waits."""
    told = report.acknowledged
    named = [c for c in report.standing_crimes if c.victim.kind in ("person", "organisation")]
    if not named:
        return None
    crime = next((one for one in named if one.id not in told), named[0])
    what = f"crime {crime.number} is acknowledged to its victim in writing, from its recording"
    return _by_the_code(PromiseKind.ACKNOWLEDGED, report, pack, what, crime.at, told.get(crime.id))


def _needs(report: Report, pack: Pack) -> Promise | None:
    """The Code's right 4, for each person that was harmed: the oldest crime still waits."""
    done, harmed = report.needs_assessed, crimes_against_people(report)
    if not harmed:
        return None
    crime = next((one for one in harmed if one.id not in done), harmed[0])
    days = pack.victims_code.needs_working_days
    due_at = pack.working_days.after(crime.at, days).due_at
    rule = (
        f"Victims' Code: the needs of the victim of crime {crime.number} are assessed and support "
        "is offered, from its recording."
    )
    return Promise(PromiseKind.NEEDS, rule, crime.at, due_at, done.get(crime.id), days)


def _reasons(report: Report, pack: Pack) -> Promise | None:
    """The Code's right 6: a decision not to investigate is explained to who came to the police."""
    decision = report.not_crime
    if decision is None:
        return None
    told = [one.at for one in (report.reply, report.reasons_given) if one is not None]
    stop = min((at for at in told if at >= decision.at), default=None)
    what = "why nothing is investigated is explained, from the decision"
    return _by_the_code(PromiseKind.REASONS, report, pack, what, decision.at, stop)


def _by_the_code(
    kind: PromiseKind,
    report: Report,
    pack: Pack,
    what: str,
    start: datetime,
    stop: datetime | None,
) -> Promise:
    code = pack.victims_code
    flag = next((one for one in report.flags if one.id in code.enhanced_flags), None)
    days = code.working_days if flag is None else code.enhanced_working_days
    rights = f", with Enhanced Rights ({flag.name})" if flag is not None else ""
    rule = f"Victims' Code{rights}: {what}."
    return Promise(kind, rule, start, pack.working_days.after(start, days).due_at, stop, days)


def _agency(report: Report, pack: Pack) -> Promise | None:
    """Silence brings a redirected report back among what is owed."""
    way, answer = report.redirection, report.agency_answer
    if way is None:
        return None
    days = pack.promises.agency_working_days
    due_at = pack.working_days.after(way.at, days).due_at
    rule = f"{way.agency_name} says that it has this, from when it was redirected."
    stop = answer.at if answer is not None else None
    return Promise(PromiseKind.AGENCY, rule, way.at, due_at, stop, days)


def _said(report: Report) -> Iterator[Promise]:
    for one in report.promised:
        owner = report.owner
        owes = f"; {owner.name} owes it" if owner and owner.id != one.by.id else ""
        rule = f"{one.by.name} said we would: {one.what}{owes}."
        stop = one.ended_at if one.kept is not None else None
        yield Promise(PromiseKind.SAID, rule, one.at, one.due_at, stop, said=one)
