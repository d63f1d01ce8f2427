"""A new release meets unsent work and older tables, and is killed while it takes them over."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.kill_nursery import Nursery
from tests.faults.kill_postgres import cluster
from tests.faults.kill_rig import ROOT, founded, wait_until
from tests.faults.kill_upgrade import migrated_findings
from tests.faults.kills import Scene, killed, recorded
from tests.store.test_migrations import before_revisions
from workstation.store.database import Database
from workstation.store.shape import shape_of

SAMPLE = 6
WAITS = "SELECT 1 FROM pg_locks WHERE NOT granted"


@pytest.mark.fault("F39")
@pytest.mark.invariant("I1", "I3", "I6", "I39")
def test_an_upgrade_killed_anywhere_sends_all_unsent_work_byte_for_byte(
    nest: Nursery, tmp_path: Path
) -> None:
    assert_killed_without_harm("upgrade", nest, tmp_path)


@pytest.mark.fault("F39")
def test_a_migration_killed_anywhere_is_done_whole_by_the_next(
    nest: Nursery, tmp_path: Path
) -> None:
    assert_killed_without_harm("migrate", nest, tmp_path)


@pytest.mark.fault("F39", "F34")
def test_a_migration_killed_on_postgresql_has_changed_nothing() -> None:
    with cluster() as server:
        server.make()
        server.start()
        database = Database.postgres(server.url)
        founded(database, 3)
        with database.write() as connection:
            before_revisions(connection)
        with server.holding("LOCK TABLE number_ledger"):
            task = ["store", "--database", server.url, "migrate"]
            migrating = subprocess.Popen(
                [sys.executable, "-m", "workstation", *task],
                cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            wait_until(lambda: server.ask(WAITS), what="the second revision waits for the lock")
            os.kill(migrating.pid, signal.SIGKILL)
            assert migrating.wait(20) == -signal.SIGKILL
        with database.read() as connection:
            assert shape_of(connection) == ""
            assert "digest" not in {c["name"] for c in sa.inspect(connection).get_columns("state")}
        assert migrated_findings(database) == []
        database.close()


def assert_killed_without_harm(shift: str, nest: Nursery, folder: Path) -> None:
    """Kill at an even sample of its points, the last among them."""
    scene = Scene(folder)
    points = recorded(shift, scene, nest)
    at = points[:: -(-len(points) // SAMPLE)] + points[-1:]
    assert not [run for point in at if (run := killed(shift, scene, nest, point)).findings]
