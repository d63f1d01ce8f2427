"""Blocks given back while a profile was away, or unknown to the store: none is spoken from again.

An old copy of a profile believes what is long over. Only what is kept apart from it, or the store,
can say that a block is this desk's still.
"""

import pytest
from msgspec import convert

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_number_blocks import CRIME, call, left, reference, totals
from tests.flow.test_numbers import NOBODY, offence
from tests.flow.test_wound_back import copied, given, put_back
from tests.world import Station, World
from workstation.cache.marks import Mark
from workstation.desk.exchange import Exchange
from workstation.domain.refusal import Refusal
from workstation.store import numbers
from workstation.store.verify import verify
from workstation.sync.marks import HeldMarks
from workstation.wire.protocol import LeaseBlock, LeasedBlock

BEGUN = "a new epoch"
LOST = "was lent in the time this store has lost"


def asked_about(station: Station) -> list[str]:
    """The blocks the store is asked about from now on."""
    asked: list[str] = []
    through = station.line.lease_block

    def lease_block(token: str, ask: LeaseBlock) -> LeasedBlock:
        asked.extend([ask.block] if not ask.size else [])
        return through(token, ask)

    station.line.lease_block = lease_block  # type: ignore[method-assign]
    return asked


def mark_of(station: Station) -> Mark:
    assert station.marks is not None
    mark = station.marks.read()
    assert mark is not None
    return mark


def keyring_with(mark: Mark) -> HeldMarks:
    marks = HeldMarks()
    marks.keep(mark)
    return marks


@pytest.fixture(params=["kept", "lost"])
def keyring_is(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def wound_back(world: World, ann: Station, bob: Station, keyring_is: str) -> list[str]:
    """Ann's profile is put back to when it held blocks that Bob has by now; what Bob said."""
    report = world.a_day()[0]
    ann.exchange()
    old = copied(ann)
    ann.desk.give_back_numbers()
    assert ann.exchange()
    bob.exchange()
    told = [str(given(bob, report)), reference(bob, call(bob, "Bob's caller"))]
    if keyring_is == "lost":
        ann.marks = HeldMarks()
    put_back(ann, old)
    return told


@pytest.mark.fault("F23", "F33")
@pytest.mark.invariant("I23", "I27")
def test_a_block_that_was_given_back_since_is_not_issued_from_off_the_line(
    world: World, ann: Station, wound_back: list[str]
) -> None:
    report = min(world.states())
    ann.line.is_cut = True
    refused = given(ann, report)
    assert isinstance(refused, Refusal)
    assert "Connect to the store" in refused.sentence
    assert reference(ann, call(ann)) == "W01-ann-0001"
    ann.restart()
    assert isinstance(given(ann, report), Refusal)
    ann.line.is_cut = False
    assert ann.exchange()
    assert ann.exchange()
    told = [str(given(ann, report)), reference(ann, call(ann))]
    assert ann.exchange()
    assert bool(set(told) & set(wound_back)) is False
    assert verify(world.database) == []


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
@pytest.mark.parametrize("keyring_is", ["kept"], indirect=True)
def test_a_keyring_that_was_put_back_too_is_put_right_by_the_store(
    world: World, ann: Station, wound_back: list[str], keyring_is: str
) -> None:
    lent = {id: at for id, _, at in ann.desk.stock.work.read("SELECT id, series, lo FROM block")}
    ann.marks = keyring_with(Mark(mark_of(ann).lanes, lent))
    ann.restart()
    assert left(ann, CRIME) == 10, keyring_is
    assert ann.exchange()
    assert left(ann, CRIME) == 0
    assert ann.exchange()
    assert given(ann, min(world.states())) not in wound_back
    assert ann.exchange()
    assert verify(world.database) == []


@pytest.mark.invariant("I25")
def test_a_desk_whose_mark_is_whole_starts_off_the_line_and_issues_on(
    world: World, ann: Station
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    given(ann, report)
    ann.line.is_cut = True
    ann.restart()
    assert [given(ann, report), reference(ann, call(ann))] == ["35/2/26", "CC-22112026-0006"]
    ann.restart()
    assert [given(ann, report), reference(ann, call(ann))] == ["35/3/26", "CC-22112026-0007"]


def test_a_desk_without_a_mark_gets_other_numbers_once_the_store_was_heard(
    world: World, ann: Station
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    given(ann, report)
    assert ann.exchange()
    ann.marks = HeldMarks()
    ann.restart()
    assert isinstance(given(ann, report), Refusal)
    assert ann.desk.link().blocks_left == 0
    assert ann.exchange()
    assert given(ann, report) == "35/11/26"
    assert totals(world, CRIME) == {"issued": 1, "allocated": 19}


def test_the_store_is_asked_once_about_each_block_after_each_start(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    held = {row[0] for row in ann.desk.stock.work.read("SELECT id FROM block")}
    for _ in range(2):
        ann.restart()
        asked = asked_about(ann)
        for _ in range(3):
            assert ann.exchange()
        assert (len(asked), set(asked)) == (2, held)
        del ann.line.lease_block


@pytest.mark.fault("F2", "F33")
@pytest.mark.invariant("I27")
def test_what_goes_back_leaves_the_mark_before_the_store_hears_of_it(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    ann.desk.tick()
    assert len(mark_of(ann).blocks) == 2
    ann.desk.give_back_numbers()
    _, wants = Exchange(ann.desk).lease_wants()
    assert len([one for one in wants if one.returns]) == 2
    assert mark_of(ann).blocks == {}


@pytest.mark.fault("F36")
@pytest.mark.invariant("I23", "I26")
@pytest.mark.expects_log(BEGUN)
@pytest.mark.expects_log(LOST)
def test_a_restored_store_that_knows_no_block_lends_another_and_what_was_spoken_stands(
    world: World, ann: Station
) -> None:
    report = world.a_day()[0]
    restore = backup_of(world)
    ann.exchange()
    ann.desk.claim_if_free(report)
    spoken = given(ann, report)
    restore()
    begin_epoch(world)
    assert ann.exchange()
    assert ann.exchange()
    assert left(ann, CRIME) == 10
    again = given(ann, report)
    assert ann.exchange()
    assert again not in (spoken, "35/2/26")
    assert {c.number for c in world.states()[report].crimes} == {spoken, again}
    assert verify(world.database) == []


@pytest.mark.fault("F38")
def test_a_mark_of_the_release_before_is_read_and_numbers_wait_for_the_store(
    world: World, ann: Station
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    old = {"lanes": mark_of(ann).lanes, "serials": {CRIME: 1}}
    ann.marks = keyring_with(convert(old, Mark))
    ann.restart()
    assert isinstance(ann.desk.record_crime(report, offence(ann), NOBODY), Refusal)
    assert ann.exchange()
    assert isinstance(given(ann, report), str)


@pytest.mark.fault("F23")
@pytest.mark.invariant("I27")
def test_a_copy_that_is_not_sure_of_its_numbers_gives_none_of_them_back(
    world: World, ann: Station
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    old = copied(ann)
    ann.line.is_cut = True
    spoken = given(ann, report)  # and lost with the disk before the store heard of it
    ann.marks = HeldMarks()
    put_back(ann, old)
    ann.desk.give_back_numbers()
    ann.line.is_cut = False
    assert ann.exchange()
    assert isinstance(spoken, str)
    with world.database.read() as connection:
        row = numbers.row_of_number(connection, "crime", spoken)
    assert row is not None
    assert row.state == "allocated"
