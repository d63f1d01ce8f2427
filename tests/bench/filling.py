"""How long a desk that has never seen the store takes to hold everything, sealed on its disk."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

from tests.bench.figures import Figure, Sizes, interleaved, timed
from tests.bench.rig import Station
from workstation.cache.shelf import Shelf
from workstation.desk.exchange import Exchange
from workstation.machine.sealed import open_connection

KEY = bytes(range(32))


def first_fill(station: Station, folder: Path, sizes: Sizes) -> Figure:
    """Every report and its story, pulled over HTTP into a new cache; leaves one filled profile."""
    bodies: list[tuple[str, bytes]] = []

    def fill() -> float:
        profiles = folder / "profiles"
        shutil.rmtree(profiles, ignore_errors=True)
        with station.desk(profiles) as desk:
            took = timed(lambda: Exchange(desk).once(station.courier))
            if not bodies:
                bodies.extend(all_bodies(desk.stock.shelf))
        return took

    fill()
    mine, floor = interleaved(sizes.rounds, fill, lambda: insert_raw(folder, bodies))
    per_s = sizes.reports / (sorted(mine)[len(mine) // 2] / 1000)
    records = len(bodies) / (sorted(mine)[len(mine) // 2] / 1000)
    more = f"{per_s:,.0f} reports/s, {records:,.0f} records/s with their stories"
    what = f"first fill of {sizes.reports:,} reports"
    return Figure(what, mine, floor, "same bodies inserted, one sealed transaction", more)


def all_bodies(shelf: Shelf) -> list[tuple[str, bytes]]:
    """Every report and line of a story as the cache keeps them."""
    every = "SELECT id, body FROM report UNION ALL SELECT id, body FROM entry"
    return [(id, bytes(body)) for id, body in shelf._connection.execute(every)]


def insert_raw(folder: Path, bodies: list[tuple[str, bytes]]) -> float:
    """The least it could cost: the same bytes into a sealed file, no network and no columns."""
    place = Path(mkdtemp(dir=folder))

    def insert() -> None:
        connection = open_connection(place / "raw.db", KEY, synchronous="NORMAL")
        connection.execute("CREATE TABLE body (id TEXT PRIMARY KEY, body BLOB)")
        connection.execute("BEGIN")
        connection.executemany("INSERT OR REPLACE INTO body VALUES (?, ?)", bodies)
        connection.execute("COMMIT")
        connection.close()

    took = timed(insert)
    shutil.rmtree(place)
    return took
