"""What work.db could not take, locked by another program or full: in memory until it can.

The window never waits for that program: the first try is 20 ms, then it looks once a second, and
the order stays. What has gathered is saved many at a time: each sync of the disk takes its time.
Where not all of it fits, acts go first: never is the draft of an act dropped before it is kept.
"""

from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from workstation.cache.outbox import Kept
from workstation.cache.reserve import Reserve
from workstation.cache.work import NO_ROOM_YET, CannotKeep, DiskFull, Locked, Mended, WorkFile

Saved = TypeVar("Saved")
TOGETHER = 50


class _Task(Struct, frozen=True):
    save: Callable[[], object]
    act: Kept | None


class Unsaved:
    """The writes that wait for work.db, in order; `trouble` says what was in their way last."""

    def __init__(self, file: WorkFile, reserve: Reserve) -> None:
        self._file = file
        self.reserve = reserve
        self.trouble = ""
        self._tasks: deque[_Task] = deque()
        self._count = 0

    def acts(self) -> list[Kept]:
        """The commands among them, as they will be kept."""
        return [task.act for task in self._tasks if task.act is not None]

    def can_write(self) -> bool:
        """Whether several things can be saved together, here and now."""
        if self.acts():
            return False
        try:
            with self._file.transaction():
                return True
        except Locked:
            return False

    def do(self, save: Callable[[], object]) -> None:
        """Save now, or as soon as that is possible; within a transaction, with it or not at all.

        So it never fails, and what is saved must be the same whenever that is.
        """
        if not self._tasks or self._file.is_writing:
            try:
                self._with_reserve(save)
                return
            except CannotKeep as wrong:
                self.trouble = _told(wrong)
        if not self._tasks or self._tasks[-1].save != save:
            self._tasks.append(_Task(save, None))

    def keep(self, save: Callable[[], Kept], meanwhile: Callable[[int], Kept]) -> Kept:
        """The command as it is kept; what it is meanwhile, under a number of its own.

        It waits for a file that is held. Where there is no room, its author is told at once.
        """
        if not self.acts():
            try:
                return self._with_reserve(save)
            except Locked as wrong:
                self.trouble = _told(wrong)
        self._count += 1
        act = meanwhile(-self._count)
        self._tasks.append(_Task(save, act))
        return act

    def _with_reserve(self, save: Callable[[], Saved]) -> Saved:
        """Where there is no room, in that of the reserve; where the file was damaged, anew."""
        try:
            return save()
        except Mended:
            return save()
        except DiskFull:
            if not self.reserve.spend():
                raise
            return save()

    def retry(self, wait_s: float = 0.0) -> bool:
        """Try again; True where nothing waits any more. What is not taken goes on waiting."""
        try:
            if not self._file.is_free(wait_s):
                return not self._tasks
            while self._tasks:
                self._save_some()
        except CannotKeep as wrong:
            self.trouble = _told(wrong)
            return False
        return True

    def _save_some(self) -> None:
        part = list(islice(self._tasks, TOGETHER))
        try:
            self._with_reserve(lambda: self._save_all(part))
        except Locked:
            raise
        except CannotKeep:
            self._save_one_by_one()
            return
        for _ in part:
            self._tasks.popleft()

    def _save_all(self, part: Sequence[_Task]) -> None:
        """All of them are on disk, or none is."""
        with self._file.transaction():
            for task in part:
                task.save()

    def _save_one_by_one(self) -> None:
        """Up to the first for which there is no room, the acts first."""
        for task in sorted(self._tasks, key=lambda one: one.act is None):
            self._with_reserve(task.save)
            self._tasks.remove(task)


def _told(wrong: CannotKeep) -> str:
    """What waits is tried again by itself, and is not to be done again."""
    return NO_ROOM_YET if isinstance(wrong, DiskFull) else str(wrong)
