"""Everything a desk keeps locally, opened together: keys, work, cache."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from workstation.cache.blocks import Blocks
from workstation.cache.confirmed import Confirmed
from workstation.cache.drafts import Drafts
from workstation.cache.jottings import Jottings
from workstation.cache.keys import NoKeys, open_keys
from workstation.cache.notices import Notices
from workstation.cache.outbox import Outbox
from workstation.cache.profile import Profile
from workstation.cache.reserve import Reserve
from workstation.cache.salvage import SALVAGED, open_work
from workstation.cache.shelf import Shelf
from workstation.cache.soundness import set_aside
from workstation.cache.unsaved import Unsaved
from workstation.cache.work import MET
from workstation.desk.mentions import FindMentions, no_mentions
from workstation.domain.pack import Pack
from workstation.domain.places import Place
from workstation.domain.report import MarkedPhrase
from workstation.domain.roles import PersonId
from workstation.machine.clock import Clock
from workstation.machine.ids import Ids
from workstation.reading.suggestions import Suggester
from workstation.sync.marks import Marks

Marker = Callable[[str], tuple[MarkedPhrase, ...]]
FindPlaces = Callable[[str], list[Place]]
MakeSuggester = Callable[[Pack], Suggester]
KeyOf = Callable[[PersonId], bytes]

log = logging.getLogger("workstation.desk")
LAST_CHANCE_S = 2.0
FILLED_AGAIN = (
    "This PC's copy of what the store holds was damaged, gone or of another version. It was set "
    "aside and is filled again. Your own work is untouched."
)


def no_marks(_account: str) -> tuple[MarkedPhrase, ...]:
    """Nothing is marked where no reading is fitted."""
    return ()


def no_key(_person: PersonId) -> bytes:
    """No colleague's files are opened where no keyring is fitted."""
    raise NoKeys("This program opens nobody else's files.")


def no_places(_text: str) -> list[Place]:
    """Nothing is found where no place index is fitted."""
    return []


class Fittings(Struct, frozen=True, kw_only=True):
    """What a desk is given from outside: time, ids, its name, and what reads texts."""

    clock: Clock
    ids: Ids
    workstation: str
    mark: Marker = no_marks
    find_mentions: FindMentions = no_mentions
    find_places: FindPlaces = no_places
    suggester: MakeSuggester | None = None
    marks: Marks | None = None
    reserve_bytes: int = 0
    key_of: KeyOf = no_key


class Stock:
    """The local files of one person at one desk.

    `shelf` is read by the window, one report or one page at a time; `lists` by the thread that
    reads through all reports.
    """

    def __init__(
        self,
        root: Path,
        store: str,
        person: PersonId,
        key: bytes,
        ids: Ids,
        reserve_bytes: int = 0,
    ) -> None:
        self.profile = Profile(root, store, person).acquire()
        with ExitStack() as undone:
            undone.callback(self.profile.release)
            self.reserve = Reserve(self.profile.folder, reserve_bytes)
            self.reserve.make_room_for(lambda: self._open(key, ids))
            undone.pop_all()

    def _open(self, key: bytes, ids: Ids) -> None:
        with ExitStack() as undone:
            was_here = self.profile.was_here()
            keys = open_keys(self.profile.folder, key)
            self.work = open_work(self.profile.work, keys.work, ids.new, was_here=was_here)
            undone.callback(self.work.close)
            self.confirmed = Confirmed(self.profile.cache, keys.cache)
            undone.callback(self.confirmed.close)
            self.shelf = Shelf(self.profile.cache, keys.cache)
            undone.callback(self.shelf.close)
            self.lists = Shelf(self.profile.cache, keys.cache)
            undone.callback(self.lists.close)
            self._read_work(ids)
            undone.pop_all()

    def _read_work(self, ids: Ids) -> None:
        self._note_salvage()
        self.work.once_mended(self._note_salvage)
        self.outbox = Outbox(self.work, ids.new)
        self.unsaved = Unsaved(self.work, self.reserve)
        self.notices = Notices(self.work, self.unsaved.do)
        self.drafts = Drafts(self.work)
        self.jottings = Jottings(self.work)
        self.blocks = Blocks(self.work, ids.new)
        is_anew = not self.confirmed.standing().store_id and self.work.setting(MET) is not None
        if is_anew and not self.was_salvaged:
            self.notices.add(FILLED_AGAIN)

    def _note_salvage(self) -> None:
        self.was_salvaged = bool(self.work.setting(SALVAGED))
        self.work.forget(SALVAGED)

    def close(self) -> None:
        """Close every file and let the profile go; what is not saved yet gets a last chance."""
        if not self.unsaved.retry(LAST_CHANCE_S):
            acts, words = len(self.unsaved.acts()), len(self.drafts.held())
            level = logging.CRITICAL if acts or words else logging.INFO
            log.log(level, "not saved: %d acts, %d drafts, and what was noted", acts, words)
        self.shelf.close()
        self.lists.close()
        self.confirmed.close()
        if not all(one.is_sound for one in (self.shelf, self.lists, self.confirmed)):
            set_aside(self.profile.cache)
        self.work.close()
        self.profile.release()
