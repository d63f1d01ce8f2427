"""A silent desk's numbers are stranded, never lent again, and void only by two people's word."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.store.conftest import DeskOf, Store
from tests.store.test_number_blocks import ask, give_back
from tests.store.test_numbers import SERIES, crime, lease, totals
from workstation.domain.roles import Role
from workstation.store import schema
from workstation.store.problems import ApiProblem
from workstation.store.timekeeper import Timekeeper
from workstation.store.verify import verify
from workstation.wire.protocol import Heartbeat, VoidNumbers, VoidStanding

BURNT = "The PC burnt, job 4711"


@pytest.fixture
def stranded(store: Store) -> DeskOf:
    """A desk whose block of ten, two of them used, was stranded."""
    report, ann = store.receive().report, store.desk("ann", "W07")
    store.api.accounts.add("max", "Max", (Role.SUPERVISOR, Role.ADMINISTRATOR), "correct horse")
    ask(ann, "b1")
    for serial in (1, 2):
        assert ann.do(crime(ann, report, serial)).word == "accepted"
    store.clock.pass_by(timedelta(days=30))
    assert keeper(store).strand_blocks() == ["b1"]
    ann.token = store.token("ann", "W07")
    return ann


def keeper(store: Store) -> Timekeeper:
    return Timekeeper(store.database, store.api.ledger, store.clock)


def void(store: Store, person: str, **what: object) -> VoidStanding:
    asked = VoidNumbers(**{"reason": BURNT, "block": "b1"} | what)  # type: ignore[arg-type]
    return store.api.void_numbers(store.token(person), asked)


def refused(store: Store, person: str, **what: object) -> str:
    with pytest.raises(ApiProblem) as problem:
        void(store, person, **what)
    return problem.value.problem.type


def reasons(store: Store) -> set[str]:
    table = schema.number_ledger
    with store.database.read() as connection:
        query = sa.select(table.c.reason).where(table.c.state == "void")
        return set(connection.scalars(query))


def test_a_desk_that_is_heard_keeps_its_numbers(store: Store) -> None:
    ann = store.desk("ann")
    ask(ann, "b1")
    store.clock.pass_by(timedelta(days=29))
    ann.token = store.token("ann")
    store.api.heartbeat(ann.token, Heartbeat(ann.outbox, ()))
    store.clock.pass_by(timedelta(days=29))
    assert keeper(store).strand_blocks() == []
    store.clock.pass_by(timedelta(days=1))
    assert keeper(store).strand_blocks() == ["b1"]
    assert keeper(store).strand_blocks() == []


def test_stranded_numbers_are_never_lent_again_even_when_given_back(
    store: Store, stranded: DeskOf
) -> None:
    give_back(stranded, "b1", 3)
    assert lease(store.desk("bob")).lo == 11
    assert totals(store) == {"issued": 2, "allocated": 18}
    report = store.receive().report
    assert stranded.do(crime(stranded, report, 3)).word == "accepted"
    assert verify(store.database) == []


def test_two_people_void_what_is_left_of_a_stranded_block(store: Store, stranded: DeskOf) -> None:
    assert void(store, "sue") == VoidStanding("block/b1", "Sue")
    assert void(store, "sue") == VoidStanding("block/b1", "Sue")
    assert totals(store) == {"issued": 2, "allocated": 8}
    assert void(store, "max") == VoidStanding("block/b1", "Sue", "Max", 8)
    assert totals(store) == {"issued": 2, "void": 8}
    words = "stranded, workstation W07; certified by Sue, confirmed by Max: " + BURNT
    assert reasons(store) == {words}
    assert refused(store, "sue") == "void-not-stranded"
    assert verify(store.database) == []


def test_one_number_is_void_by_a_supervisor_and_a_second_person(
    store: Store, stranded: DeskOf
) -> None:
    one = {"block": "", "series": SERIES, "serial": 3}
    assert void(store, "max", **one).confirmed_by == ""
    assert void(store, "sue", **one).voided == 1
    assert refused(store, "sue", **one) == "void-not-free"
    assert totals(store) == {"issued": 2, "allocated": 7, "void": 1}


@pytest.mark.parametrize(
    ("person", "what", "code"),
    [
        ("ann", {}, "role-not-yours"),
        ("sue", {"reason": "  "}, "void-reason"),
        ("sue", {"block": "b2"}, "block-unknown"),
        ("sue", {"block": "", "series": SERIES, "serial": 1}, "void-not-free"),
        ("sue", {"block": "", "series": SERIES, "serial": 99}, "number-unknown"),
    ],
)
def test_what_is_not_declared_void(
    store: Store, stranded: DeskOf, person: str, what: dict[str, object], code: str
) -> None:
    assert refused(store, person, **what) == code
    assert totals(store) == {"issued": 2, "allocated": 8}


def test_an_active_block_is_not_declared_void(store: Store) -> None:
    ask(store.desk("ann"), "b1")
    assert refused(store, "sue") == "void-not-stranded"


def test_blocks_of_last_year_are_closed_by_force_on_31_january(store: Store) -> None:
    store.clock.time = datetime(2026, 12, 20, tzinfo=UTC)
    ann = store.desk("ann")
    ask(ann, "old")
    lease(ann, "crime/2027")
    for day, expected in ((30, []), (31, ["old"])):
        store.clock.time = datetime(2027, 1, day, tzinfo=UTC)
        ann.token = store.token("ann")
        store.api.heartbeat(ann.token, Heartbeat(ann.outbox, ()))
        assert keeper(store).strand_blocks() == expected
