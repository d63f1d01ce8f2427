"""What work.db could not take because another program holds it: in memory until it can.

The window never waits for that program: the first try is 20 ms, then it looks once a second, and
the order stays. What has gathered is saved many at a time: each sync of the disk takes its time.
"""

from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from workstation.cache.outbox import Kept
from workstation.cache.reserve import Reserve
from workstation.cache.work import DiskFull, Locked, WorkFile

Saved = TypeVar("Saved")
TOGETHER = 50


class _Task(Struct, frozen=True):
    save: Callable[[], object]
    act: Kept | None


class Unsaved:
    """The writes that wait for work.db, in order."""

    def __init__(self, file: WorkFile, reserve: Reserve) -> None:
        self._file = file
        self.reserve = reserve
        self._tasks: deque[_Task] = deque()
        self._count = 0

    def acts(self) -> list[Kept]:
        """The commands among them, as they will be kept."""
        return [task.act for task in self._tasks if task.act is not None]

    def can_write(self) -> bool:
        """Whether several things can be saved together, here and now."""
        if self._tasks:
            return False
        try:
            with self._file.transaction():
                return True
        except Locked:
            return False

    def do(self, save: Callable[[], object]) -> None:
        """Save now, or as soon as that is possible."""
        if not self._tasks:
            try:
                self._with_reserve(save)
                return
            except Locked:
                pass
        self._tasks.append(_Task(save, None))

    def keep(self, save: Callable[[], Kept], meanwhile: Callable[[int], Kept]) -> Kept:
        """The command as it is kept; what it is meanwhile, under a number of its own."""
        if not self._tasks:
            try:
                return self._with_reserve(save)
            except Locked:
                pass
        self._count += 1
        act = meanwhile(-self._count)
        self._tasks.append(_Task(save, act))
        return act

    def _with_reserve(self, save: Callable[[], Saved]) -> Saved:
        """Where there is no room, in that of the reserve."""
        try:
            return save()
        except DiskFull:
            if not self.reserve.spend():
                raise
            return save()

    def retry(self, wait_s: float = 0.0) -> bool:
        """Try again; True where nothing waits any more."""
        if not self._file.is_free(wait_s):
            return not self._tasks
        while self._tasks:
            part = list(islice(self._tasks, TOGETHER))
            try:
                self._with_reserve(lambda part=part: self._save_all(part))  # type: ignore[misc]
            except Locked:
                return False
            for _ in part:
                self._tasks.popleft()
        return True

    def _save_all(self, part: Iterable[_Task]) -> None:
        """All of them are on disk, or none is."""
        with self._file.transaction():
            for task in part:
                task.save()
