"""A database server that dies, refuses or stalls: desks hear “later”, nothing happens twice."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import pytest

from tests.faults.kill_checks import store_findings
from tests.faults.kill_postgres import Cluster, cluster
from tests.faults.kill_rig import StoreProcess, founded, served, wait_until
from tests.faults.kill_writers import AT_MOST_S, Writer, writing
from workstation.domain.report import ReportId
from workstation.store.database import Database

ENDED = 12
END_ONE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'"
    " AND pid <> pg_backend_pid() AND state <> 'idle' ORDER BY random() LIMIT 1"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server that is up whenever a test begins."""
    with cluster() as one:
        one.make()
        one.start()
        yield one


@pytest.fixture(scope="module")
def reports(server: Cluster) -> list[ReportId]:
    """A store with five reports in it."""
    database = Database.postgres(server.url)
    made = founded(database, 5)
    database.close()
    return made


@pytest.fixture(scope="module")
def stores(server: Cluster, reports: list[ReportId]) -> Iterator[list[StoreProcess]]:
    """Two store processes over the one database."""
    with ExitStack() as until_end:
        yield [until_end.enter_context(served(server.url)) for _ in range(2)]


@pytest.mark.fault("F34")
@pytest.mark.invariant("I2", "I3", "I4", "I9", "I41")
def test_two_stores_on_one_database_settle_each_command_once(
    server: Cluster, stores: list[StoreProcess], reports: list[ReportId]
) -> None:
    with writing([store.url for store in stores], reports) as writers:
        _all_get_on(writers, 20)
    _is_whole(server, writers)


@pytest.mark.fault("F34")
@pytest.mark.invariant("I2", "I3", "I9", "I37")
def test_commands_outlive_the_death_of_the_database_server(
    server: Cluster, stores: list[StoreProcess], reports: list[ReportId]
) -> None:
    with writing([store.url for store in stores], reports) as writers:
        for _ in range(2):
            _all_get_on(writers, 5)
            server.kill()
            _all_hear(writers, "cannot reach its records")
            server.start()
        _all_get_on(writers, 5)
    _is_whole(server, writers)


@pytest.mark.fault("F34")
@pytest.mark.invariant("I2", "I3", "I9", "I37")
def test_commands_outlive_connections_that_end_at_random(
    server: Cluster, stores: list[StoreProcess], reports: list[ReportId]
) -> None:
    with writing([store.url for store in stores], reports) as writers:
        for _ in range(ENDED):
            _all_get_on(writers, 1)
            wait_until(lambda: server.ask(END_ONE), what="a connection at work is ended")
        _all_get_on(writers, 5)
    _is_whole(server, writers)


@pytest.mark.fault("F34")
@pytest.mark.invariant("I2", "I3", "I37")
def test_a_database_that_only_reads_is_waited_for(
    server: Cluster, stores: list[StoreProcess], reports: list[ReportId]
) -> None:
    with writing([store.url for store in stores], reports) as writers:
        _all_get_on(writers, 5)
        server.ask("ALTER SYSTEM SET default_transaction_read_only = on")
        server.ask("SELECT pg_reload_conf()")
        try:
            _all_hear(writers, "cannot reach its records")
        finally:
            server.ask("ALTER SYSTEM RESET default_transaction_read_only")
            server.ask("SELECT pg_reload_conf()")
        _all_get_on(writers, 5)
    _is_whole(server, writers)


@pytest.mark.fault("F34")
@pytest.mark.invariant("I3", "I37")
def test_a_lock_held_too_long_is_answered_with_later(
    server: Cluster, stores: list[StoreProcess], reports: list[ReportId]
) -> None:
    with writing([store.url for store in stores], reports) as writers:
        _all_get_on(writers, 5)
        with server.holding("LOCK TABLE feed_head"):
            _all_hear(writers, "retry")
        _all_get_on(writers, 5)
    _is_whole(server, writers)


def _all_get_on(writers: Sequence[Writer], by: int) -> None:
    """Each desk has so many more outcomes."""
    aims = [len(one.told) + by for one in writers]
    wait_until(
        lambda: all(len(one.told) >= aim for one, aim in zip(writers, aims, strict=True)),
        AT_MOST_S,
        "every desk gets on",
    )


def _all_hear(writers: Sequence[Writer], words: str) -> None:
    """Each desk is told so from now on."""
    heard = [len(one.answers) for one in writers]
    wait_until(
        lambda: all(
            any(words in answer for answer in one.answers[start:])
            for one, start in zip(writers, heard, strict=True)
        ),
        AT_MOST_S,
        f"every desk hears “{words}”",
    )


def _is_whole(server: Cluster, writers: Sequence[Writer]) -> None:
    database = Database.postgres(server.url)
    try:
        assert store_findings(database, writers) == []
    finally:
        database.close()
