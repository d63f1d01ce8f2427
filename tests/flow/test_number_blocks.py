"""Numbers are lent ahead and given back: whatever is cut off meanwhile, none is lost or reused."""

import pytest
import sqlalchemy as sa

from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.desk.numbering import Numbering
from workstation.domain.refusal import Refusal
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.store import numbers, schema
from workstation.store.verify import verify
from workstation.sync.transport import LinkDown
from workstation.wire.protocol import LeaseBlock, LeasedBlock

CRIME = "crime/2026"
TODAY, TOMORROW = "incident/2026-11-22", "incident/2026-11-23"


def lost_replies(station: Station, *, returns: bool) -> list[LeaseBlock]:
    """Lose the reply to each lease, or to each return; what was asked meanwhile."""
    asked: list[LeaseBlock] = []
    through = station.line.lease_block

    def lease_block(token: str, ask: LeaseBlock) -> LeasedBlock:
        reply = through(token, ask)
        if bool(ask.returns) is returns:
            asked.append(ask)
            raise LinkDown("The reply was lost.")
        return reply

    station.line.lease_block = lease_block  # type: ignore[method-assign]
    return asked


def mend(station: Station) -> None:
    del station.line.lease_block


def numbering(station: Station) -> Numbering:
    return Numbering(station.desk.stock, station.desk.person)


def totals(world: World, series: str) -> dict[str, int]:
    with world.database.read() as connection:
        return {state: n for name, state, n in numbers.totals(connection) if name == series}


def left(station: Station, series: str) -> int:
    return station.desk.stock.blocks.left(series)


def call(station: Station, words: str = "A call") -> ReportId:
    id = station.desk.take_contact(Channel.CALL_101, words, Facts(), Location())
    assert not isinstance(id, Refusal)
    return id


def reference(station: Station, id: ReportId) -> str:
    shown = station.desk.report(id)
    assert shown is not None
    return shown.report.reference


@pytest.mark.fault("F2", "F33")
def test_a_lost_reply_to_a_lease_strands_no_number(world: World, ann: Station) -> None:
    asked = lost_replies(ann, returns=False)
    assert not ann.exchange()
    ann.restart()
    assert not ann.exchange()
    assert len({ask.block for ask in asked}) == 1
    mend(ann)
    assert ann.exchange()
    assert totals(world, CRIME) == {"allocated": 10}
    assert left(ann, CRIME) == 10


def test_a_contact_taken_offline_has_its_incident_number_at_once(
    world: World, ann: Station
) -> None:
    ann.exchange()
    ann.line.is_cut = True
    taken = [call(ann) for _ in range(6)]
    shown = [reference(ann, id) for id in taken]
    assert shown == [*(f"CC-22112026-000{n}" for n in range(1, 6)), "W01-ann-0001"]
    ann.line.is_cut = False
    assert ann.exchange()
    there = world.states()
    assert [there[id].incident_number for id in taken] == [*shown[:5], "CC-22112026-0006"]
    assert there[taken[5]].local_reference == "W01-ann-0001"
    assert [row.id for row in ann.desk.find_rows("W01-ann-0001")] == [taken[5]]
    assert totals(world, TODAY) == {"issued": 6, "allocated": 5}
    assert verify(world.database) == []


def test_colleagues_at_one_pc_give_no_reference_twice(world: World, ann: Station) -> None:
    bob = world.station("bob", "W01")
    for station in (ann, bob):
        station.line.is_cut = True
    shown = [reference(station, call(station)) for station in (ann, bob, ann, bob)]
    assert shown == ["W01-ann-0001", "W01-bob-0001", "W01-ann-0002", "W01-bob-0002"]


@pytest.mark.fault("F33")
def test_tomorrows_numbers_come_in_the_evening_and_yesterdays_go_back(
    world: World, ann: Station
) -> None:
    ann.exchange()
    assert (left(ann, TODAY), left(ann, TOMORROW)) == (5, 0)
    world.clock.pass_by(hours=10)
    ann.exchange()
    assert left(ann, TOMORROW) == 5
    ann.line.is_cut = True
    late = call(ann)
    world.clock.pass_by(hours=4, minutes=1)
    early = call(ann)
    assert reference(ann, late) == "CC-22112026-0001"
    assert reference(ann, early) == "CC-23112026-0001"
    ann.line.is_cut = False
    world.clock.pass_by(hours=1)
    ann.credentials.keep(ann.line.sign_in(ann.ask))
    assert ann.exchange()
    assert totals(world, TODAY) == {"issued": 1, "returned": 4}
    assert reference(ann, late) == "CC-22112026-0001"
    assert verify(world.database) == []


@pytest.mark.invariant("I27")
def test_numbers_given_back_are_lent_to_the_next_and_were_never_shown(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    shown = ann.desk.record_crime(id, offence(ann), NOBODY)
    numbering(ann).give_back()
    assert isinstance(ann.desk.record_crime(id, offence(ann), NOBODY), Refusal)
    assert ann.exchange()
    assert totals(world, CRIME) == {"issued": 1, "returned": 9}
    bob.exchange()
    given = bob.desk.record_crime(id, offence(bob), NOBODY)
    assert (shown, given) == ("35/1/26", "35/2/26")
    assert ann.desk.stock.blocks.closing() == []
    ann.restart()
    ann.exchange()
    assert left(ann, CRIME) == 10


@pytest.mark.fault("F2")
@pytest.mark.invariant("I23", "I27")
def test_a_block_is_not_issued_from_while_it_goes_back_whatever_is_lost(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    numbering(ann).give_back()
    ann.restart()
    assert isinstance(ann.desk.record_crime(id, offence(ann), NOBODY), Refusal)
    lost_replies(ann, returns=True)
    assert not ann.exchange()
    bob.exchange()
    assert bob.desk.record_crime(id, offence(bob), NOBODY) == "35/1/26"
    ann.restart()
    mend(ann)
    assert ann.exchange()
    assert ann.desk.stock.blocks.closing() == []
    assert ann.exchange()
    assert ann.desk.record_crime(id, offence(ann), NOBODY) == "35/11/26"
    assert bob.exchange()
    assert verify(world.database) == []


def test_what_was_asked_for_and_given_back_before_the_answer_is_not_used(
    world: World, ann: Station
) -> None:
    lost_replies(ann, returns=False)
    assert not ann.exchange()
    numbering(ann).give_back()
    mend(ann)
    assert ann.exchange()
    assert totals(world, CRIME) == {"returned": 10}
    assert left(ann, CRIME) == 0


def test_giving_back_by_the_palette_is_kept_and_leaves(world: World, ann: Station) -> None:
    ann.exchange()
    assert ann.desk.give_back_numbers() is None
    assert ann.desk.link().blocks_left == 0
    assert ann.exchange()
    assert totals(world, CRIME) == {"returned": 10}
    assert totals(world, TODAY) == {"returned": 5}
    assert reference(ann, call(ann)) == "W01-ann-0001"


def test_a_supervisor_loads_fifty_before_the_store_is_taken_down(world: World) -> None:
    sue = world.station("sue", "W09")
    sue.exchange()
    assert sue.desk.load_numbers() is None
    assert sue.exchange()
    assert left(sue, CRIME) == 60
    sue.desk.load_numbers()
    assert sue.exchange()
    assert sue.exchange()
    assert left(sue, CRIME) == 60
    assert totals(world, CRIME) == {"allocated": 60}
    with world.database.read() as connection:
        blocks = sa.select(sa.func.count()).where(schema.number_block.c.series == CRIME)
        assert connection.scalar(blocks) == 2
