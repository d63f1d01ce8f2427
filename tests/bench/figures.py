"""A measured row: the product's samples beside its floor's, and how it is printed."""

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

from msgspec import Struct

HEADER = f"{'what':<44} {'median':>10} {'p99':>10} {'floor':>10} {'ratio':>7}  floor is"


class Sizes(Struct, frozen=True):
    """How much of everything one run does."""

    reports: int
    rounds: int
    commands: int
    keys: int
    arriving: int
    contacts: int


FULL = Sizes(reports=10_000, rounds=5, commands=200, keys=60, arriving=100_000, contacts=200_000)
QUICK = Sizes(reports=150, rounds=1, commands=8, keys=6, arriving=300, contacts=300)


class Figure(Struct, frozen=True):
    """One row; all samples are milliseconds. `more` is said on the line below."""

    what: str
    mine: Sequence[float]
    floor: Sequence[float]
    floor_is: str
    more: str = ""

    def line(self) -> str:
        """The row as it is printed."""
        mine, floor = median(self.mine), median(self.floor)
        row = f"{self.what:<44} {_ms(mine)} {_ms(p99(self.mine))} {_ms(floor)}"
        below = f"\n    {self.more}" if self.more else ""
        return f"{row} {mine / floor:>6.2f}x  {self.floor_is}{below}"


def p99(samples: Sequence[float]) -> float:
    """The sample that one in a hundred exceeds; the largest of fewer than a hundred."""
    return sorted(samples)[min(len(samples) - 1, int(len(samples) * 0.99))]


def timed(work: Callable[[], object]) -> float:
    """How many milliseconds the work took."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def interleaved(
    rounds: int, mine: Callable[[], float], floor: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Samples of both, taken in turn, each first as often as the other."""
    found: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        if number % 2:
            found[1].append(floor())
        found[0].append(mine())
        if not number % 2:
            found[1].append(floor())
    return found


def _ms(value: float) -> str:
    return f"{value:>7,.{1 if value >= 10 else 2}f} ms"
