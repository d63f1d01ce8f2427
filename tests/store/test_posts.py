"""Of several processes on one database one keeps time, and another when that one is gone."""

import queue
from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from tests.store.conftest import Store
from workstation.domain.report import ReportId
from workstation.store import posts, schema, timekeeper
from workstation.store.serving import Background, Service
from workstation.store.timekeeper import Timekeeper


@pytest.mark.invariant("I41")
def test_of_two_services_one_acts_until_it_ends_and_then_the_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: queue.Queue[Timekeeper] = queue.Queue()

    def look(keeper: Timekeeper) -> list[ReportId]:
        looks.put(keeper)
        return []

    monkeypatch.setattr(timekeeper, "LOOKS_EVERY_S", 0.01)
    monkeypatch.setattr(Timekeeper, "detach_silent", look)
    services = [Service(store.api, store.database, store.clock) for _ in range(2)]
    running = {service._timekeeper: ExitStack() for service in services}
    for service in services:
        running[service._timekeeper].enter_context(Background(service))
    seen = {looks.get(timeout=10) for _ in range(10)}
    assert len(seen) == 1
    acting = seen.pop()
    running.pop(acting).close()
    while looks.get(timeout=10) is acting:
        pass
    running.popitem()[1].close()


@pytest.fixture
def keepers(store: Store) -> tuple[Timekeeper, Timekeeper]:
    """The timekeepers of two processes."""
    first, second = (Timekeeper(store.database, store.api.ledger, store.clock) for _ in range(2))
    return first, second


@pytest.mark.invariant("I41")
def test_a_post_is_kept_until_its_holder_falls_silent(
    keepers: tuple[Timekeeper, Timekeeper], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = keepers
    assert first.is_elected()
    assert not second.is_elected()
    assert first.is_elected()
    monkeypatch.setattr(timekeeper, "HELD_FOR_S", -1.0)
    assert first.is_elected()
    monkeypatch.undo()
    assert second.is_elected()
    assert not first.is_elected()


def test_a_process_that_ends_leaves_its_post_to_another_at_once(
    keepers: tuple[Timekeeper, Timekeeper],
) -> None:
    first, second = keepers
    with first:
        assert first.is_elected()
        assert not second.is_elected()
    assert second.is_elected()


def test_nobody_gives_up_what_another_holds(store: Store) -> None:
    with store.database.write() as connection:
        assert posts.take(connection, "watch", "one", 30)
        posts.give_up(connection, "watch", "two")
        assert not posts.take(connection, "watch", "two", 30)
        assert posts.take(connection, "another watch", "two", 30)


@pytest.mark.fault("F16")
@pytest.mark.invariant("I41")
def test_who_died_before_the_clock_was_set_back_holds_a_post_no_longer(store: Store) -> None:
    with store.database.write() as connection:
        assert posts.take(connection, "watch", "dead", 30)
        an_hour_ahead = sa.update(schema.post).values(until=schema.post.c.until + 3600)
        connection.execute(an_hour_ahead)
        assert posts.take(connection, "watch", "living", 30)
        assert not posts.take(connection, "watch", "another", 30)
