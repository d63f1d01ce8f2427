"""Crime and incident numbers: how they are written, which series they belong to, leased blocks.

Days and years are Europe/London; a serial is issued once, to one crime, and stays consumed.
"""

from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.pack import NumberPattern, Pack

LONDON = ZoneInfo("Europe/London")
Kind = Literal["crime", "incident"]


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
    return f"{kind}/{day:%Y}" if restarts == "year" else f"{kind}/{day:%Y-%m-%d}"


def written(pack: Pack, kind: Kind, serial: int, instant: datetime) -> str:
    """The number as people speak and write it, `35/66507/22` or `CC-27012021-0401`."""
    day = instant.astimezone(LONDON)
    return pattern_of(pack, kind).pattern.format(
        force_code=pack.force_code,
        serial=serial,
        yy=f"{day:%y}",
        yyyy=f"{day:%Y}",
        mm=f"{day:%m}",
        dd=f"{day:%d}",
    )
