"""When a risk has to be assessed again, and why (RE-THRIVE): asked for by what happened since.

A new contact, a linked report, a new flag, a target about to be missed: the national wording is
that any change of circumstances is a new assessment (Sector guidance on THRIVE; inspection 2022).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from workstation.domain.clocks import PromiseKind, promises
from workstation.domain.pack import Pack
from workstation.domain.report import Report, Thrive
from workstation.domain.risk import is_awaited


class Owed(Struct, frozen=True):
    """Since when a new assessment is owed, and why, in words."""

    since: datetime
    why: str


def reassessment_owed(report: Report, now: datetime, pack: Pack) -> tuple[Owed, ...]:
    """Every reason that stands just now, the oldest first; none where it was assessed since."""
    thrive = report.thrive
    if thrive is None or not report.is_open:
        return ()
    reasons = (*_happened(report, thrive), *_slipping(report, thrive, pack))
    due = (one for one in reasons if one.since <= now)
    return tuple(sorted(due, key=lambda one: one.since))


def _happened(report: Report, thrive: Thrive) -> Iterator[Owed]:
    for one in report.news:
        yield Owed(one.at, one.what)
    for flag in report.flags:
        if flag.at > thrive.at:
            yield Owed(flag.at, f"{flag.name} was flagged")
    grading = report.grading
    is_asked = is_awaited(report) and not thrive.no_risk_found
    if grading is not None and is_asked and not thrive.interim:
        why = "nobody has said what could happen before officers arrive"
        yield Owed(max(grading.at, thrive.at), why)


def _slipping(report: Report, thrive: Thrive, pack: Pack) -> Iterator[Owed]:
    """A target that is going to be missed; assessed since then, it is not asked for again."""
    ahead = timedelta(minutes=pack.promises.slipping_minutes)
    for promise in promises(report, pack):
        if promise.kind is not PromiseKind.ATTENDANCE or not promise.is_running:
            continue
        since = max(promise.started_at, promise.due_at - ahead)
        if thrive.at < since:
            yield Owed(since, "the attendance target is about to be missed, or is missed")
