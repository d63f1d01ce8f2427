"""How long is left, in the words and icons of every screen: grey clock, amber timer, red triangle.

Times are kept in UTC and shown as Europe/London, twenty-four hours.
"""

from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

LONDON = ZoneInfo("Europe/London")
SOON = timedelta(minutes=5)
MINUS = "\N{MINUS SIGN}"
Urgency = Literal["ok", "soon", "over", "none"]

ICONS: dict[str, str] = {"ok": "clock", "soon": "timer", "over": "triangle-alert", "none": ""}
TONES: dict[str, str] = {"ok": "neutral", "soon": "warn", "over": "danger", "none": "neutral"}


class Due(Struct, frozen=True):
    """Time left as text, and how pressing it is."""

    text: str
    spoken: str
    urgency: Urgency

    @property
    def icon(self) -> str:
        """The icon that says the same as the colour."""
        return ICONS[self.urgency]

    @property
    def tone(self) -> str:
        """The tone for the text."""
        return TONES[self.urgency]


NOTHING_DUE = Due("", "nothing due", "none")


def due(at: datetime | None, now: datetime, length: timedelta | None = None) -> Due:
    """What to show for a promise due then; soon is the last 15 % of its length, or 5 minutes."""
    if at is None:
        return NOTHING_DUE
    left = at - now
    if left < timedelta():
        return Due(MINUS + span(-left), f"overdue by {spoken_span(-left)}", "over")
    soon = max(SOON, length * 0.15) if length else SOON
    return Due(span(left), f"due in {spoken_span(left)}", "soon" if left <= soon else "ok")


def span(length: timedelta) -> str:
    """A length of time: `12:40` under an hour, then `2 h 10`, then `3 d`."""
    seconds = int(length.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60:02}:{seconds % 60:02}"
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    return f"{hours} h {minutes:02}" if hours < 72 else f"{hours // 24} d {hours % 24} h"


def spoken_span(length: timedelta) -> str:
    """A length of time in words: `12 min 40 s`, `2 h 10 min`, then `5 d 21 h`."""
    seconds = int(length.total_seconds())
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02} s"
    hours = seconds // 3600
    return f"{hours} h {seconds % 3600 // 60:02} min" if hours < 72 else span(length)


def clock_time(at: datetime, seconds: bool = False) -> str:
    """The time of day in London."""
    local = _in_london(at)
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def day(at: datetime) -> str:
    """The day in London: `Sun 22 Nov`."""
    local = _in_london(at)
    return f"{local:%a} {local.day} {local:%b}"


def moment(at: datetime, now: datetime) -> str:
    """The time of day, with the day where it is not today."""
    same = _in_london(at).date() == _in_london(now).date()
    return clock_time(at) if same else f"{day(at)} {clock_time(at)}"


def _in_london(at: datetime) -> datetime:
    """The local time; at the ends of the calendar, where there is none, the time as it came."""
    try:
        return at.astimezone(LONDON)
    except OverflowError:
        return at
