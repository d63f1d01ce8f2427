"""One crime numbered on two desks without the line: both stand, then a person merges them."""

import pytest
import sqlalchemy as sa

from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.domain.claiming import ClaimReport
from workstation.domain.merging import MergeCrimes
from workstation.store import schema
from workstation.store.verify import verify


def state_of(world: World, number: str) -> tuple[str, str]:
    table = schema.number_ledger
    query = sa.select(table.c.state, table.c.reason).where(table.c.number == number)
    with world.database.read() as connection:
        state, reason = connection.execute(query).one()
        return state, reason


@pytest.mark.fault("F32")
@pytest.mark.invariant("I26")
def test_one_crime_with_numbers_of_two_desks_is_merged_by_a_person_and_both_find_it(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    ann.do(ClaimReport(report=id))
    for station in (ann, bob):
        station.line.is_cut = True
    first = ann.desk.record_crime(id, offence(ann), NOBODY)
    second = bob.desk.record_crime(id, offence(bob), NOBODY)
    for station in (ann, bob, ann):
        station.line.is_cut = False
        assert station.exchange()
    assert state_of(world, str(second)) == ("issued", "")
    shown = ann.desk.report(id)
    assert shown is not None
    ((one, other),) = shown.report.possible_doubles
    assert (one.number, other.number) == (first, second)
    assert "possible double" in ann.desk.rows([id])[0].flags
    ann.do(MergeCrimes(report=id, main=one.id, other=other.id, reason="The same bicycle"))
    for station in (ann, bob):
        assert station.exchange()
    assert state_of(world, str(first)) == ("issued", "")
    assert state_of(world, str(second)) == ("alias", f"{first}: The same bicycle")
    for station in (ann, bob):
        for number in (first, second):
            assert [row.id for row in station.desk.find_rows(str(number))] == [id]
        assert station.desk.attention() == ()
    assert world.states()[id].possible_doubles == ()
    assert verify(world.database) == []
