"""Pokes for open event streams: one thread per process watches the head of the feed.

A stream holds at most the newest head, so a reader that stalls costs nothing.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Self

import sqlalchemy as sa

POLL_S = 0.2
COMMENT_S = 15.0
OLDEST_S = 900.0
logger = logging.getLogger("workstation.store.live")


class Heads:
    """Tells every open stream that the feed has grown."""

    def __init__(self, read_head: Callable[[], int]) -> None:
        self._read_head = read_head
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._head = 0
        self._thread = threading.Thread(target=self._watch, name="heads")

    def __enter__(self) -> Self:
        self._head = self._read_head()
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        self._thread.join()

    def close(self) -> None:
        """End the watch and every stream."""
        self._over.set()
        self._poke()

    async def stream(self) -> AsyncIterator[bytes]:
        """`head` events as the feed grows, comments in silence, until 15 minutes are over."""
        loop = asyncio.get_running_loop()
        grown = asyncio.Event()
        with self._lock:
            self._waiting[grown] = loop
        try:
            ends = loop.time() + OLDEST_S
            yield self._event()
            while not self._over.is_set() and loop.time() < ends:
                try:
                    await asyncio.wait_for(grown.wait(), COMMENT_S)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                grown.clear()
                if not self._over.is_set():
                    yield self._event()
        finally:
            with self._lock:
                del self._waiting[grown]

    def _event(self) -> bytes:
        return b"event: head\ndata: %d\n\n" % self._head

    def _watch(self) -> None:
        while not self._over.wait(POLL_S):
            try:
                head = self._read_head()
            except sa.exc.DBAPIError:
                logger.exception("The head of the feed could not be read; it is tried again.")
                continue
            if head != self._head:
                self._head = head
                self._poke()

    def _poke(self) -> None:
        with self._lock:
            for grown, loop in self._waiting.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(grown.set)
