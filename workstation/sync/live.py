"""Pokes from the store as server-sent events: "there is something new", never the news itself.

A lost poke costs latency only: the poll beneath runs regardless. Silence ends the stream.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

SILENCE_S = 40.0
LONGEST_LINE = 65536


class Live(Protocol):
    """A stream of event names from the store."""

    def listen(self) -> Iterator[str]:
        """Event names as they come; LinkDown when the stream ends or falls silent."""

    def hang_up(self) -> None:
        """End the stream from another thread."""


def event_names(chunks: Iterable[bytes]) -> Iterator[str]:
    """The name of each event in a stream of bytes; comments and unknown fields are skipped."""
    name, has_data, rest = "message", False, b""
    for chunk in chunks:
        rest += chunk
        lines = rest.replace(b"\r\n", b"\n").split(b"\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            raise ValueError("a line of the stream is longer than any event of ours")
        for line in lines:
            if not line:
                if has_data:
                    yield name
                name, has_data = "message", False
                continue
            field, _, value = line.partition(b":")
            if field == b"event":
                name = value.strip().decode("utf-8", "replace")
            has_data = has_data or field == b"data"


def pass_on(live: Live, poke: Callable[[], None]) -> None:
    """Poke for every event that says the feed moved; returns or raises when the stream ends."""
    for name in live.listen():
        if name in ("head", "message"):
            poke()
