"""Who else looks at a report or has unsent words of it, as the store last said.

What was not heard again is shown as stale, then not at all, though the line be called up: a line
that swallows everything fails late. Unsent words stay known.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from workstation.cache.parcel import Presence
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.machine.clock import Clock

STALE = timedelta(seconds=30)
GONE = timedelta(seconds=60)


class Present(Struct, frozen=True):
    """One other desk at one report. `stale`: not heard of for a while.

    `is_me`: it is the person at this desk who is at that one, too.
    """

    person: PersonId
    name: str
    workstation: str
    viewing: bool
    unsent_since: datetime | None
    stale: bool
    offline: bool
    is_me: bool = False


class Company:
    """The others, by person and workstation; never the person at this very desk."""

    def __init__(self, person: PersonId, workstation: str, clock: Clock) -> None:
        self._me = (person, workstation)
        self._clock = clock
        self._heard = clock.monotonic()
        self._at: dict[ReportId, dict[tuple[str, str], Present]] = {}
        self._told = timedelta()

    def take(self, presence: Presence) -> frozenset[ReportId]:
        """What the store said, of the others that they are still there; what this changes."""
        self._heard = self._clock.monotonic()
        was_old, self._told = self._told > STALE, timedelta()
        before = {id: dict(there) for id, there in self._at.items()}
        keys = {(one.person, one.workstation) for one in presence.present}
        for there in self._at.values():
            for key in list(there):
                if presence.whole or key in keys:
                    del there[key]
        for one in presence.present:
            key = (one.person, one.workstation)
            for id in {*filter(None, [one.viewing]), *one.unsent} if key != self._me else ():
                self._at.setdefault(id, {})[key] = Present(
                    person=one.person,
                    name=one.name,
                    workstation=one.workstation,
                    viewing=one.viewing == id,
                    unsent_since=one.unsent.get(id),
                    stale=one.stale,
                    offline=one.offline,
                    is_me=one.person == self._me[0],
                )
        self._at = {id: there for id, there in self._at.items() if there}
        ids = before.keys() | self._at.keys()
        return frozenset(id for id in ids if was_old or before.get(id) != self._at.get(id))

    def grow_old(self) -> frozenset[ReportId]:
        """The reports at which those known became stale, or gone, since this was asked last."""
        silence = self._silence()
        passed = [limit for limit in (STALE, GONE) if self._told <= limit < silence]
        self._told = silence
        return frozenset(self._at) if passed else frozenset()

    def at(self, id: ReportId) -> tuple[Present, ...]:
        """Who else is at a report, by name."""
        seen = self._aged(self._at.get(id, {}).values())
        return tuple(sorted(seen, key=lambda one: (one.name, one.workstation)))

    def _silence(self) -> timedelta:
        return timedelta(seconds=self._clock.monotonic() - self._heard)

    def _aged(self, present: Iterable[Present]) -> list[Present]:
        silence = self._silence()
        stale, gone = silence > STALE, silence > GONE
        aged = [
            replace(one, viewing=one.viewing and not gone, stale=one.stale or stale)
            for one in present
        ]
        return [one for one in aged if one.viewing or one.unsent_since]
