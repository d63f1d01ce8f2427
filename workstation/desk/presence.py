"""Who else looks at a report or has unsent words of it, as the store last said.

What cannot be heard any more is shown as stale, then not at all; unsent words stay known.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from workstation.cache.parcel import Presence
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId

STALE = timedelta(seconds=30)
GONE = timedelta(seconds=60)


class Present(Struct, frozen=True):
    """One other person at one report. `stale`: not heard of for a while."""

    person: PersonId
    name: str
    workstation: str
    viewing: bool
    unsent_since: datetime | None
    stale: bool
    offline: bool


class Company:
    """The others, by person and workstation; never the person at this very desk."""

    def __init__(self, person: PersonId, workstation: str) -> None:
        self._me = (person, workstation)
        self._at: dict[ReportId, dict[tuple[str, str], Present]] = {}
        self._silence = timedelta()

    def take(self, presence: Presence) -> frozenset[ReportId]:
        """What the store said; the reports of which something changed."""
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
                )
        self._at = {id: there for id, there in self._at.items() if there}
        ids = before.keys() | self._at.keys()
        return frozenset(id for id in ids if before.get(id) != self._at.get(id))

    def fall_silent(self, silence: timedelta) -> frozenset[ReportId]:
        """For how long this desk has heard nothing; the reports that this changes."""
        passed = [limit for limit in (STALE, GONE) if self._silence <= limit < silence]
        recovered = silence < self._silence and self._silence > STALE
        self._silence = silence
        return frozenset(self._at) if passed or recovered else frozenset()

    def at(self, id: ReportId) -> tuple[Present, ...]:
        """Who else is at a report, by name."""
        seen = self._aged(self._at.get(id, {}).values())
        return tuple(sorted(seen, key=lambda one: (one.name, one.workstation)))

    def _aged(self, present: Iterable[Present]) -> list[Present]:
        stale, gone = self._silence > STALE, self._silence > GONE
        aged = [
            Present(
                person=one.person,
                name=one.name,
                workstation=one.workstation,
                viewing=one.viewing and not gone,
                unsent_since=one.unsent_since,
                stale=one.stale or stale,
                offline=one.offline,
            )
            for one in present
        ]
        return [one for one in aged if one.viewing or one.unsent_since]
