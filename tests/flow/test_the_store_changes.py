"""The store goes back in time, changes its pack, or says another time than this PC."""

import msgspec
import pytest
import sqlalchemy as sa

from tests.world import HandClock, Station, World, cambridgeshire, listed
from workstation.desk import QueueFilter
from workstation.domain.packing import decode_pack, encode_pack, pack_hash
from workstation.domain.story import AddNote
from workstation.store import schema
from workstation.store.founding import change_pack


@pytest.mark.invariant("I7", "I12")
def test_a_new_epoch_fills_the_cache_anew_and_keeps_work(world: World, ann: Station) -> None:
    ids = world.a_day()
    ann.exchange()
    ann.do(AddNote(report=ids[0], text="Unsent"))
    with world.database.write() as connection:
        connection.execute(sa.update(schema.feed_head).values(epoch="after the restore"))
    assert ann.exchange()
    assert ann.desk.stock.shelf.standing().epoch == "after the restore"
    assert len(listed(ann.desk, QueueFilter(view="all"))) == len(ids)
    assert ann.desk.entries(ids[0])[-1].entry.text == "Unsent"


def test_another_pack_comes_into_force_at_the_next_exchange(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    pack = decode_pack(cambridgeshire())
    sooner = msgspec.structs.replace(pack.promises, initial_check_minutes=3)
    change_pack(world.database, encode_pack(msgspec.structs.replace(pack, promises=sooner)))
    due = ann.desk.rows([id])[0].due_at
    assert ann.exchange()
    assert ann.desk.pack.promises.initial_check_minutes == 3
    assert due is not None
    assert (ann.desk.rows([id])[0].due_at or due) < due
    assert ann.restart().pack.promises.initial_check_minutes == 3


def test_a_slow_clock_is_corrected_by_the_stores(world: World) -> None:
    id = world.a_day()[0]
    slow = HandClock()
    slow.pass_by(minutes=-4)
    ann = world.station("ann", "W01", slow)
    ann.exchange()
    assert abs((ann.desk.clock.now() - world.clock.now()).total_seconds()) < 1
    ann.do(AddNote(report=id, text="Now"))
    ann.exchange()
    assert (world.clock.now() - ann.desk.entries(id)[-1].entry.at).total_seconds() < 1


@pytest.mark.fault("F38")
@pytest.mark.invariant("I39")
def test_a_pack_of_a_later_release_is_read_as_far_as_it_is_understood(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    change_pack(world.database, _with(cambridgeshire(), b'"moon_phase":"full"'))
    assert ann.exchange()
    assert ann.restart().pack.force == "cambridgeshire"


@pytest.mark.fault("F38")
@pytest.mark.invariant("I37", "I39")
def test_a_pack_that_cannot_be_read_keeps_news_out_and_no_work_in(
    world: World, ann: Station
) -> None:
    ids = world.a_day()
    ann.exchange()
    _put_unreadable_pack(world)
    ann.do(AddNote(report=ids[0], text="Still leaves"))
    assert not ann.exchange()
    assert "cannot be read by this program" in ann.desk.link().problem
    assert ann.desk.link().waiting == 0
    assert len(listed(ann.desk, QueueFilter(view="all"))) == len(ids)
    change_pack(world.database, cambridgeshire())
    assert ann.exchange()
    assert ann.desk.entries(ids[0])[-1].entry.text == "Still leaves"


def _with(document: bytes, more: bytes) -> bytes:
    return document[:-1] + b"," + more + b"}"


def _put_unreadable_pack(world: World) -> None:
    """As a store of a later release would serve it: no band of today's has that number."""
    later = _with(cambridgeshire().replace(b'"band":2', b'"band":99', 1), b'"later":1')
    with world.database.write() as connection:
        connection.execute(sa.insert(schema.pack).values(hash=pack_hash(later), bytes=later))
        mine = sa.update(schema.meta).where(schema.meta.c.name == "pack")
        connection.execute(mine.values(value=pack_hash(later)))
