"""A control room comes back at once: `python -m tests.faults.storm [--desks 300 --commands 50]`.

Two real store processes over one real PostgreSQL that syncs every commit; desks as threads here.
Prints a table; ends with 1 when a command lacks its outcome, the time is over, or a desk loops.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from tests.faults.kill_rig import StoreProcess, served, wait_until
from tests.faults.proxy_desk import Station, station
from tests.faults.storm_desk import StormDesk
from tests.faults.storm_work import Depot, Shift
from tests.postgres import server_programs, throwaway_server
from workstation.cache.confirmed import Standing
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.verify import verify
from workstation.sync.link import Link
from workstation.wire.cursor import Cursor

SYNCED = "-c fsync=on -c synchronous_commit=on -c full_page_writes=on"
STORES = 2
REAL = 5
LIMIT_S = 60.0
LONGEST_ROW = 8


class Storm(Struct):
    """What came of it."""

    desks: Sequence[StormDesk]
    took_s: float
    same_s: float
    findings: Sequence[str]
    cpu_s: dict[str, float]

    @property
    def faults(self) -> list[str]:
        """Why it was not good enough; empty when it was."""
        left = sum(one.waiting for one in self.desks)
        found = [f"{left} commands lack their outcome"] if left else []
        if self.took_s >= LIMIT_S:
            found.append(f"it took {self.took_s:.1f} s, {LIMIT_S:.0f} s are allowed")
        row = max(one.longest_row for one in self.desks)
        if row > LONGEST_ROW:
            found.append(f"a desk was sent away {row} times in a row")
        found += [f"{one.name}: {one.wrong!r}" for one in self.desks if one.wrong]
        return found + list(self.findings)

    def table(self) -> Iterator[str]:
        """The figures, a line each."""
        done = sorted(one.done_at for one in self.desks if one.done_at)
        words = sum((one.words for one in self.desks), Counter[str]())
        failures = sum((one.failures for one in self.desks), Counter[str]())
        yield f"{'every command has its outcome after':<44} {self.took_s:>8.1f} s"
        if done:
            yield f"{'half of the desks were through after':<44} {done[len(done) // 2]:>8.1f} s"
        yield f"{f'{REAL} real desks have read after':<44} {self.same_s:>8.1f} s"
        for word, count in sorted(words.items()):
            yield f"{'outcomes: ' + word:<44} {count:>8}"
        for kind, count in failures.most_common():
            yield f"{'put off: ' + kind[:34]:<44} {count:>8}"
        row = max(one.longest_row for one in self.desks)
        yield f"{'most failures in a row at one desk':<44} {row:>8}"
        for who, seconds in self.cpu_s.items():
            yield f"{'CPU: ' + who:<44} {seconds:>8.1f} s"


@contextmanager
def two_stores(url: str) -> Iterator[list[StoreProcess]]:
    """Store processes over one database."""
    with ExitStack() as until_end:
        yield [until_end.enter_context(served(url)) for _ in range(STORES)]


@contextmanager
def real_desks(stores: Sequence[StoreProcess], count: int) -> Iterator[list[Station]]:
    """Whole desks with their files, which had read everything before."""
    with ExitStack() as until_end:
        folder = Path(until_end.enter_context(TemporaryDirectory(prefix="storm-")))
        made = [
            until_end.enter_context(
                station(stores[n % len(stores)].url, folder / str(n), f"p{n:03}", threads=False)
            )
            for n in range(count)
        ]
        for one in made:
            wait_until(one.exchange, what="a real desk's first fill")
        yield made


def _has_all(one: Station, api: Api) -> bool:
    """One exchange more; whether the desk has then read all there is."""
    return one.exchange() and one.desk.stock.shelf.standing().position == api.head()


def _unlike(real: Sequence[Station], api: Api) -> list[str]:
    """Let each real desk read until it holds all; which of them do not in time."""
    found = []
    for number, one in enumerate(real, start=1):
        try:
            wait_until(partial(_has_all, one, api), LIMIT_S, f"real desk {number}")
        except AssertionError:
            found.append(f"real desk {number} does not hold all: {one.desk.link().problem}")
    return found


def storm(url: str, desks: int, commands: int) -> Storm:
    """Found a store in this database, let the desks loose on it, and look at what came of it."""
    database = Database.postgres(url)
    try:
        depot = Depot(database, 2 * desks)
        shifts = [depot.shift(number, commands) for number in range(desks)]
        with two_stores(url) as stores, real_desks(stores, REAL) as real:
            made = _desks(stores, shifts)
            began = time.monotonic()
            took_s, cpu_s = _loosed(made, stores)
            unlike = _unlike(real, depot.api)
            same_s = time.monotonic() - began
        return Storm(made, took_s, same_s, [*unlike, *verify(database)], cpu_s)
    finally:
        database.close()


def _desks(stores: Sequence[StoreProcess], shifts: Sequence[Shift]) -> list[StormDesk]:
    """Desks that had read everything before the line went down."""
    link = Link(stores[0].url)
    hello = link.hello()
    link.close()
    scopes = shifts[0].session.scopes
    cursor = Cursor(hello.store_id, hello.epoch, scopes, hello.head).text()
    standing = Standing(
        hello.store_id, hello.epoch, scanning=False, cursor=cursor, pack=hello.pack
    )
    return [
        StormDesk(number, stores[number % len(stores)].url, shift, standing)
        for number, shift in enumerate(shifts)
    ]


def _loosed(
    desks: Sequence[StormDesk], stores: Sequence[StoreProcess]
) -> tuple[float, dict[str, float]]:
    for one in desks:
        one.start()
    before, mine = [_cpu_s(one.pid) for one in stores], time.process_time()
    began = time.monotonic()
    for one in desks:
        one.went.set()
    with suppress(AssertionError):  # what is missing then is told with the figures
        wait_until(lambda: not any(one.waiting for one in desks), 2 * LIMIT_S, "every outcome")
    took_s = time.monotonic() - began
    cpu_s = {
        f"store {n}": _cpu_s(one.pid) - was
        for n, (one, was) in enumerate(zip(stores, before, strict=True))
    } | {"desks": time.process_time() - mine}
    for one in desks:
        one.over.set()
    for one in desks:
        one.join()
        one.done_at = max(0.0, one.done_at - began)
    return took_s, cpu_s


def _cpu_s(pid: int) -> float:
    """Processor seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """One storm; 0 when every promise was kept."""
    parser = argparse.ArgumentParser(prog="tests.faults.storm", description=__doc__)
    parser.add_argument("--desks", type=int, default=300)
    parser.add_argument("--commands", type=int, default=50)
    asked = parser.parse_args(arguments)
    programs = server_programs()
    if programs is None:
        sys.exit("PostgreSQL is not installed here: `make test` installs it on Debian.")
    say(f"{asked.desks} desks × {asked.commands} commands, {STORES} stores, {SYNCED}")
    with throwaway_server(programs, SYNCED) as url:
        found = storm(url, asked.desks, asked.commands)
    for line in found.table():
        say(line)
    for fault in found.faults:
        say(f"FAILED: {fault}")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
