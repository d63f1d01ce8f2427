"""Crime and incident numbers: how they are written, which series they belong to, leased blocks.

Days and years are Europe/London; a serial is issued once, to one crime, and stays consumed.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.pack import NumberPattern, Pack

LONDON = ZoneInfo("Europe/London")
Kind = Literal["crime", "incident"]
UNCERTAIN = timedelta(seconds=4)  # how far clocks may differ unnoticed, and a message's way


class Block(Struct, frozen=True):
    """Serials lo..hi of a series, leased to one outbox; `next` is the lowest unused."""

    id: str
    series: str
    lo: int
    hi: int
    next: int

    @property
    def left(self) -> int:
        """How many serials are still unused."""
        return self.hi - self.next + 1

    def used_one(self) -> "Block":
        """The block after its lowest unused serial was issued."""
        return replace(self, next=self.next + 1)


def pattern_of(pack: Pack, kind: Kind) -> NumberPattern:
    """How the force writes numbers of this kind."""
    return pack.numbers.crime if kind == "crime" else pack.numbers.incident


def assumed_form(pack: Pack, kind: Kind) -> str:
    """What is said where a number is shown whose written form nobody confirmed; else nothing."""
    assumed = pattern_of(pack, kind).assumption
    return "Its form is assumed, not confirmed." if assumed else ""


def series_at(pack: Pack, kind: Kind, instant: datetime) -> str:
    """The series of a number issued at this instant: `crime/2026`, `incident/2026-11-22`."""
    day = instant.astimezone(LONDON)
    restarts = pattern_of(pack, kind).restarts
    return f"{kind}/{day.year:04}" if restarts == "year" else f"{kind}/{day.date().isoformat()}"


def written(pack: Pack, kind: Kind, serial: int, instant: datetime) -> str:
    """The number as people speak and write it, `35/66507/22` or `CC-27012021-0401`."""
    day = instant.astimezone(LONDON)
    return pattern_of(pack, kind).pattern.format(
        force_code=pack.force_code,
        serial=serial,
        yy=f"{day.year % 100:02}",
        yyyy=f"{day.year:04}",
        mm=f"{day.month:02}",
        dd=f"{day.day:02}",
    )


def open_series(pack: Pack, kind: Kind, now: datetime) -> tuple[str, ...]:
    """The series numbers are lent of: today's, and the next from 1 December or 20:00 on."""
    local = now.astimezone(LONDON)
    ahead = timedelta()
    if pattern_of(pack, kind).restarts == "year":
        ahead = timedelta(days=31) if local.month == 12 else ahead
    elif local.hour >= 20:
        ahead = timedelta(hours=4)
    return tuple(dict.fromkeys((series_at(pack, kind, now), series_at(pack, kind, now + ahead))))


def ends_at(series: str) -> datetime:
    """When the year or day of a series ends in London."""
    period = series.partition("/")[2]
    if len(period) == len("2026"):
        after = datetime(int(period) + 1, 1, 1, tzinfo=LONDON)
    else:
        day = datetime.fromisoformat(period) + timedelta(days=1)
        after = day.replace(tzinfo=LONDON)
    return after.astimezone(UTC)


def has_begun(series: str, now: datetime) -> bool:
    """Whether the year or day of a series may have begun, as far as anybody's clock can tell."""
    begins = datetime.fromisoformat(f"{series.partition('/')[2]}-01-01"[:10])
    return begins.replace(tzinfo=LONDON) - UNCERTAIN <= now


def said_near_midnight(pack: Pack, kind: Kind, instant: datetime) -> str:
    """Which year or day a number is of, where clocks may differ about it; else nothing."""
    around = {series_at(pack, kind, instant + by) for by in (-UNCERTAIN, UNCERTAIN)}
    if len(around) == 1:
        return ""
    at, period = instant.astimezone(LONDON), series_at(pack, kind, instant).partition("/")[2]
    return f"Recorded at {at:%H:%M:%S}, close to midnight: it is a number of {period}."


def near(pack: Pack, kind: Kind, series: str, instant: datetime) -> bool:
    """Whether the instant lies in the series, as far as anybody's clock can tell."""
    around = (instant - UNCERTAIN, instant, instant + UNCERTAIN)
    return series in {series_at(pack, kind, one) for one in around}
