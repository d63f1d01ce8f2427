"""Room on the disk that is taken in good time, so that words can be kept once it is full.

The reserve is really allocated. It is given up when a write fails for lack of space; from then on
only drafts and what sends officers are kept, until there is room to take the reserve again.
"""

import errno
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import sqlcipher3.dbapi2 as sqlcipher

Made = TypeVar("Made")
MIB = 1024 * 1024
RESERVE_BYTES = 200 * MIB
LOW_BYTES = 1024 * MIB
OPENING_BYTES = MIB
UNCLEAR = ("disk I/O", "unable to open")  # so SQLite says of a log for which there is no room
NO_ROOM_LEFT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = (
    "This PC's disk is full. What you type is kept, officers can be sent, and everything can be "
    "read; nothing else can be done until there is room. Free some space, or tell IT."
)
NONE_LEFT = (
    "This PC's disk is full to the last byte. What you type now is in this window alone: keep it "
    "open. Send for officers by voice. Free some space, or tell IT."
)
LOW = (
    "This PC's disk is nearly full ({} MB left). Tell IT now. Go on working: all is saved so far."
)
log = logging.getLogger("workstation.cache")


class Reserve:
    """The reserve file of one folder; of no size, it is none and never in the way."""

    def __init__(self, folder: Path, size: int, low: int = LOW_BYTES) -> None:
        self._path = folder / "reserve"
        self._size = size
        self._low = low
        self.is_spent = False
        self.refill()

    def refill(self) -> None:
        """Take the room where there is enough beside it; with less than it, the disk is full."""
        if not self._size or self._is_held():
            self.is_spent = False
            return
        free = self._free()
        taken = free >= 2 * self._size and self._take()
        self.is_spent = not taken and free < self._size

    def spend(self) -> bool:
        """A write failed for lack of space: give the room up; False where there is none."""
        was_held = self._is_held()
        self._path.unlink(missing_ok=True)
        if self._size:
            self.is_spent = True
            log.info("the disk is full: the reserve is %s", "given up" if was_held else "gone")
        return was_held

    def make_room_for(self, opening: Callable[[], Made]) -> Made:
        """Open it; where that fails for lack of room, once more in that of the reserve."""
        try:
            return opening()
        except Exception as wrong:
            if not wants_room(wrong, self._path.parent) or not self.spend():
                raise
        return opening()

    def state(self) -> str:
        """What a person must know of the disk; empty while there is room."""
        if not self._size:
            return ""
        if self.is_spent:
            return FULL
        free = self._free()
        return LOW.format(free // MIB) if free < self._low else ""

    def _is_held(self) -> bool:
        return self._path.exists() and self._path.stat().st_size == self._size

    def _free(self) -> int:
        return free_bytes(self._path.parent)

    def _take(self) -> bool:
        fresh = self._path.with_suffix(".new")
        try:
            with fresh.open("wb") as file:
                _allocate(file.fileno(), self._size)
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as wrong:
            fresh.unlink(missing_ok=True)
            if wrong.errno not in NO_ROOM_LEFT:
                raise
            return False
        return True


def free_bytes(folder: Path) -> int:
    """How much room there is for this folder, which may have to be made."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return shutil.disk_usage(there).free


def wants_room(wrong: BaseException | None, folder: Path) -> bool:
    """Whether it went wrong for lack of room, as is said or can be seen."""
    if wrong is None:
        return False
    if isinstance(wrong, OSError):
        return wrong.errno in NO_ROOM_LEFT
    if isinstance(wrong, sqlcipher.OperationalError):
        is_unclear = any(said in str(wrong) for said in UNCLEAR)
        is_told = "disk is full" in str(wrong)
        return is_told or (is_unclear and free_bytes(folder) < OPENING_BYTES)
    return wants_room(wrong.__cause__, folder)


def _allocate(descriptor: int, size: int) -> None:
    """Really take the room; a file with holes would be no reserve."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, size)
        return
    for _ in range(0, size, MIB):
        os.write(descriptor, bytes(MIB))
