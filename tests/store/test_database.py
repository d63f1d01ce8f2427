"""Transactions: fair, retried when they collide, whole or not at all."""

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from tests.store.conftest import KEY, Store
from tests.store.test_numbers import crime, lease, totals
from workstation.domain.story import AddNote
from workstation.store import schema
from workstation.store.database import PATIENCE_S, TRIES, Busy, Database, Gate
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.sync.link import Limits
from workstation.wire.protocol import Heartbeat, Outcome

LOCKED = sa.exc.OperationalError("BEGIN", None, Exception("database is locked"))
JOURNAL_FAILS = """CREATE TRIGGER no_journal BEFORE INSERT ON journal
    BEGIN SELECT raise(ABORT, 'the disk says no'); END"""


class StubbornDatabase(Database):
    """A database whose next transactions end in a collision just before their commit."""

    collisions = 0

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        with super().write() as connection:
            yield connection
            if self.collisions:
                self.collisions -= 1
                raise LOCKED


@pytest.fixture
def stubborn(tmp_path: Path) -> Iterator[StubbornDatabase]:
    """An empty SQLite database that collides when told."""
    opened = StubbornDatabase.sqlite(tmp_path / "store.db", KEY)
    yield opened
    opened.close()


@pytest.mark.invariant("I3")
def test_a_collision_is_retried_and_leaves_nothing_twice(stubborn: StubbornDatabase) -> None:
    store = Store(stubborn)
    report, ann = store.receive().report, store.desk("ann")
    stubborn.collisions = TRIES - 1
    assert ann.do(AddNote(report=report, text="Words")).word == "accepted"
    assert store.report(report).version == 2
    assert verify(stubborn) == []


@pytest.mark.invariant("I3", "I24", "I26")
def test_a_crime_whose_commit_fails_is_recorded_once_under_its_number(
    stubborn: StubbornDatabase,
) -> None:
    store = Store(stubborn)
    report, ann = store.receive().report, store.desk("ann")
    block = lease(ann)
    stubborn.collisions = 1
    assert ann.do(crime(ann, report, block.lo)).word == "accepted"
    assert [one.number for one in store.report(report).crimes] == ["35/1/26"]
    assert totals(store) == {"issued": 1, "allocated": 9}


@pytest.mark.invariant("I2", "I4")
@pytest.mark.expects_log("is to be sent again")
def test_a_store_that_stays_busy_says_retry_and_ends_the_batch(stubborn: StubbornDatabase) -> None:
    store = Store(stubborn)
    report, ann = store.receive().report, store.desk("ann")
    envelopes = [ann.seal(AddNote(report=report, text=text)) for text in ("One", "Two")]
    stubborn.collisions = TRIES
    words = [msgspec.json.decode(raw, type=Outcome).word for raw in ann.send(*envelopes)]
    assert words == ["retry"]
    words = [msgspec.json.decode(raw, type=Outcome).word for raw in ann.send(*envelopes)]
    assert words == ["accepted", "accepted"]
    assert store.report(report).version == 3


def test_a_busy_store_says_so_to_every_other_call(stubborn: StubbornDatabase) -> None:
    store = Store(stubborn)
    ann = store.desk("ann")
    stubborn.collisions = TRIES
    with pytest.raises(ApiProblem) as problem:
        store.api.heartbeat(ann.token, Heartbeat(ann.outbox, ()))
    assert problem.value.problem.status == 503


@pytest.mark.fault("F34")
def test_a_busy_store_says_so_before_a_desk_hangs_up(
    stubborn: StubbornDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Limits().read_s / 2 > PATIENCE_S
    stubborn.create()
    monkeypatch.setattr("workstation.store.database.PATIENCE_S", 0.0)
    stubborn.collisions = TRIES
    with pytest.raises(Busy):
        stubborn.transact(lambda connection: None)
    assert stubborn.collisions == TRIES - 1


def test_work_that_fails_is_rolled_back_and_not_repeated(database: Database) -> None:
    database.create()
    tries: list[int] = []

    def fail(connection: sa.Connection) -> None:
        tries.append(1)
        connection.execute(sa.insert(schema.meta).values(name="a", value="b"))
        raise ValueError

    with pytest.raises(ValueError):
        database.transact(fail)
    with database.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(schema.meta)) == 0
    assert tries == [1]


@pytest.mark.fault("F48")
@pytest.mark.invariant("I2")
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_an_act_whose_journal_cannot_be_written_is_not_done(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    with store.database.write() as connection:
        connection.exec_driver_sql(JOURNAL_FAILS)
    envelope = ann.seal(AddNote(report=report, text="Words"))
    with pytest.raises(sa.exc.IntegrityError):
        ann.send(envelope)
    assert store.report(report).version == 1
    with store.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER no_journal")
    assert [msgspec.json.decode(raw, type=Outcome).word for raw in ann.send(envelope)] == [
        "accepted"
    ]
    assert store.report(report).version == 2
    assert verify(store.database) == []


@pytest.mark.invariant("I15")
def test_what_the_database_refuses_is_told_without_a_word_of_it(database: Database) -> None:
    database.create()
    row = {"name": None, "value": "Mrs Jones hides at 4 Mill Road"}
    with pytest.raises(sa.exc.IntegrityError) as wrong:
        database.transact(lambda connection: connection.execute(sa.insert(schema.meta), row))
    told = "".join(traceback.format_exception(wrong.value))
    assert "null" in str(wrong.value.orig).lower()
    assert "Jones" not in told


def test_two_who_insert_the_same_row_are_set_in_order(database: Database) -> None:
    database.create()
    both = threading.Barrier(2)
    done: list[str] = []

    def insert_unless_there(connection: sa.Connection) -> str:
        if connection.scalar(sa.select(schema.meta.c.value)) is not None:
            return "found"
        connection.execute(sa.insert(schema.meta).values(name="a", value="b"))
        return "made"

    def run() -> None:
        both.wait()
        done.append(database.transact(insert_unless_there))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["found", "made"]


def test_the_gate_lets_writers_through_in_the_order_they_came() -> None:
    gate = Gate()
    order: list[int] = []
    waiting: list[threading.Thread] = []

    def pass_through(n: int) -> None:
        with gate.turn():
            order.append(n)

    with gate.turn():
        for n in range(5):
            waiting.append(threading.Thread(target=pass_through, args=(n,)))
            waiting[-1].start()
            while len(gate._waiting) <= n:
                threading.Event().wait(0.001)
    for thread in waiting:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
