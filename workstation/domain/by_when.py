"""By when, as people type it: `18:00`, `6pm`, `in 2 h`, `tomorrow 9`, `fri 10:30`, `24 Dec 9`.

Times are of the clock in London. One that has passed today is tomorrow's; one that the clock shows
twice is the first still to come, and one that it leaves out is an hour on.
"""

import re
from datetime import UTC, date, datetime, time, timedelta

from workstation.domain.working_days import LONDON

MORNING = time(9)
_IN = re.compile(r"(?:in )?(\d{1,3}) ?(m|min|mins|minutes|h|hr|hrs|hour|hours|d|day|days)")
_HALF = re.compile(r"(?:in )?(\d{1,2}) ?h(?:ours?)? ?(\d{1,2})(?: ?m(?:in)?)?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))? ?(am|pm)?")
_DATE = re.compile(r"(\d{1,2})(?:/(\d{1,2})| ?([a-z]{3})[a-z]*)")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def by_when(text: str, now: datetime) -> datetime | None:
    """The moment that was typed, still to come; None where it cannot be read as one."""
    words = " ".join(text.casefold().replace(" at ", " ").split())
    words = re.sub(r"^by ", "", words)
    if spent := _IN.fullmatch(words):
        return now + int(spent[1]) * _UNITS[spent[2][0]]
    if spent := _HALF.fullmatch(words):
        return now + timedelta(hours=int(spent[1]), minutes=int(spent[2]))
    today = now.astimezone(LONDON).date()
    if (clock := _clock(words)) is not None:
        ahead = (at for at in moments(today, clock) if at > now)
        return next(ahead, None) or moments(today + timedelta(days=1), clock)[0]
    return _on_a_day(words, today, now)


def _on_a_day(words: str, today: date, now: datetime) -> datetime | None:
    """A day, and a time of it; without one it is by the morning."""
    head, _, tail = words.rpartition(" ")
    for named, rest in ((words, ""), (head, tail)):
        day = _day(named, today)
        clock = _clock(rest) if rest else MORNING
        if day is not None and clock is not None:
            return next((at for at in moments(day, clock) if at > now), None)
    return None


def _day(words: str, today: date) -> date | None:
    if words in ("today", "tonight"):
        return today
    if words in ("tomorrow", "tmrw", "tom"):
        return today + timedelta(days=1)
    if words[:3] in _DAYS and f"{words}".isalpha():
        ahead = (_DAYS.index(words[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    found = _DATE.fullmatch(words)
    if found is None or (found[3] and found[3] not in _MONTHS):
        return None
    month = int(found[2]) if found[2] else _MONTHS.index(found[3]) + 1
    return _next(int(found[1]), month, today)


def _next(day: int, month: int, today: date) -> date | None:
    """That day of this year or the next; the 30th of February is none."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _clock(words: str) -> time | None:
    found = _CLOCK.fullmatch(words)
    if found is None:
        return {"noon": time(12), "midday": time(12)}.get(words)
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3] and not 1 <= hour <= 12:
        return None
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moments(day: date, clock: time) -> tuple[datetime, datetime]:
    """When the clock shows it that day: twice in the hour that is put back, else one moment."""
    local = datetime.combine(day, clock, LONDON)
    return local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
