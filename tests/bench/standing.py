"""How long the window stands still at most while reports arrive by the thousand."""

from pathlib import Path
from tempfile import mkdtemp

from tests.bench.figures import Figure, Sizes
from tests.faults.watchdog import watched


def standstill(folder: Path, sizes: Sizes) -> Figure:
    """The longest turn of the window's loop; the same window standing idle is the floor."""
    watch = watched(Path(mkdtemp(dir=folder)), sizes.arriving)
    what = f"longest standstill while {sizes.arriving:,} reports arrive"
    worked, late = watch.most_worked_ms, len(watch.late)
    more = f"at most {worked:,.1f} ms of it the window's own work; over 100 ms {late} times"
    floor = "the longest turn of the same window idle"
    return Figure(what, [watch.longest_ms], [watch.idle_ms], floor, more)
