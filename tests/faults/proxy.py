"""A wire between desks and a store that does harm as it is told: to bytes, or to whole requests.

It reads requests and answers as HTTP does, so that a rule can pick “the answer to the next batch
of commands” and cut it after n bytes; the two directions can be swallowed or slowed apart.
"""

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PIECE = 65536
COMMAND = b'"command_id"'
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Way:
    """One direction, as it is now."""

    swallows: bool = False
    delay_s: float = 0.0
    bytes_per_s: float = 0.0


@dataclass
class Rule:
    """What happens to the next `times` requests whose line begins with `path` (method and all).

    With `holding`, only to those that have these bytes in them.
    """

    path: str
    holding: bytes = b""
    times: int = 1
    request_cut: int | None = None
    answer_cut: int | None = None
    half_close: bool = False
    corrupt_at: int | None = None
    twice: bool = False
    hold: bool = False
    done: int = 0

    def takes(self, request: bytes) -> bool:
        """Whether it is for this request."""
        is_asked_for = request.startswith(self.path.encode("ascii")) and self.holding in request
        return self.done < self.times and is_asked_for


@dataclass
class Seen:
    """A request that passed, and what the store answered each time it was sent."""

    request: bytes
    answers: list[bytes] = field(default_factory=list)


class Proxy:
    """Listens at `url` in a thread of its own; `up` leads to the store, `down` to the desk."""

    def __init__(self, store: str, seed: int = 0) -> None:
        self.lead_to(store)
        self.random = random.Random(seed)
        self.up = Way()
        self.down = Way()
        self.rules: list[Rule] = []
        self.seen: list[Seen] = []
        self.is_cut = False
        self._let_go = threading.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self.url = ""
        self._thread = threading.Thread(target=self._run, name="proxy")
        self._thread.start()
        self._ready.wait()

    def lead_to(self, store: str) -> None:
        """From now on new connections go to this store."""
        parts = urlsplit(store)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)

    def next(self, path: str, **harm: object) -> Rule:
        """Do harm to the next such request."""
        rule = Rule(path, **harm)  # type: ignore[arg-type]
        self.rules.append(rule)
        return rule

    def next_batch(self, **harm: object) -> Rule:
        """Do harm to the next commands; a batch without any only asks how far the store is."""
        return self.next("POST /v1/commands", holding=COMMAND, **harm)

    def heal(self) -> None:
        """Carry everything as it comes, and let go what was held."""
        self.up, self.down, self.is_cut = Way(), Way(), False
        self.rules = []
        self._let_go.set()

    def cut(self) -> None:
        """Pull the cable: what is under way ends, and nothing new begins."""
        self.is_cut = True
        self._loop.call_soon_threadsafe(self._end_all)

    def again(self, seen: Seen) -> bytes:
        """Send a request that passed before once more, and keep the answer."""
        coming = asyncio.run_coroutine_threadsafe(self._aside(seen), self._loop)
        return coming.result(30)

    def close(self) -> None:
        """End every connection and the thread."""
        self._let_go.set()
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._ending = asyncio.Event()
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0, limit=4 * 1024 * 1024)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._ending.wait()
        server.close()
        self._end_all()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    def _end_all(self) -> None:
        for writer in self._writers:
            writer.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a desk: request by request, until either end is gone."""
        if self.is_cut:
            writer.transport.abort()
            return
        try:
            far = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far[1]}
        try:
            while (request := await message(reader)) and not self.is_cut:
                await self._one(request, far, writer)
        except (OSError, asyncio.IncompleteReadError, _Cut):
            return  # an end is gone, or was cut on purpose: so every conversation here ends
        finally:
            self._writers -= {writer, far[1]}
            writer.transport.abort()
            far[1].transport.abort()

    async def _one(self, request: bytes, far: Streams, near: asyncio.StreamWriter) -> None:
        rule = next((one for one in self.rules if one.takes(request)), Rule(""))
        rule.done += 1
        seen = Seen(request)
        self.seen.append(seen)
        if rule.twice:
            await self._aside(seen)
        await self._send(far[1], cut(request, rule.request_cut), self.up)
        if rule.request_cut is not None:
            raise _Cut
        if rule.half_close:
            far[1].write_eof()
        if request.startswith(b"GET /v1/live"):
            await self._stream(far[0], near)
            return
        answer = await message(far[0])
        seen.answers.append(answer)
        if rule.hold:
            await asyncio.get_running_loop().run_in_executor(None, self._let_go.wait)
        if rule.corrupt_at is not None:
            answer = corrupted(answer, rule.corrupt_at)
        await self._send(near, cut(answer, rule.answer_cut), self.down)
        if rule.answer_cut is not None or not answer:
            raise _Cut

    async def _stream(self, far: asyncio.StreamReader, near: asyncio.StreamWriter) -> None:
        """The live line never ends: pass on each piece as it comes."""
        while piece := await far.read(PIECE):
            await self._send(near, piece, self.down)
        raise _Cut

    async def _send(self, writer: asyncio.StreamWriter, piece: bytes, way: Way) -> None:
        if way.swallows:
            return
        await self._pause(way.delay_s)
        if not way.bytes_per_s:
            writer.write(piece)
            await writer.drain()
            return
        step = max(1, int(way.bytes_per_s / 20))
        for start in range(0, len(piece), step):
            writer.write(piece[start : start + step])
            await writer.drain()
            await self._pause(0.05)

    async def _pause(self, seconds: float) -> None:
        if seconds:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ending.wait(), seconds)

    async def _aside(self, seen: Seen) -> bytes:
        """The same request on a connection of its own."""
        reader, writer = await asyncio.open_connection(*self._target)
        writer.write(seen.request)
        answer = await message(reader)
        seen.answers.append(answer)
        writer.transport.abort()
        return answer


class _Cut(Exception):
    """The rule ends this connection."""


async def message(reader: asyncio.StreamReader) -> bytes:
    """One whole request or answer with its body, as bytes; empty at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + (await reader.readexactly(length) if length else b"")


def body(answer: bytes) -> bytes:
    """What follows the head."""
    return answer.partition(b"\r\n\r\n")[2]


def cut(message: bytes, at: int | None) -> bytes:
    """What is left when it ends too early; counts on from the beginning beyond its end."""
    return message if at is None or not message else message[: at % len(message)]


def corrupted(answer: bytes, at: int) -> bytes:
    """One byte of the body with a bit turned over."""
    start = answer.index(b"\r\n\r\n") + 4
    where = start + at % max(1, len(answer) - start)
    return answer[:where] + bytes([answer[where] ^ 1]) + answer[where + 1 :]


@contextmanager
def proxied(store: str, seed: int = 0) -> Iterator[Proxy]:
    """A harmful wire until the end."""
    proxy = Proxy(store, seed)
    try:
        yield proxy
    finally:
        proxy.close()
