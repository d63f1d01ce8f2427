"""What colleagues left on this PC, and how much of it the store lacks: never a word of it.

Where the store has said how far their outboxes are settled, that counts: after a backup it lacks
what was acknowledged once. Else what had no outcome when they left.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from workstation.cache import left_behind
from workstation.cache.outbox import Extent
from workstation.cache.parcel import OutboxId, Settled, WaitingOutbox
from workstation.cache.profile import nobody
from workstation.domain.pack import Pack
from workstation.domain.roles import PersonId


class LeftHere(Struct, frozen=True):
    """How many acts of a colleague are kept on this PC which the store lacks, and since when.

    `sends`: how many of them send officers.
    """

    person: PersonId
    name: str
    count: int
    since: datetime
    sends: int = 0


class Colleagues:
    """The others who work at this PC, as their folders and the store tell of them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = tuple(left_behind.others(folder))
        self._settled: dict[OutboxId, Settled] = {}

    def look(self) -> None:
        """Read again what they left; a colleague may sit at another window of this PC."""
        self._kept = tuple(left_behind.others(self._folder))

    def outboxes(self, epoch: str) -> tuple[OutboxId, ...]:
        """The outboxes to ask the store about: those that it answered before it went back."""
        return tuple(one.outbox_id for left, one in self._all() if left.epoch != epoch)

    def know(self, settled: Mapping[OutboxId, Settled]) -> None:
        """The store said how far outboxes are settled there."""
        self._settled |= settled

    def forget(self, person: PersonId) -> None:
        """What the store said of this person's outboxes is over: more of them has left."""
        self.look()
        mine = {one.outbox_id for left, one in self._all() if left.person == person}
        self._settled = {id: one for id, one in self._settled.items() if id not in mine}

    def left(self) -> tuple[LeftHere, ...]:
        """What is kept here of each of them."""
        found: dict[PersonId, LeftHere] = {}
        for left, one in self._lacking():
            more = found.get(left.person, LeftHere(left.person, left.name, 0, one.since))
            lacks, since = self._lacks(one), min(more.since, one.since)
            sends = more.sends + one.sends_among(lacks)
            found[left.person] = LeftHere(left.person, left.name, more.count + lacks, since, sends)
        return tuple(found.values())

    def calls(self) -> tuple[tuple[str, datetime], ...]:
        """Who left a contact here that was begun and is not on record, and since when."""
        return tuple((one.name, one.call) for one in self._kept if one.call is not None)

    def waiting(self) -> tuple[WaitingOutbox, ...]:
        """The same as a heartbeat tells it."""
        return tuple(told(left.person, one, self._lacks(one)) for left, one in self._lacking())

    def _lacking(self) -> Iterator[tuple[left_behind.LeftBehind, Extent]]:
        return ((left, one) for left, one in self._all() if self._lacks(one) > 0)

    def _lacks(self, one: Extent) -> int:
        settled = self._settled.get(one.outbox_id, Settled(one.upto - one.waiting))
        if settled.has_another(one.upto, one.last):
            return max(1, one.waiting)  # at least; how many, the file itself will tell
        return one.upto - settled.upto

    def _all(self) -> Iterator[tuple[left_behind.LeftBehind, Extent]]:
        for left in self._kept:
            for one in left.outboxes:
                yield left, one


def emergencies_left(root: Path, store: str) -> tuple[LeftHere, ...]:
    """What sends officers and lies on this PC unsent, whosever it is; nobody is signed in."""
    kept = Colleagues(nobody(root, store)).left()
    return tuple(one for one in kept if one.sends)


def told(person: PersonId, one: Extent, lacking: int) -> WaitingOutbox:
    """An outbox as a heartbeat tells of it: the store lacks so many of its last commands."""
    sends = one.sends_among(lacking)
    return WaitingOutbox(person, one.outbox_id, one.upto, one.last, one.since, sends)


def not_with_dispatch(sends: int, pack: Pack) -> str:
    """What is said first where work that waits sends officers: whom to ring."""
    if not sends:
        return ""
    what = "an emergency" if sends == 1 else f"{sends} emergencies"
    return f"DISPATCH may not have {what}: ring {pack.dispatch.phone}. "
