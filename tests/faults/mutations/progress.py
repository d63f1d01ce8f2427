"""What was shown for this very source: a line for each bug that was tried, and for sound tests.

A changed program or test begins a new file, because what was shown before would prove nothing.
"""

import threading
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from tests.faults.mutations.trial import COPIED, Trial
from tests.faults.source import ROOT, digest_of


class Sound(Struct, frozen=True, tag="sound"):
    """These tests pass where there is no bug."""

    tests: tuple[str, ...]


class Tried(Struct, frozen=True, tag="tried"):
    """What came of one bug."""

    trial: Trial


class Progress:
    """The file of one state of the source; several threads may add to it."""

    def __init__(self, *, is_fresh: bool) -> None:
        folder = ROOT / "build" / "mutations"
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{digest_of(COPIED)}.jsonl"
        self._lock = threading.Lock()
        self.trials: dict[str, Trial] = {}
        self._sound: set[str] = set()
        if is_fresh:
            self._path.unlink(missing_ok=True)
        self._read()

    def unproved(self, tests: Iterable[str]) -> list[str]:
        """Those of which nobody has seen yet that they pass without a bug."""
        return sorted(set(tests) - self._sound)

    def are_sound(self, tests: Iterable[str]) -> None:
        """They pass without a bug."""
        self._add(Sound(tuple(tests)))

    def tried(self, trial: Trial) -> None:
        """One bug was tried; one that was not caught is tried again the next time."""
        self._add(Tried(trial))

    def _add(self, line: Sound | Tried) -> None:
        with self._lock:
            with self._path.open("ab") as file:
                file.write(msgspec.json.encode(line) + b"\n")
            self._take(line)

    def _read(self) -> None:
        decoder = msgspec.json.Decoder(Sound | Tried)
        lines = self._path.read_bytes().splitlines(keepends=True) if self._path.exists() else []
        for line in lines:
            if line.endswith(b"\n"):  # else it was interrupted while it wrote this
                self._take(decoder.decode(line))

    def _take(self, line: Sound | Tried) -> None:
        if isinstance(line, Sound):
            self._sound |= set(line.tests)
        elif line.trial.caught_by:
            self.trials[line.trial.name] = line.trial
