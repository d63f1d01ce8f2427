"""How long one report is read and suggested for, beside only finding its words."""

from collections.abc import Iterator
from statistics import fmean

from tests.bench.figures import Figure, Sizes, timed
from workstation.demand.lexicon import suggester
from workstation.demand.score import read_lines
from workstation.machine.resources import resource
from workstation.reading.words import WORD

FLOOR = "finding its words"
HOSTILE = "x" * 100_000


def suggestions(sizes: Sizes) -> Iterator[Figure]:
    """Each demonstration report once, and one of 100,000 characters without a space."""
    lines = resource("demo", "reports.jsonl").read_bytes().splitlines()[: max(20, sizes.keys)]
    accounts = [account for account, _ in read_lines(lines)]
    suggest = suggester()
    mine = [timed(lambda one=account: suggest.suggest(one)) for account in accounts]  # type: ignore[misc]
    floor = [
        timed(lambda text=account.narrative: list(WORD.finditer(text)))  # type: ignore[misc]
        for account in accounts
    ]
    more = f"{fmean(mine):.2f} ms a report on average of {len(accounts)}"
    yield Figure("report read and suggested for", mine, floor, FLOOR, more)
    marker = suggest.reader
    yield Figure(
        "100,000 characters without a space read",
        [timed(lambda: marker.read(HOSTILE)) for _ in range(sizes.rounds)],
        [timed(lambda: list(WORD.finditer(HOSTILE))) for _ in range(sizes.rounds)],
        FLOOR,
    )
