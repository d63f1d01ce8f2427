"""The outbox: contiguous lanes, nothing without an outcome is ever deleted."""

import base64
import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from workstation.cache.outbox import Kept, Lane, Outbox
from workstation.cache.work import WorkFile
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.wire.aside import AsideEnvelope
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


@pytest.mark.invariant("I3")
def test_the_first_outcome_stands_and_a_repeat_changes_nothing(outbox: Outbox) -> None:
    one = put(outbox, "main")
    assert outbox.settle(told(one, "accepted"), NOW) is not None
    assert outbox.settle(told(one, "refused"), NOW) is None
    assert outbox.refused() == []


@pytest.mark.invariant("I1")
def test_retry_leaves_the_command_waiting(outbox: Outbox) -> None:
    one = put(outbox, "main")
    assert outbox.settle(told(one, "retry"), NOW) is None
    assert outbox.waiting() == 1


@pytest.mark.invariant("I5", "I7")
def test_only_old_accepted_commands_are_tidied_away(outbox: Outbox) -> None:
    accepted, refused, _waiting = (put(outbox, "main") for _ in range(3))
    outbox.settle(told(accepted, "accepted"), NOW)
    outbox.settle(told(refused, "refused"), NOW)
    outbox.tidy(NOW + timedelta(days=13), 99)
    assert len(outbox.since(0)) == 3
    outbox.tidy(NOW + timedelta(days=15), 0)
    assert len(outbox.since(0)) == 3, "the cache does not hold them yet"
    outbox.tidy(NOW + timedelta(days=15), 99)
    assert [kept.envelope.command_id for kept in outbox.refused()] == [refused.envelope.command_id]
    assert outbox.waiting() == 1
    outbox.settle_refused(refused.envelope.command_id, "Rang them.")
    outbox.tidy(NOW + timedelta(days=15), 99)
    assert outbox.waiting() == 1
    assert outbox.refused() == []


def test_a_store_restored_from_a_backup_gets_again_what_it_lost(outbox: Outbox) -> None:
    kept = [put(outbox, "main") for _ in range(3)]
    for one in kept:
        outbox.settle(told(one, "accepted"), NOW)
    before = [one.envelope for one in outbox.since(0)]
    outbox.send_again_from(outbox.outbox_id("main"), 2, NOW)
    batch = outbox.next_batch()
    assert batch is not None
    assert len(batch.bodies) == 2
    assert [one.envelope for one in outbox.since(0)] == before


@pytest.mark.fault("F23")
@pytest.mark.invariant("I3", "I7")
def test_a_command_keeps_its_name_and_words_in_a_new_outbox(outbox: Outbox) -> None:
    before = [put(outbox, "main").envelope for _ in range(3)]
    outbox.settle(told(outbox.since(0)[0], "accepted"), NOW)
    outbox.begin_anew()
    batch = outbox.next_batch()
    assert batch is not None
    moved = [msgspec.json.decode(body, type=Envelope) for body in batch.bodies]
    assert [one.seq for one in moved] == [1, 2]
    anew = [replace(one, outbox_id=batch.outbox_id, seq=n) for n, one in enumerate(before[1:], 1)]
    assert moved == anew


@pytest.mark.fault("F23", "F38")
@pytest.mark.invariant("I3")
def test_what_another_release_wrote_is_the_same_but_for_its_place_in_a_new_outbox(
    outbox: Outbox,
) -> None:
    put(outbox, "main")
    connection = outbox._file.connection
    ((raw,),) = connection.execute("SELECT body FROM outbox").fetchall()
    told = msgspec.json.decode(raw)
    told["command"] |= {"hazard": False, "words": "as they were called then"}
    connection.execute("UPDATE outbox SET body = ?", (msgspec.json.encode(told | {"v": 7}),))
    outbox.begin_anew()
    ((raw,),) = connection.execute("SELECT body FROM outbox").fetchall()
    here = {"outbox_id": outbox.outbox_id("main"), "seq": 1, "v": 7}
    assert msgspec.json.decode(raw) == told | here


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


@pytest.mark.invariant("I4", "I7")
def test_what_is_set_aside_keeps_its_bytes_and_its_place_and_is_noted_once(
    outbox: Outbox,
) -> None:
    first, _second = put(outbox, "main"), put(outbox, "main")
    batch = outbox.next_batch(most=1)
    assert batch is not None
    assert outbox.set_aside(batch, "Too odd.")
    assert not outbox.set_aside(batch, "Too odd.")
    again = outbox.next_batch()
    assert again is not None
    note = msgspec.json.decode(again.bodies[0], type=AsideEnvelope)
    assert (note.command_id, note.seq) == (first.envelope.command_id, 1)
    assert base64.b64decode(note.command.payload) == batch.bodies[0]
    assert note.command.sha256 == hashlib.sha256(batch.bodies[0]).hexdigest()
    assert len(again.bodies) == 2


def test_what_is_set_aside_moves_with_its_lane(outbox: Outbox) -> None:
    put(outbox, "main")
    batch = outbox.next_batch()
    assert batch is not None
    outbox.set_aside(batch, "Too odd.")
    outbox.begin_anew()
    moved = outbox.next_batch()
    assert moved is not None
    note = msgspec.json.decode(moved.bodies[0], type=AsideEnvelope)
    assert note.outbox_id == moved.outbox_id != batch.outbox_id


@pytest.mark.invariant("I5", "I40")
def test_what_was_refused_is_found_without_reading_all_that_was_done(outbox: Outbox) -> None:
    for _ in range(30):
        outbox.settle(told(put(outbox, "main"), "accepted"), NOW)
    refused = put(outbox, "main")
    outbox.settle(told(refused, "refused"), NOW)
    read: list[str] = []
    outbox._file.connection.set_trace_callback(read.append)
    assert [one.n for one in outbox.refused()] == [refused.n]
    outbox._file.connection.set_trace_callback(None)
    plan = outbox._file.connection.execute(f"EXPLAIN QUERY PLAN {read[0]}").fetchall()
    assert "outbox_refused" in str(plan)
