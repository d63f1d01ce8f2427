"""What dispatch has NOT got: officers are never said to be sent before the store confirms it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from workstation.cache.columns import place_of, title_of
from workstation.cache.outbox import Kept
from workstation.desk.effective import Overlay
from workstation.desk.shown import Undelivered
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.numbers import LONDON

PATIENCE = timedelta(seconds=5)


def undelivered(kept: Iterable[Kept], overlay: Overlay, now: datetime) -> tuple[Undelivered, ...]:
    """Line up: grades that send officers without confirmation for five seconds, and refused."""
    return tuple(
        _told(one, overlay)
        for one in kept
        if (_is_missing(one, overlay) if one.outcome is not None else _is_late(one, now))
    )


def unconfirmed(kept: Iterable[Kept], overlay: Overlay) -> tuple[Undelivered, ...]:
    """Those that nobody may walk away from: unanswered, however short the time, or refused."""
    return tuple(
        _told(one, overlay) for one in kept if one.outcome is None or _is_missing(one, overlay)
    )


def gone(one: Undelivered) -> str:
    """What a person is told of what went with a damaged file."""
    on = f" on {one.reference} “{one.title}”" if one.reference else ""
    return (
        f"{one.grade}{on} of {one.made_at.astimezone(LONDON):%H:%M} was in the file of your work "
        "that was damaged, and leaves this PC no more. Tell dispatch by voice now."
    )


def _is_late(one: Kept, now: datetime) -> bool:
    """Five seconds have gone by, or this PC's clock was set back since: then nobody knows.

    What the store had and lost is late five seconds after that was found.
    """
    return abs(now - (one.again_at or one.envelope.made_at)) >= PATIENCE


def _is_missing(refused: Kept, overlay: Overlay) -> bool:
    """Refused, and the store holds no other grade that sends officers."""
    confirmed = overlay.confirmed(refused.envelope.command.report)
    grading = confirmed.grading if confirmed is not None else None
    return grading is None or not grading.sends_officers


def _told(one: Kept, overlay: Overlay) -> Undelivered:
    command, pack = one.envelope.command, overlay.pack
    report = overlay.report(command.report)
    grade, why, place = pack.emergency_grade.name, "", ""
    if isinstance(command, GradeReport):
        known = pack.grade_by_code.get(command.code)
        grade, why = (known.name if known else command.code), command.reason
    if isinstance(command, EscalateEmergency):
        why = command.why
        if command.location is not None:
            where = command.location
            place = where.text or where.town or where.postcode or where.unknown_because
    return Undelivered(
        report=command.report,
        reference=report.reference if report else "",
        title=title_of(report) if report else "",
        grade=grade,
        made_at=one.envelope.made_at,
        refused=one.outcome.sentence if one.outcome is not None else "",
        place=place or (place_of(report) if report else ""),
        why=why,
    )
