"""Who is let in when many ask at once: commands always before pulls, each with threads of its own.

Work that a person did must arrive; a desk that is told to pull later loses nothing but seconds.
"""

import asyncio
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

from msgspec import Struct

from workstation.store.problems import ApiProblem

Result = TypeVar("Result")
SOONEST_S, LATEST_S = 5, 30
SHED = "The store is busy taking work in. Ask for news again a little later."
FULL = "The store is busy. Your work is kept; it will be sent again."


class Room(Struct, frozen=True):
    """How much is done at once, and how much may wait before somebody is sent away."""

    commands: int = 3
    commands_inside: int = 400
    crowd: int = 32
    pulls: int = 4
    pulls_inside: int = 32


class Lane:
    """Threads for one kind of call, and how many calls are inside, running or waiting."""

    def __init__(self, name: str, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.inside = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do the work in one of the threads, in the order of asking."""
        self.inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self.inside -= 1

    def close(self) -> None:
        """Wait for what is being done, and end the threads."""
        self._threads.shutdown()


class Admission:
    """The door of one serving process; its counts belong to the event loop's thread."""

    def __init__(self, room: Room | None = None) -> None:
        self._room = room or Room()
        self._commands = Lane("commands", self._room.commands)
        self._pulls = Lane("pulls", self._room.pulls)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._commands.close()
        self._pulls.close()

    async def command(self, work: Callable[[], Result]) -> Result:
        """What brings work in: it waits its turn; refused only where memory is at stake."""
        if self._commands.inside >= self._room.commands_inside:
            raise _later(FULL)
        return await self._commands.run(work)

    async def pull(self, work: Callable[[], Result]) -> Result:
        """What only reads: refused as soon as commands crowd, or too many read."""
        crowded = self._commands.inside >= self._room.crowd
        if crowded or self._pulls.inside >= self._room.pulls_inside:
            raise _later(SHED)
        return await self._pulls.run(work)


def _later(sentence: str) -> ApiProblem:
    """Spread over time, so that all who were sent away do not come back together."""
    seconds = random.randint(SOONEST_S, LATEST_S)
    return ApiProblem(503, "shed", sentence, retry_after=seconds)
