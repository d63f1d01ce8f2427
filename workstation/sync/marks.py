"""Where a desk's mark is kept, apart from its files: in the system's keyring."""

from typing import Protocol

import keyring
import msgspec
from keyring.errors import KeyringError

from workstation.cache.keys import NoKeys
from workstation.cache.marks import Mark
from workstation.sync.credentials import SERVICE


class Marks(Protocol):
    """Keeps one desk's mark; NoKeys where it cannot."""

    def read(self) -> Mark | None:
        """The mark last kept."""

    def keep(self, mark: Mark) -> None:
        """This is how far the desk has got."""


class HeldMarks:
    """Kept in memory only: tests."""

    def __init__(self) -> None:
        self._mark: Mark | None = None

    def read(self) -> Mark | None:
        """The mark last kept."""
        return self._mark

    def keep(self, mark: Mark) -> None:
        """This is how far the desk has got."""
        self._mark = mark


class KeyringMarks:
    """Kept in the system's keyring, one mark for each store and account."""

    def __init__(self, store: str, account: str) -> None:
        self._name = f"mark/{store}/{account}"

    def read(self) -> Mark | None:
        """The mark last kept; one that cannot be read is none."""
        try:
            kept = keyring.get_password(SERVICE, self._name)
        except KeyringError as wrong:
            raise NoKeys(f"The keyring of this PC cannot be read. Unlock it. ({wrong})") from wrong
        try:
            return None if kept is None else msgspec.json.decode(kept, type=Mark)
        except msgspec.MsgspecError:
            return None

    def keep(self, mark: Mark) -> None:
        """This is how far the desk has got."""
        try:
            keyring.set_password(SERVICE, self._name, msgspec.json.encode(mark).decode())
        except KeyringError as wrong:
            raise NoKeys(
                f"The keyring of this PC cannot keep how far you got. Unlock it. ({wrong})"
            ) from wrong
