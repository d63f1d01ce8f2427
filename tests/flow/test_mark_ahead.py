"""An act that the disk did not take at last leaves no mark that says it did."""

import pytest

from tests.flow.test_numbers import NOBODY, offence
from tests.flow.test_wound_back import BACK
from tests.world import Station, World
from workstation.domain.numbers import series_at
from workstation.domain.report import ReportId


class PowerGone(Exception):
    """The power goes before the transaction is over."""


@pytest.fixture
def id(world: World, ann: Station) -> ReportId:
    """A report that is ready to be recorded as a crime."""
    report = world.a_day()[0]
    ann.exchange()
    ann.exchange()
    ann.assess(report)
    ann.go_on(report)
    ann.exchange()
    return report


def left(ann: Station) -> int:
    """How many crime numbers she may give out without asking."""
    return ann.desk.stock.blocks.left(series_at(ann.desk.pack, "crime", ann.desk.clock.now()))


@pytest.mark.fault("F18", "F23")
@pytest.mark.invariant("I25")
def test_a_crime_undone_with_what_it_was_part_of_is_no_file_that_was_put_back(
    ann: Station, id: ReportId
) -> None:
    before = left(ann)

    def act() -> None:
        number = ann.desk.record_crime(id, offence(ann), NOBODY)
        assert isinstance(number, str), number
        raise PowerGone

    with pytest.raises(PowerGone):
        ann.desk.in_one(act)
    ann.restart()  # before the desk does anything more by itself
    assert not any(BACK in one for one in ann.desk.link().notices)
    assert ann.exchange()
    assert left(ann) == before


@pytest.mark.invariant("I25")
def test_of_one_that_is_kept_the_mark_tells_before_its_number_is_said(
    ann: Station, id: ReportId
) -> None:
    assert ann.marks is not None
    before = ann.marks.read()
    number = ann.desk.in_one(lambda: ann.desk.record_crime(id, offence(ann), NOBODY))
    assert isinstance(number, str), number
    after = ann.marks.read()
    assert before is not None
    assert after is not None
    assert after.lanes["main"] > before.lanes["main"]
