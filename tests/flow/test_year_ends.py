"""Numbers over midnight in London: the year and day of the act, whatever anybody's clock says."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.flow.test_number_blocks import call, left, reference, totals
from tests.flow.test_numbers import NOBODY, offence
from tests.world import HandClock, Station, World
from workstation.domain.numbers import said_near_midnight
from workstation.domain.report import ReportId
from workstation.store.verify import verify

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)
TENTH = timedelta(seconds=0.1)


def at(world: World, time: datetime) -> None:
    world.clock.time = time


def ready(world: World, station: Station, time: datetime) -> ReportId:
    """A report on a desk that has its numbers and is cut off at this time."""
    at(world, time - timedelta(hours=3))
    station.credentials.keep(station.line.sign_in(station.ask))
    assert station.exchange()
    station.line.is_cut = True
    at(world, time)
    return call(station)


def on_line(station: Station) -> None:
    station.line.is_cut = False
    station.credentials.keep(station.line.sign_in(station.ask))
    assert station.exchange()


def test_a_tenth_of_a_second_before_the_new_year_is_the_old_year(
    world: World, ann: Station
) -> None:
    id = ready(world, ann, NEW_YEAR - TENTH)
    old = ann.desk.record_crime(id, offence(ann), NOBODY)
    at(world, NEW_YEAR)
    new = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert (old, new) == ("35/1/26", "35/1/27")
    shown = ann.desk.report(id)
    assert shown is not None
    said = [said_near_midnight(ann.desk.pack, "crime", one.at) for one in shown.report.crimes]
    assert [words[-5:] for words in said] == ["2026.", "2027."]
    assert said_near_midnight(ann.desk.pack, "crime", NEW_YEAR + timedelta(seconds=9)) == ""
    on_line(ann)
    assert ann.desk.attention() == ()
    assert totals(world, "crime/2026")["issued"] == totals(world, "crime/2027")["issued"] == 1
    assert verify(world.database) == []


def test_next_years_numbers_are_held_from_the_first_of_december(
    world: World, ann: Station
) -> None:
    ann.exchange()
    assert left(ann, "crime/2027") == 0
    at(world, datetime(2026, 12, 1, 0, 1, tzinfo=UTC))
    on_line(ann)
    assert left(ann, "crime/2027") == 10


def test_a_store_whose_clock_is_behind_takes_the_new_years_number(world: World) -> None:
    desk_clock = HandClock()
    ann = world.station("ann", "W01", desk_clock)
    world.clock.time = desk_clock.time = NEW_YEAR - timedelta(hours=1)
    ann.credentials.keep(ann.line.sign_in(ann.ask))
    assert ann.exchange()
    id = call(ann)
    world.clock.time = NEW_YEAR - timedelta(seconds=2)
    desk_clock.time = NEW_YEAR - TENTH
    assert ann.exchange()
    desk_clock.time = NEW_YEAR + TENTH
    assert ann.desk.record_crime(id, offence(ann), NOBODY) == "35/1/27"
    assert ann.exchange()
    assert ann.desk.attention() == ()
    assert totals(world, "crime/2027")["issued"] == 1


@pytest.mark.parametrize(("hours", "is_taken"), [(71.9, True), (72.1, False)])
def test_last_years_number_is_taken_for_three_days_and_then_held(
    world: World, ann: Station, hours: float, is_taken: bool
) -> None:
    id = ready(world, ann, NEW_YEAR - TENTH)
    number = ann.desk.record_crime(id, offence(ann), NOBODY)
    at(world, NEW_YEAR + timedelta(hours=hours))
    on_line(ann)
    held = [one.case.code for one in ann.desk.attention()]
    assert held == ([] if is_taken else ["held/late"])
    kept = totals(world, "crime/2026")
    assert kept["issued" if is_taken else "allocated"] == 1
    assert number == "35/1/26"
    assert verify(world.database) == []


def test_last_years_numbers_go_back_after_three_days(world: World, ann: Station) -> None:
    id = ready(world, ann, NEW_YEAR - timedelta(hours=1))
    ann.desk.record_crime(id, offence(ann), NOBODY)
    at(world, NEW_YEAR + timedelta(hours=71))
    on_line(ann)
    assert totals(world, "crime/2026")["allocated"] == 9
    at(world, NEW_YEAR + timedelta(hours=73))
    on_line(ann)
    assert totals(world, "crime/2026") == {"issued": 1, "returned": 9}


@pytest.mark.parametrize(
    ("midnight", "days"),
    [
        (datetime(2027, 3, 28, 0, 0, tzinfo=UTC), ("27032027", "28032027")),
        (datetime(2027, 3, 28, 23, 0, tzinfo=UTC), ("28032027", "29032027")),
        (datetime(2027, 10, 30, 23, 0, tzinfo=UTC), ("30102027", "31102027")),
        (datetime(2027, 11, 1, 0, 0, tzinfo=UTC), ("31102027", "01112027")),
    ],
    ids=["into the short day", "out of it", "into the long day", "out of it again"],
)
def test_incident_numbers_follow_londons_days_when_the_clocks_change(
    world: World, ann: Station, midnight: datetime, days: tuple[str, str]
) -> None:
    before = ready(world, ann, midnight - TENTH)
    at(world, midnight)
    after = call(ann)
    assert [reference(ann, id) for id in (before, after)] == [f"CC-{day}-0001" for day in days]
    on_line(ann)
    assert [reference(ann, id) for id in (before, after)] == [f"CC-{day}-0001" for day in days]
