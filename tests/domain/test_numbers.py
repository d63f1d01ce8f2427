"""Numbers as people write them, and the London days and years that their series follow."""

from datetime import UTC, datetime

import pytest

from tests.domain.packs import PACK
from workstation.domain.numbers import Block, Kind, series_at, written


def utc(text: str) -> datetime:
    """An instant written in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_crime_number_is_force_serial_and_year() -> None:
    assert written(PACK, "crime", 66507, utc("2022-09-15 10:00")) == "35/66507/22"


def test_an_incident_number_is_its_day_and_four_digits() -> None:
    assert written(PACK, "incident", 401, utc("2021-01-27 18:00")) == "CC-27012021-0401"


def test_an_incident_serial_past_9999_grows_and_is_not_cut() -> None:
    assert written(PACK, "incident", 12345, utc("2021-01-27 18:00")) == "CC-27012021-12345"


SERIES: list[tuple[str, Kind, str, str]] = [
    ("winter, a second before midnight", "incident", "2026-01-14 23:59:59", "incident/2026-01-14"),
    ("winter, at midnight", "incident", "2026-01-15 00:00:00", "incident/2026-01-15"),
    ("summer, London is an hour ahead", "incident", "2026-07-01 22:59:59", "incident/2026-07-01"),
    ("summer, midnight in London", "incident", "2026-07-01 23:00:00", "incident/2026-07-02"),
    ("clocks go forward, day begins", "incident", "2026-03-29 00:00:00", "incident/2026-03-29"),
    ("clocks go forward, day ends", "incident", "2026-03-29 22:59:59", "incident/2026-03-29"),
    ("the day after, an hour earlier", "incident", "2026-03-29 23:00:00", "incident/2026-03-30"),
    ("clocks go back, day begins", "incident", "2026-10-24 23:00:00", "incident/2026-10-25"),
    ("the doubled hour, first time", "incident", "2026-10-25 00:30:00", "incident/2026-10-25"),
    ("the doubled hour, second time", "incident", "2026-10-25 01:30:00", "incident/2026-10-25"),
    ("clocks go back, day ends", "incident", "2026-10-25 23:59:59", "incident/2026-10-25"),
    ("the year's last second", "crime", "2026-12-31 23:59:59", "crime/2026"),
    ("the year's first second", "crime", "2027-01-01 00:00:00", "crime/2027"),
    ("a summer crime", "crime", "2026-07-01 12:00:00", "crime/2026"),
]  # fmt: skip


@pytest.mark.fault("F33")
@pytest.mark.invariant("I28")
@pytest.mark.parametrize(
    ("kind", "instant", "series"), [row[1:] for row in SERIES], ids=[row[0] for row in SERIES]
)
def test_series_follow_the_london_calendar(kind: Kind, instant: str, series: str) -> None:
    assert series_at(PACK, kind, utc(instant)) == series


def test_number_and_series_name_the_same_day_and_year() -> None:
    midnight = utc("2026-07-01 23:00")
    assert written(PACK, "incident", 1, midnight) == "CC-02072026-0001"
    new_year = utc("2027-01-01 00:00")
    assert written(PACK, "crime", 1, new_year) == "35/1/27"


def test_a_block_gives_each_serial_once_and_is_then_empty() -> None:
    block = Block("b1", "crime/2026", 11, 13, 11)
    issued = []
    while block.left:
        issued.append(block.next)
        block = block.used_one()
    assert issued == [11, 12, 13]
    assert block.left == 0
