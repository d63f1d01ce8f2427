"""Everything a desk keeps locally, opened together: keys, work, cache."""

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from workstation.cache.blocks import Blocks
from workstation.cache.confirmed import Confirmed, set_aside
from workstation.cache.drafts import Drafts
from workstation.cache.jottings import Jottings
from workstation.cache.keys import open_keys
from workstation.cache.outbox import Outbox
from workstation.cache.profile import Profile
from workstation.cache.shelf import Shelf
from workstation.cache.work import WorkFile
from workstation.domain.places import Place
from workstation.domain.report import MarkedPhrase
from workstation.domain.roles import PersonId
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids

Marker = Callable[[str], tuple[MarkedPhrase, ...]]
FindPlaces = Callable[[str], list[Place]]


def no_marks(_account: str) -> tuple[MarkedPhrase, ...]:
    """Nothing is marked where no reading is fitted."""
    return ()


def no_places(_text: str) -> list[Place]:
    """Nothing is found where no place index is fitted."""
    return []


class Fittings(Struct, frozen=True, kw_only=True):
    """What a desk is given from outside: time, ids, its name, and what reads texts."""

    clock: Clock
    ids: Ids
    workstation: str
    mark: Marker = no_marks
    find_places: FindPlaces = no_places


class Stock:
    """The local files of one person at one desk."""

    def __init__(self, root: Path, store: str, person: PersonId, key: bytes, ids: Ids) -> None:
        self.profile = Profile(root, store, person).acquire()
        try:
            keys = open_keys(self.profile.folder, key)
            self.work = WorkFile(self.profile.work, keys.work)
            self.confirmed = Confirmed(self.profile.cache, keys.cache)
            self.shelf = Shelf(self.profile.cache, keys.cache)
        except BaseException:
            self.profile.release()
            raise
        self.outbox = Outbox(self.work, ids.new)
        self.drafts = Drafts(self.work)
        self.jottings = Jottings(self.work)
        self.blocks = Blocks(self.work, ids.new)

    def close(self) -> None:
        """Close every file and let the profile go."""
        self.shelf.close()
        self.confirmed.close()
        if not (self.shelf.is_sound and self.confirmed.is_sound):
            set_aside(self.profile.cache)
        self.work.close()
        self.profile.release()
