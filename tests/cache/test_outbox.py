"""The outbox: contiguous lanes, nothing without an outcome is ever deleted."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest

from workstation.cache.outbox import Kept, Lane, Outbox
from workstation.cache.work import WorkFile
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.wire.protocol import CommandId, Envelope, OutboxId, Outcome

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
numbers = count(1)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    """An empty outbox."""
    work = WorkFile(tmp_path / "work.db", bytes(32))
    yield Outbox(work, lambda: f"outbox-{next(numbers)}")
    work.close()


def test_each_lane_counts_on_its_own_and_urgent_leaves_first(outbox: Outbox) -> None:
    kept = [put(outbox, lane) for lane in ("main", "urgent", "main")]
    assert [one.envelope.seq for one in kept] == [1, 1, 2]
    batch = outbox.next_batch()
    assert batch is not None
    assert (batch.lane, len(batch.bodies)) == ("urgent", 1)


def test_the_first_outcome_stands_and_a_repeat_changes_nothing(outbox: Outbox) -> None:
    one = put(outbox, "main")
    assert outbox.settle(told(one, "accepted"), NOW) is not None
    assert outbox.settle(told(one, "refused"), NOW) is None
    assert outbox.refused() == []


def test_retry_leaves_the_command_waiting(outbox: Outbox) -> None:
    one = put(outbox, "main")
    assert outbox.settle(told(one, "retry"), NOW) is None
    assert outbox.waiting() == 1


def test_only_old_accepted_commands_are_tidied_away(outbox: Outbox) -> None:
    accepted, refused, _waiting = (put(outbox, "main") for _ in range(3))
    outbox.settle(told(accepted, "accepted"), NOW)
    outbox.settle(told(refused, "refused"), NOW)
    outbox.tidy(NOW + timedelta(days=13))
    assert len(outbox.since(0)) == 3
    outbox.tidy(NOW + timedelta(days=15))
    assert [kept.envelope.command_id for kept in outbox.refused()] == [refused.envelope.command_id]
    assert outbox.waiting() == 1
    outbox.settle_refused(refused.envelope.command_id, "Rang them.")
    outbox.tidy(NOW + timedelta(days=15))
    assert outbox.waiting() == 1
    assert outbox.refused() == []


def test_a_store_restored_from_a_backup_gets_again_what_it_lost(outbox: Outbox) -> None:
    kept = [put(outbox, "main") for _ in range(3)]
    for one in kept:
        outbox.settle(told(one, "accepted"), NOW)
    before = [one.envelope for one in outbox.since(0)]
    outbox.send_again_from(outbox.outbox_id("main"), 2)
    batch = outbox.next_batch()
    assert batch is not None
    assert len(batch.bodies) == 2
    assert [one.envelope for one in outbox.since(0)] == before


def put(outbox: Outbox, lane: Lane) -> Kept:
    """A note at the end of a lane."""
    return outbox.add(lane, lane == "urgent", envelope)


def envelope(outbox: OutboxId, seq: int) -> Envelope:
    """A note under this sequence number."""
    return Envelope(
        command_id=CommandId(f"command-{next(numbers)}"),
        outbox_id=outbox,
        seq=seq,
        author=PersonId("ann"),
        workstation="W01",
        made_at=NOW,
        pack="",
        command=AddNote(report=ReportId("r1"), text="words"),
    )


def told(kept: Kept, word: str) -> bytes:
    """The store's word on it."""
    outcome = Outcome(
        command_id=kept.envelope.command_id,
        seq=kept.envelope.seq,
        word=word,  # type: ignore[arg-type]  # one of the three words
        position=1,
    )
    return msgspec.json.encode(outcome)
