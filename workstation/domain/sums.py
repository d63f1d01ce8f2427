"""How a promise is worked out, in words: which rule, from when, how long, what did not count.

Lengths of time run on through nights and holidays, and through both changes of the clocks; only
working days pause.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from workstation.domain.clocks import Promise, PromiseKind
from workstation.domain.pack import Pack
from workstation.domain.working_days import LONDON, Reckoned

NAMED, SHORT = 2, 24
_NAMES: dict[PromiseKind, str] = {
    PromiseKind.INITIAL_CHECK: "initial check",
    PromiseKind.PUBLIC: "reply",
    PromiseKind.RECORDING: "recording",
    PromiseKind.ATTENDANCE: "attendance",
    PromiseKind.OWED_THRIVE: "THRIVE",
    PromiseKind.ACKNOWLEDGED: "acknowledgement",
    PromiseKind.NEEDS: "needs assessment",
    PromiseKind.REASONS: "reasons",
    PromiseKind.AGENCY: "agency's answer",
    PromiseKind.SAID: "what we said",
}


def sum_of(promise: Promise, pack: Pack) -> str:
    """The whole sum of one promise."""
    if promise.said is not None:
        return f"{promise.rule} Said {spoken(promise.started_at)}, by {spoken(promise.due_at)}."
    if promise.days:
        reckoned = pack.working_days.after(promise.started_at, promise.days)
        return f"{promise.rule} {_days(promise, reckoned)}"
    length = promise.due_at - promise.started_at
    counted = f"{_length(length)} from {spoken(promise.started_at)}"
    paused = (
        ", nights, weekends and bank holidays counted," if length >= timedelta(hours=12) else ""
    )
    changed = _clocks_changed(promise.started_at, promise.due_at)
    return f"{promise.rule} {counted}{paused} is {spoken(promise.due_at)}.{changed}"


def overdue_words(promises: Sequence[Promise], now: datetime) -> str:
    """Which promises are late, where more than one is: `Attendance and reply overdue`."""
    return late_words([name_of(p) for p in promises if p.is_running and p.due_at < now])


def late_words(names: Sequence[str]) -> str:
    """Two late promises by their names, and how many more; of one the time says enough."""
    return listed(names, "overdue") if len(names) > 1 else ""


def listed(names: Sequence[str], how: str) -> str:
    """Promises by their names, two of them at most, and how they stand."""
    more = len(names) - NAMED
    words = " and ".join(names)
    if more > 0:
        words = f"{names[0]}, {names[1]} and {more} more"
    return f"{words[:1].upper()}{words[1:]} {how}"


def name_of(promise: Promise) -> str:
    """A promise in a word or two, for where there is room for no more."""
    if promise.said is not None and len(promise.said.what) <= SHORT:
        return promise.said.what[:1].lower() + promise.said.what[1:]
    return _NAMES[promise.kind]


def spoken(at: datetime) -> str:
    """The day and the time of it in London: `Tue 24 Nov 02:13`."""
    here = at.astimezone(LONDON)
    return f"{_day(here.date())} {here:%H:%M}"


def _days(promise: Promise, reckoned: Reckoned) -> str:
    count = f"{promise.days} working day{'s' if promise.days > 1 else ''}"
    counted = ", ".join(_day(day) for day in reckoned.counted)
    words = f"{count} after {spoken(promise.started_at)}: {counted}."
    if reckoned.left_out:
        words += f" Not counted: {_left_out(reckoned.left_out)}."
    words += f" It ends {spoken(reckoned.due_at)}."
    if reckoned.unknown:
        years = " and ".join(str(year) for year in reckoned.unknown)
        words += f" The bank holidays of {years} are not known here: it may be due later."
    return words


def _left_out(days: Sequence[tuple[date, str]]) -> str:
    """Each day that did not count; a weekend says so by its name."""
    return ", ".join(
        _day(day) if why == f"{day:%A}" else f"{_day(day)} ({why})" for day, why in days
    )


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes} min" if minutes < 120 or minutes % 60 else f"{minutes // 60} h"


def _clocks_changed(start: datetime, end: datetime) -> str:
    before, after = (at.astimezone(LONDON).utcoffset() or timedelta() for at in (start, end))
    if before == after:
        return ""
    way = "forward" if after > before else "back"
    return f" The clocks go {way} in between, so the time on the clock is another."


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"
