"""A PC's clock that is set while the line is down moves no time on record, and it is said."""

from datetime import timedelta

import pytest

from tests.flow.test_number_blocks import call
from tests.flow.test_numbers import NOBODY, offence
from tests.flow.test_sure_claims import TwoClocks
from tests.world import Station, World
from workstation.desk import LinkState
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify

LEAPS = [timedelta(days=400), -timedelta(days=400), timedelta(hours=3), -timedelta(minutes=40)]


@pytest.fixture
def clock(world: World) -> TwoClocks:
    """The clock of Ann's PC, off by 90 seconds from the first."""
    clock = TwoClocks(world)
    clock.jump(wall=timedelta(seconds=90))
    return clock


@pytest.fixture
def ann(world: World, clock: TwoClocks) -> Station:
    """Ann's workstation, in step with the store and then cut off."""
    ann = world.station("ann", "W01", clock)
    assert ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    return ann


def both(world: World, clock: TwoClocks, length: timedelta) -> None:
    """Time goes by for everybody."""
    world.clock.time += length
    clock.jump(length, length)


def noted(station: Station, id: ReportId, words: str) -> object:
    """When a note now made on this desk is said to be made."""
    station.do(AddNote(report=id, text=words))
    return next(one.entry.at for one in station.desk.entries(id) if one.entry.text == words)


@pytest.mark.fault("F15")
@pytest.mark.invariant("I28")
@pytest.mark.parametrize("leap", LEAPS, ids=str)
def test_a_leap_while_the_line_is_down_moves_no_year_and_no_time(
    world: World, clock: TwoClocks, ann: Station, leap: timedelta
) -> None:
    id = call(ann)
    clock.jump(wall=leap)
    both(world, clock, timedelta(minutes=5))
    ann.desk.tick()
    assert ann.desk.record_crime(id, offence(ann), NOBODY) == "35/1/26"
    assert noted(ann, id, "Rang back") == world.clock.time
    ann.line.is_cut = False
    assert ann.exchange()
    assert ann.desk.attention() == ()
    assert [crime.number for crime in world.states()[id].crimes] == ["35/1/26"]
    assert verify(world.database) == []


@pytest.mark.fault("F15")
def test_a_program_started_again_after_a_leap_goes_on_with_the_same_time(
    world: World, clock: TwoClocks, ann: Station
) -> None:
    clock.jump(wall=timedelta(days=400))
    ann.desk.tick()
    ann.restart()
    both(world, clock, timedelta(minutes=5))
    assert noted(ann, call(ann), "Rang back") == world.clock.time


@pytest.mark.fault("F15")
def test_a_leap_is_told_until_the_clock_is_set_back_or_the_store_says_what_time_it_is(
    world: World, clock: TwoClocks, ann: Station
) -> None:
    told: list[timedelta] = []

    def tell(link: LinkState) -> None:
        if not told or told[-1] != link.leapt:
            told.append(link.leapt)

    ann.desk.link_changed.connect(tell)
    for leap in (timedelta(hours=3), -timedelta(hours=3), -timedelta(hours=1)):
        clock.jump(wall=leap)
        ann.desk.tick()
    ann.line.is_cut = False
    assert ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    hours = [length / timedelta(hours=1) for length in told]
    assert hours == [3, 0, -1, 0]
    assert noted(ann, call(ann), "Rang back") == world.clock.time


@pytest.mark.fault("F17")
def test_sleep_is_no_leap_for_the_count_goes_on(
    world: World, clock: TwoClocks, ann: Station
) -> None:
    both(world, clock, timedelta(hours=8))
    ann.desk.tick()
    assert ann.desk.link().leapt == timedelta()
    assert noted(ann, call(ann), "Rang back") == world.clock.time
