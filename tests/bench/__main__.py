"""Prints what the product costs beside the least it could cost: `python -m tests.bench [--quick]`.

Each row is measured in turn with its floor. Read the ratios; absolutes are of this machine, now.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlcipher3.dbapi2 as sqlcipher

from tests.bench.commanding import acknowledged
from tests.bench.figures import FULL, HEADER, QUICK, Figure, Sizes
from tests.bench.filling import first_fill
from tests.bench.finding import finding
from tests.bench.reading import suggestions
from tests.bench.rig import Station, store
from tests.bench.standing import standstill
from tests.bench.starting import first_paint, to_the_queue
from tests.bench.window import in_window

PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "litestar", "uvicorn", "requests", "msgspec")


def main(arguments: list[str]) -> int:
    """Measure everything once, printing each row when it is known."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small: only to see it run")
    sizes = QUICK if parser.parse_args(arguments).quick else FULL
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db.warning=false")
    print(surroundings())
    print(HEADER)
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        for figure in measured(Path(folder), sizes):
            print(figure.line(), flush=True)
    print(f"load average at the end: {load()}")
    return 0


def measured(folder: Path, sizes: Sizes) -> Iterator[Figure]:
    """Every row, in the order a desk's day has them."""
    yield first_paint(sizes)
    yield from suggestions(sizes)
    yield from finding(folder, sizes)
    with store(folder, sizes.reports) as url:
        station = Station(url, "kelly")
        yield first_fill(station, folder, sizes)
        yield from acknowledged(station, folder, sizes)
        yield to_the_queue(station, folder, sizes)
        yield from in_window(station, folder, sizes)
        station.close()
    yield standstill(folder, sizes)


def surroundings() -> str:
    """The machine and the versions that the figures belong to."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{platform.platform()}, {os.cpu_count()} CPUs, load average {load()}\n"
        f"Python {platform.python_version()}, SQLite {sqlcipher.sqlite_version}, {packages}"
    )


def load() -> str:
    """How busy the machine is, where it says."""
    return " ".join(f"{one:.2f}" for one in os.getloadavg()) if hasattr(os, "getloadavg") else "?"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
