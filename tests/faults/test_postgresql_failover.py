"""The primary dies with work its standby never saw; and several store processes share one file."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.kill_checks import store_findings
from tests.faults.kill_postgres import Cluster, cluster
from tests.faults.kill_rig import ROOT, a_sqlite_store, founded, served, wait_until
from tests.faults.kill_writers import NOBODY, Writer, writing
from tests.faults.proxy import proxied
from tests.faults.proxy_desk import Station, note, station
from tests.world import STORE_KEY
from workstation.domain.report import ReportId
from workstation.store import schema
from workstation.store.database import Database

TAIL = 6


@pytest.fixture
def primary() -> Iterator[Cluster]:
    """A server with a store in it."""
    with cluster() as one:
        one.make()
        one.start()
        yield one


@pytest.mark.fault("F35")
@pytest.mark.invariant("I9", "I24")
def test_a_promoted_standby_is_whole_and_lacks_only_the_tail(primary: Cluster) -> None:
    database = Database.postgres(primary.url)
    reports = founded(database, 3)
    with cluster() as standby:
        standby.follow(primary)
        standby.start()
        with served(primary.url) as store:
            writer = Writer(store.url, "ann", reports, "W01")
            writer.sign_in()
            kept = [_settled(writer, f"seen by both {n}") for n in range(TAIL)]
            wait_until(lambda: _behind(primary) == 0, what="the standby has caught up")
            standby.stop()
            lost = [_settled(writer, f"never copied {n}") for n in range(TAIL)]
            writer.close()
            primary.kill()
        database.close()
        standby.start()
        standby.promote()
        after = Database.postgres(standby.url)
        try:
            told, writer.told = dict(writer.told), {}
            assert store_findings(after, [writer]) == []
            assert set(kept) <= _on_record(after)
            assert not set(lost) & _on_record(after)
            assert told.keys() == {*kept, *lost}
        finally:
            after.close()


@pytest.mark.fault("F35")
@pytest.mark.invariant("I2", "I3", "I9", "I12", "I23", "I24", "I26")
def test_a_desk_gives_a_promoted_standby_what_it_never_saw(
    primary: Cluster, tmp_path: Path
) -> None:
    database = Database.postgres(primary.url)
    reports = founded(database, 3)
    database.close()
    with cluster() as standby, served(primary.url) as store, ExitStack() as at_work:
        standby.follow(primary)
        standby.start()
        wire = at_work.enter_context(proxied(store.url))
        ann = at_work.enter_context(station(wire.url, tmp_path, "ann", threads=False))
        assert ann.exchange()
        spoken = [_crime(ann, reports[0])]
        assert ann.exchange()
        wait_until(lambda: _behind(primary) == 0, what="the standby has caught up")
        standby.stop()
        spoken += [_crime(ann, report) for report in reports]
        note(ann, reports[1], "The tail.")
        assert ann.exchange()
        assert ann.desk.link().waiting == 0
        primary.kill()
        standby.start()
        standby.promote()
        new_epoch(standby.url)
        with served(standby.url) as promoted:
            wire.lead_to(promoted.url)
            note(ann, reports[2], "After it.")
            wait_until(lambda: ann.exchange() and not ann.desk.link().waiting, 60, "all is back")
            spoken += [_crime(ann, report) for report in reports]
            assert ann.exchange()
            assert _numbers(standby.url) == sorted(spoken)
            assert len(set(spoken)) == len(spoken)
            for report, text in ((reports[1], "The tail."), (reports[2], "After it.")):
                told = [entry.text for _, entry in ann.desk.stock.shelf.entries(report)]
                assert told.count(text) == 1
        after = Database.postgres(standby.url)
        assert store_findings(after, []) == []
        after.close()


def new_epoch(url: str) -> None:
    """What the operator types after a failover that lost a tail."""
    words = ["--database", url, "new-epoch", "--reason", "The primary died with a tail."]
    subprocess.run([sys.executable, "-m", "workstation", "store", *words], cwd=ROOT, check=True)


def _crime(at: Station, report: ReportId) -> str:
    number = at.desk.record_crime(report, "1/01", NOBODY)
    assert isinstance(number, str), number
    return number


def _numbers(url: str) -> list[str]:
    """Every crime number that stands as issued."""
    database = Database.postgres(url)
    ledger = schema.number_ledger
    issued = sa.select(ledger.c.number).where(
        ledger.c.state == "issued", ledger.c.series.like("crime/%")
    )
    try:
        with database.read() as connection:
            return sorted(connection.scalars(issued))
    finally:
        database.close()


@pytest.mark.fault("F30", "F34")
@pytest.mark.invariant("I3", "I9", "I41")
def test_two_stores_on_one_file_settle_each_command_once(tmp_path: Path) -> None:
    path, reports = a_sqlite_store(tmp_path, 5)
    with ExitStack() as until_end:
        stores = [until_end.enter_context(served(str(path))) for _ in range(2)]
        with writing([store.url for store in stores], reports) as writers:
            wait_until(lambda: all(len(one.told) >= 20 for one in writers), 60, "all get on")
            stores[0].kill()
            told = len(writers[1].told)
            wait_until(lambda: len(writers[1].told) >= told + 10, 60, "the other goes on")
            stores[0].restart()
    database = Database.sqlite(path, STORE_KEY)
    try:
        assert store_findings(database, writers) == []
    finally:
        database.close()


def _settled(writer: Writer, text: str) -> str:
    """A note that the writer was told is on record; its command."""
    assert writer.settle(writer.note(text), lambda: False)
    return next(reversed(writer.told))


def _behind(primary: Cluster) -> object:
    """How many bytes of log the standby has not replayed yet."""
    rows = primary.ask(
        "SELECT coalesce(min(pg_current_wal_lsn() - replay_lsn), -1) FROM pg_stat_replication"
    )
    return rows[0][0]


def _on_record(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.scalars(sa.select(schema.outcome.c.command_id)))
