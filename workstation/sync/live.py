"""Events of the store's stream: "there is something new", never the news; and who is where.

A lost poke costs latency only: the poll beneath runs regardless. Silence ends the stream.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

SILENCE_S = 40.0
LONGEST_LINE = 65536


class Heard(NamedTuple):
    """One event: its name and what it says."""

    name: str
    data: bytes = b""


class Live(Protocol):
    """A stream of events from the store."""

    def listen(self) -> Iterator[Heard]:
        """Events as they come; LinkDown when the stream ends or falls silent."""

    def hang_up(self) -> None:
        """End the stream from another thread."""


def events(chunks: Iterable[bytes]) -> Iterator[Heard]:
    """Each event in a stream of bytes; comments and unknown fields are skipped."""
    name, data, rest = "message", list[bytes](), b""
    for chunk in chunks:
        rest += chunk
        lines = rest.replace(b"\r\n", b"\n").split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            raise ValueError("a line of the stream is longer than any event of ours")
        for line in lines:
            if not line:
                if data:
                    yield Heard(name, b"\n".join(data))
                name, data = "message", []
                continue
            field, _, value = line.partition(b":")
            if field == b"event":
                name = value.strip().decode("utf-8", "replace")
            if field == b"data":
                data.append(value.removeprefix(b" "))


def pass_on(live: Live, poke: Callable[[], None], presence: Callable[[bytes], None]) -> None:
    """Poke where the feed moved, tell who is where; returns or raises when the stream ends."""
    for event in live.listen():
        if event.name in ("head", "message"):
            poke()
        elif event.name == "presence":
            presence(event.data)
