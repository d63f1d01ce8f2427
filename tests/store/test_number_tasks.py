"""Accounting for every serial from a shell, and voiding by two people."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.conftest import KEY, StillClock, Store
from tests.store.test_number_blocks import ask
from tests.store.test_numbers import SERIES, crime
from workstation.domain.roles import Role
from workstation.store import number_audit, schema
from workstation.store.cli import main
from workstation.store.database import Database
from workstation.store.number_audit import PUT_BACK
from workstation.store.number_tasks import account_for
from workstation.store.timekeeper import Timekeeper

GONE = "The PC was stolen"


def test_the_audit_tells_counts_holders_and_reasons(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann", "W07")
    ask(ann, "b1")
    ann.do(crime(ann, report, 1, "no such offence"))
    store.clock.pass_by(timedelta(hours=49))
    with store.database.read() as connection:
        lines = account_for(connection, store.clock.now())
        assert number_audit.audit(connection) == []
    assert f"{SERIES}  allocated  9" in lines
    held = "crime/2026  2 to 10: 9 lent since 2026-11-22T10:00 to ann at W07, block b1 active"
    assert held in lines
    assert "35/1/26  void: crime/offence" in lines


def test_a_void_without_a_reason_and_a_hole_are_violations(store: Store) -> None:
    ask(store.desk("ann"), "b1")
    table = schema.number_ledger
    with store.database.write() as connection:
        one = sa.update(table).where(table.c.serial == 4, table.c.series == SERIES)
        connection.execute(one.values(state="void"))
        other = sa.update(table).where(table.c.serial == 5, table.c.series == SERIES)
        connection.execute(other.values(state="lost"))
        gone = sa.delete(table).where(table.c.serial == 6, table.c.series == SERIES)
        connection.execute(gone)
        assert number_audit.audit(connection) == [
            f"series crime/2026: 9 rows for 10 serials. {PUT_BACK}",
            f"number 35/4/26 is void, and nothing says why. {PUT_BACK}",
            f"number 35/5/26 is lost, which is no state of a number. {PUT_BACK}",
        ]


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments that name a store with a stranded block."""
    (tmp_path / "store.db.key").write_text(KEY.hex(), encoding="ascii")
    database = Database.sqlite(tmp_path / "store.db", KEY)
    clock = StillClock()
    store = Store(database, clock)
    store.api.accounts.add("max", "Max", (Role.ADMINISTRATOR,), "correct horse")
    ask(store.desk("ann", "W07"), "b1")
    clock.pass_by(timedelta(days=31))
    Timekeeper(database, store.api.ledger, clock).strand_blocks()
    database.close()
    for account in ("SUE", "MAX", "ANN"):
        monkeypatch.setenv(f"WORKSTATION_PASSWORD_{account}", "correct horse")
    return ["--database", str(tmp_path / "store.db"), "numbers"]


def void(named: list[str], account: str, *more: str) -> int:
    asked = ["--block", "b1", "--reason", GONE, "--account", account, *more]
    return main([*named, "void", *asked])


def test_two_people_void_a_block_from_a_shell(
    named: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert void(named, "sue") == 0
    assert "certified by Sue. A second must confirm." in capsys.readouterr().out
    assert void(named, "sue", "--second", "sue") == 1
    assert "Two different people" in capsys.readouterr().err
    assert void(named, "ann") == 1
    assert "neither a supervisor" in capsys.readouterr().err
    assert void(named, "max") == 0
    said = "10 numbers of block/b1 are void: certified by Sue, confirmed by Max."
    assert said in capsys.readouterr().out
    assert main([*named, "audit"]) == 0
    out = capsys.readouterr().out
    assert f"stranded, workstation W07; certified by Sue, confirmed by Max: {GONE}" in out
