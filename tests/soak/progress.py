"""What of a soak is done: a line for each seed, in a file of its own for each state of the source.

A changed program or simulator begins a new file, because old outcomes would prove nothing.
"""

from collections.abc import Iterator

import msgspec

from tests.faults.simulator import Outcome
from tests.faults.source import ROOT, digest_of

SOURCES = ("workstation", "resources", "tests/faults", "tests/world.py")


class Progress:
    """The file of one engine and one state of the source."""

    def __init__(self, engine: str, *, is_fresh: bool) -> None:
        folder = ROOT / "build" / "soak"
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{engine}-{digest_of(SOURCES)}.jsonl"
        self._is_fresh = is_fresh

    def done(self, seeds: range) -> Iterator[Outcome]:
        """What was run before, of these seeds."""
        if self._is_fresh or not self._path.exists():
            return
        decoder = msgspec.json.Decoder(Outcome)
        for line in self._path.read_bytes().splitlines(keepends=True):
            if not line.endswith(b"\n"):
                return  # the soak was interrupted while it wrote this
            outcome = decoder.decode(line)
            if outcome.seed in seeds:
                yield outcome

    def add(self, outcome: Outcome) -> None:
        """One more seed is done."""
        if self._is_fresh:
            return
        with self._path.open("ab") as file:
            file.write(msgspec.json.encode(outcome) + b"\n")
