"""A batch's plain commands share a transaction, and each keeps its own outcome and place."""

import msgspec
import pytest

from tests.faults.storm_work import Depot
from workstation.store.database import Database
from workstation.store.verify import verify
from workstation.wire.protocol import CommandBatch, CommandReply, Outcome


@pytest.fixture(name="depot")
def a_depot(database: Database) -> Depot:
    """A store with a shift's work waiting."""
    return Depot(database, reports=4)


@pytest.mark.expects_log("cannot be read")
def test_a_batch_has_an_outcome_for_each_command_in_the_order_of_the_feed(
    depot: Depot, database: Database
) -> None:
    batch, token = _batch(depot)
    told = [_outcome(raw) for raw in depot.api.commands(token, batch).outcomes]
    assert [one.seq for one in told] == list(range(1, len(batch.commands) + 1))
    assert [one.position for one in told] == sorted({one.position for one in told})
    assert verify(database) == []


@pytest.mark.expects_log("cannot be read")
def test_a_batch_sent_again_with_more_gets_the_same_bytes(depot: Depot) -> None:
    batch, token = _batch(depot)
    part = CommandBatch(batch.outbox_id, batch.commands[:7])
    first = depot.api.commands(token, part)
    whole = depot.api.commands(token, batch)
    assert _bytes(whole)[:7] == _bytes(first)
    assert len(whole.outcomes) == whole.applied_upto == len(batch.commands)


def _batch(depot: Depot) -> tuple[CommandBatch, str]:
    shift = depot.shift(0, commands=16)
    bodies = tuple(msgspec.Raw(raw) for raw in shift.waiting["main"])
    return CommandBatch(shift.outboxes["main"], bodies), shift.session.token


def _bytes(reply: CommandReply) -> list[bytes]:
    return [bytes(raw) for raw in reply.outcomes]


def _outcome(raw: msgspec.Raw) -> Outcome:
    return msgspec.json.decode(raw, type=Outcome)
