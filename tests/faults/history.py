"""What happened in a run, in order, and what was found wrong: structs, a line each.

The same seed gives the same history, byte for byte; `digest` is how that is checked.
"""

import hashlib
from collections import Counter
from typing import Literal

import msgspec
from msgspec import Struct

MOST_VIOLATIONS = 20


class Happening(Struct, frozen=True, omit_defaults=True):
    """One thing that began (invoke), came out well (ok), did not (fail), or befell (info)."""

    n: int
    at_s: float
    kind: Literal["invoke", "ok", "fail", "info"]
    who: str
    what: str
    id: str = ""
    report: str = ""
    said: str = ""


class Violation(Struct, frozen=True):
    """An invariant that does not hold, and how."""

    invariant: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.sentence}"


class History:
    """The happenings of one run, what it met, and what it found."""

    def __init__(self) -> None:
        self.happenings: list[Happening] = []
        self.sometimes: Counter[str] = Counter()
        self.violations: list[Violation] = []
        self.now_s = 0.0

    def tell(
        self,
        kind: Literal["invoke", "ok", "fail", "info"],
        who: str,
        what: str,
        *,
        id: str = "",
        report: str = "",
        said: str = "",
    ) -> None:
        """Write one happening down."""
        n = len(self.happenings)
        self.happenings.append(Happening(n, self.now_s, kind, who, what, id, report, said))

    def met(self, branch: str, times: int = 1) -> None:
        """A rare branch was reached."""
        self.sometimes[branch] += times

    def wrong(self, invariant: str, sentence: str) -> None:
        """An invariant does not hold."""
        if len(self.violations) < MOST_VIOLATIONS:
            self.violations.append(Violation(invariant, sentence))
            self.tell("info", "checker", f"VIOLATION {invariant}", said=sentence)

    def hold(self, invariant: str, holds: bool, sentence: str) -> None:
        """Write down a violation unless this holds."""
        if not holds:
            self.wrong(invariant, sentence)

    def lines(self, last: int = 0) -> list[str]:
        """The happenings as JSON lines; only the last so many where a number is given."""
        return [msgspec.json.encode(one).decode() for one in self.happenings[-last:]]

    def digest(self) -> str:
        """The same for the same run."""
        return hashlib.sha256("\n".join(self.lines()).encode()).hexdigest()
