"""What an outbox makes of the store's word on how far it is settled, and with which commands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cache.test_outbox import NOW, numbers, put, told
from workstation.cache.outbox import Outbox, turn_of
from workstation.cache.resuming import Resumed, Resuming
from workstation.cache.work import WorkFile
from workstation.wire.protocol import OutboxId
from workstation.wire.resuming import Settled

PARTED = Resumed(wound_back=True)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[WorkFile]:
    """An empty work file."""
    work = WorkFile(tmp_path / "work.db", bytes(32))
    yield work
    work.close()


@pytest.fixture
def outbox(file: WorkFile) -> Outbox:
    return Outbox(file, lambda: f"outbox-{next(numbers)}")


def settled_here(outbox: Outbox, count: int) -> tuple[OutboxId, list[str]]:
    """So many notes that the store settled: their outbox, and what they are called."""
    kept = [put(outbox, "main") for _ in range(count)]
    for one in kept:
        outbox.settle(told(one, "accepted"), NOW)
    return outbox.outbox_id("main"), [one.envelope.command_id for one in kept]


def waiting(outbox: Outbox) -> list[str]:
    batch = outbox.next_batch()
    kept = [one for one in outbox.since(0) if one.outcome is None]
    assert len(kept) == (len(batch.bodies) if batch else 0)
    return [one.envelope.command_id for one in kept]


@pytest.mark.fault("F24")
@pytest.mark.invariant("I1")
@pytest.mark.parametrize("at", range(4))
def test_from_where_others_stand_in_the_place_of_ours_ours_goes_again(
    file: WorkFile, outbox: Outbox, at: int
) -> None:
    id, mine = settled_here(outbox, 4)
    others = [f"other-{n}" for n in range(at, 4)]
    there = Settled(4, (*mine[:at], *others))
    assert Resuming(file, outbox).compare({id: there}, NOW) == Resumed(4 - at, wound_back=True)
    assert waiting(outbox) == mine[at:]
    assert outbox.outbox_id("main") != id
    assert [one.envelope.seq for one in outbox.since(0)][at:] == list(range(1, 5 - at))
    assert Resuming(file, outbox).compare({id: there}, NOW) == Resumed()


@pytest.mark.fault("F24")
def test_what_came_through_between_others_is_not_sent_again(
    file: WorkFile, outbox: Outbox
) -> None:
    id, mine = settled_here(outbox, 4)
    there = Settled(4, (mine[0], "other", mine[2], "another"))
    assert Resuming(file, outbox).compare({id: there}, NOW).wound_back
    assert waiting(outbox) == [mine[1], mine[3]]


@pytest.mark.fault("F24")
@pytest.mark.invariant("I1")
def test_what_the_store_no_longer_names_goes_again_once_the_outbox_is_anothers(
    file: WorkFile, outbox: Outbox
) -> None:
    id, mine = settled_here(outbox, 3)
    there = Settled(200, tuple(f"other-{n}" for n in range(100)))
    assert Resuming(file, outbox).compare({id: there}, NOW) == PARTED
    assert waiting(outbox) == mine


@pytest.mark.fault("F23")
@pytest.mark.invariant("I3")
def test_an_old_copy_of_a_profile_sends_nothing_again_that_the_store_names(
    file: WorkFile, outbox: Outbox
) -> None:
    id, mine = settled_here(outbox, 3)
    there = Settled(5, (*mine, "later", "latest"))
    assert Resuming(file, outbox).compare({id: there}, NOW) == PARTED
    assert waiting(outbox) == []
    assert outbox.outbox_id("main") != id


@pytest.mark.parametrize("names", ["all", "none", "holes"])
def test_an_outbox_that_is_ones_own_stays(file: WorkFile, outbox: Outbox, names: str) -> None:
    id, mine = settled_here(outbox, 3)
    told_of = {"all": tuple(mine), "none": (), "holes": ("", "", mine[2])}[names]
    assert Resuming(file, outbox).compare({id: Settled(3, told_of)}, NOW) == Resumed()
    assert (outbox.outbox_id("main"), waiting(outbox)) == (id, [])


@pytest.mark.fault("F23", "F24")
@pytest.mark.invariant("I1", "I23")
def test_whichever_lane_tells_of_a_copy_both_go_on_anew_and_lose_nothing(
    file: WorkFile, outbox: Outbox
) -> None:
    main, mine = settled_here(outbox, 3)
    urgent = outbox.outbox_id("urgent")
    file.connection.execute("INSERT INTO block VALUES ('b', 'incident/2026-11-22', 1, 5, 1)")
    there = Settled(200, tuple(f"other-{n}" for n in range(100)))
    word = {urgent: Settled(1, ("another",)), main: there}
    assert Resuming(file, outbox).compare(word, NOW) == PARTED
    assert waiting(outbox) == mine
    assert not {main, urgent} & {outbox.outbox_id("main"), outbox.outbox_id("urgent")}
    assert file.connection.execute("SELECT count(*) FROM block").fetchone() == (0,)
    assert turn_of(file) == 1


def test_the_store_is_asked_about_both_lanes_though_neither_was_used(
    file: WorkFile, outbox: Outbox
) -> None:
    lanes = {outbox.outbox_id("urgent"), outbox.outbox_id("main")}
    assert set(Resuming(file, outbox).outboxes()) == lanes
