"""Pokes for open event streams: one thread per process watches the feed's head and who is where.

A stream holds at most the newest head, so a reader that stalls costs nothing.
"""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from workstation.store.presence import Listener, Rooms

POLL_S = 0.2
PRESENCE_EVERY = 5
COMMENT_S = 15.0
OLDEST_S = 900.0
logger = logging.getLogger("workstation.store.live")


class Heads:
    """Tells every open stream that the feed has grown, and what changed in who is where."""

    def __init__(self, read_head: Callable[[], int], rooms: Rooms) -> None:
        self._read_head = read_head
        self._rooms = rooms
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

    async def stream(self, scopes: tuple[str, ...] | None) -> AsyncIterator[bytes]:
        """`head` and `presence` events, comments in silence, until 15 minutes are over.

        Without scopes the reader is a machine, whom nobody's whereabouts concern.
        """
        loop = asyncio.get_running_loop()
        grown = asyncio.Event()
        listener = None if scopes is None else self._rooms.enter(scopes)
        told = -1
        with self._lock:
            self._waiting[grown] = loop
        try:
            ends = loop.time() + OLDEST_S
            grown.set()
            while not self._over.is_set() and loop.time() < ends:
                try:
                    await asyncio.wait_for(grown.wait(), COMMENT_S)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                grown.clear()
                if self._over.is_set():
                    return
                if told != self._head:
                    told = self._head
                    yield b"event: head\ndata: %d\n\n" % told
                for piece in _news(listener):
                    yield piece
        finally:
            with self._lock:
                del self._waiting[grown]

    def _watch(self) -> None:
        looks = 0
        while not self._over.wait(POLL_S):
            looks += 1
            try:
                head = self._read_head()
                news = looks % PRESENCE_EVERY == 0 and self._rooms.look()
            except sa.exc.DBAPIError:
                logger.exception("The head of the feed could not be read; it is tried again.")
                continue
            if head != self._head or news:
                self._head = head
                self._poke()

    def _poke(self) -> None:
        with self._lock:
            for grown, loop in self._waiting.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(grown.set)


def _news(listener: Listener | None) -> list[bytes]:
    pieces = [] if listener is None else listener.news()
    return [b"event: presence\ndata: %b\n\n" % piece for piece in pieces]
