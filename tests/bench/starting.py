"""From starting the program to pixels: each sample is a process of its own."""

from pathlib import Path
from time import perf_counter

import msgspec

from tests.bench.figures import Figure, Sizes, interleaved
from tests.bench.rig import Station, child
from tests.bench.start_queue import Resumed

MODULE = "tests.bench.start_child"


def first_paint(sizes: Sizes) -> Figure:
    """The window that says that it is starting."""
    mine, floor = interleaved(sizes.rounds, lambda: started("first"), lambda: started("bare"))
    return Figure("start to first paint", mine, floor, "a bare PySide6 QMainWindow")


def to_the_queue(station: Station, folder: Path, sizes: Sizes) -> Figure:
    """Until the queue's rows are on screen, of a person who is still signed in."""
    session = msgspec.json.encode(station.session)
    file = folder / "resumed.json"
    was = Resumed(str(folder / "profiles"), station.url, session)
    file.write_bytes(msgspec.json.encode(was))
    mine, floor = interleaved(
        sizes.rounds, lambda: started("queue", str(file)), lambda: started("bare")
    )
    what = f"start to the queue, {sizes.reports:,} reports kept"
    return Figure(what, mine, floor, "a bare PySide6 QMainWindow")


def started(*arguments: str) -> float:
    """Milliseconds from asking for the process to its word that it is painted."""
    began = perf_counter()
    with child(MODULE, *arguments) as (word, _):
        took = (perf_counter() - began) * 1000
        assert word == "painted\n", word
    return took
