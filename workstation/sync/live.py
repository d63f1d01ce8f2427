"""Events of the store's stream: "there is something new", never the news; and who is where.

A lost poke costs latency only: the poll beneath runs regardless. Silence ends the stream.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

SILENCE_S = 40.0
LONGEST_LINE = 65536
COMMENT = "comment"


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
    """Each event in a stream of bytes, and each comment; unknown fields are skipped."""
    name, data = "message", list[bytes]()
    for line in _lines(chunks):
        if not line:
            if data:
                yield Heard(name, b"\n".join(data))
            name, data = "message", []
            continue
        field, _, value = line.partition(b":")
        if not field:
            yield Heard(COMMENT)
        if field == b"event":
            name = value.strip().decode("utf-8", "replace")
        if field == b"data":
            data.append(value.removeprefix(b" "))


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        rest += chunk
        lines = rest.replace(b"\r\n", b"\n").split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            raise ValueError("a line of the stream is longer than any event of ours")
        yield from lines


def pass_on(
    live: Live,
    poke: Callable[[], None],
    presence: Callable[[bytes], None],
    alive: Callable[[], None],
) -> None:
    """Poke where the feed moved, tell who is where; returns or raises when the stream ends.

    `alive`: something was heard, whatever it was: who was not told of is where they were.
    """
    for event in live.listen():
        alive()
        if event.name in ("head", "message"):
            poke()
        elif event.name == "presence":
            presence(event.data)
