"""Where a person's files at this desk are, and that only one program has them open.

`<profile>/<store>/<person>/`: two people at one desk never share a file. Where a person's id holds
what no folder's name may, some of its hash tells it from another that looks the same.
"""

import hashlib
import re
from pathlib import Path

from filelock import FileLock, Timeout

from workstation.cache import left_behind
from workstation.domain.roles import PersonId
from workstation.machine.lasting import make_folder


class ProfileInUse(Exception):
    """Another window of this person at this desk is open: the sentence says what to do."""


class Profile:
    """The folder of one person at one store, locked for as long as it is open."""

    def __init__(self, root: Path, store: str, person: PersonId) -> None:
        self.folder = _folder(root / _name(store), person)
        make_folder(self.folder)
        self._lock = FileLock(self.folder / "open.lock")

    def of(self, person: PersonId) -> "Profile":
        """Another person's files at the same store on this PC."""
        store = self.folder.parent
        return Profile(store.parent, store.name, person)

    @property
    def work(self) -> Path:
        """The person's unsent work: never deleted by the program."""
        return self.folder / "work.db"

    @property
    def cache(self) -> Path:
        """What the store said: it can be filled again."""
        return self.folder / "cache.db"

    def was_here(self) -> bool:
        """Whether this person has worked here before, whatever of the files is gone by now.

        Where only the very first opening was cut off, nothing is missed.
        """
        is_begun = self.work.exists() and self.work.stat().st_size > 0
        return is_begun or self.cache.exists() or left_behind.whose(self.folder) is not None

    def acquire(self) -> "Profile":
        """Open the profile, or say that it is open already."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as taken:
            raise ProfileInUse(
                "The workstation is already open for you on this PC. Go to that window."
            ) from taken
        return self

    def release(self) -> None:
        """Let another window open it."""
        self._lock.release()


def nobody(root: Path, store: str) -> Path:
    """The folder of no person at this store: for it everybody who works at this PC is another."""
    return root / _name(store) / "nobody"


def _folder(store: Path, person: PersonId) -> Path:
    """Where this person's files are: under the plain name, unless it is or may be another's."""
    safe = _safe(person)
    plain = store / safe
    is_plain = safe == person or (bool(safe) and _is_of_earlier_release(plain))
    if is_plain and left_behind.whose(plain) in (None, person):
        return plain
    return store / f"{safe}-{hashlib.sha256(person.encode()).hexdigest()[:16]}"


def _is_of_earlier_release(plain: Path) -> bool:
    """Those had no hash; where nothing there says whose it is, its keys open for nobody else."""
    return (plain / "work.db").exists()


def _name(store: str) -> str:
    safe = _safe(store)
    if not safe:
        raise ValueError("a profile needs the name of a store")
    return safe


def _safe(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]", "_", text).strip(".")
