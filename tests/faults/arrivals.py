"""A store where reports arrive by the thousand: `python -m tests.faults.arrivals FOLDER COUNT`.

Prints where it answers; begins at a line on its standard input, says when all have come, and ends
with that input. They are put on the feed in batches, as intake would leave them.
"""

import sys
from pathlib import Path

import msgspec

from tests.faults.kill_rig import an_api, founded
from tests.world import STORE_KEY
from workstation.domain.report import Closing, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.store import feed
from workstation.store.database import Database
from workstation.store.feed import Fresh
from workstation.store.headers import load_reports
from workstation.store.serving import Background, Service

BATCH = 500


def main(folder: Path, count: int) -> None:
    """Serve, and let so many reports arrive when told."""
    clock = SystemClock()
    ids = Ids(clock)
    database = Database.sqlite(folder / "store.db", ids.secret())
    models = founded(database, 20)
    with database.read() as connection:
        reports = list(load_reports(connection, models).values())
    with Background(Service(an_api(database), database, clock)) as service:
        _say(service.url)
        if sys.stdin.readline():
            for start in range(0, count, BATCH):
                _arrive(database, ids, reports, min(BATCH, count - start))
            _say("all have come")
            sys.stdin.read()
    database.close()


def fill(path: Path, models: list[ReportId], count: int) -> None:
    """So many closed reports in a store that nobody serves yet."""
    database = Database.sqlite(path, STORE_KEY)
    with database.read() as connection:
        reports = list(load_reports(connection, models).values())
    by = Author(PersonId("ann"), "Ann Lee")
    closed = [
        msgspec.structs.replace(
            one, closing=Closing(at=one.received_at, by=by, reason="Done.", caller_told="yes")
        )
        for one in reports
    ]
    ids = Ids(SystemClock())
    for start in range(0, count, BATCH):
        _arrive(database, ids, closed, min(BATCH, count - start))
    database.close()


def _arrive(database: Database, ids: Ids, models: list[Report], count: int) -> None:
    states = []
    for number in range(count):
        id = ReportId(ids.new())
        report = msgspec.structs.replace(models[number % len(models)], id=id)
        states.append(Fresh("report", id, 1, id, msgspec.json.encode(report).decode()))
    with database.write() as connection:
        feed.publish(connection, states, "arrivals")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
