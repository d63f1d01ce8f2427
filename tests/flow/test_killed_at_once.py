"""Off the line, and the program killed seconds after an act: who signs in next is told of it.

The next sign-in reads no more than lies on the disk, so nothing is closed here.
"""

from datetime import datetime

import pytest

from tests.world import Station, World
from workstation.cache.parcel import CONTACT
from workstation.cache.profile import nobody
from workstation.desk import emergencies_left
from workstation.desk.left_here import Colleagues
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote

pytestmark = pytest.mark.fault("F1")


@pytest.fixture
def id(world: World, ann: Station) -> ReportId:
    """A report on Ann's desk, with nothing of hers unsent when the line goes."""
    report = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    return report


def left(station: Station) -> list[tuple[int, int]]:
    """How many acts are noted as left, and how many of them send officers."""
    here = Colleagues(nobody(station.profile, "store")).left()
    return [(one.count, one.sends) for one in here]


def calls(station: Station) -> tuple[tuple[str, datetime], ...]:
    """Who is noted to have left a contact half taken."""
    return Colleagues(nobody(station.profile, "store")).calls()


def test_an_emergency_is_noted_before_anything_else_happens(ann: Station, id: ReportId) -> None:
    ann.do(EscalateEmergency(report=id, why="He has a knife."))
    assert [one.sends for one in emergencies_left(ann.profile, "store")] == [1]


def test_any_other_act_is_noted_within_a_second(ann: Station, id: ReportId) -> None:
    ann.do(AddNote(report=id, text="He is her brother."))
    ann.desk.tick()
    assert left(ann) == [(1, 0)]


def test_a_contact_half_taken_is_noted_within_a_second(ann: Station, id: ReportId) -> None:
    ann.desk.save_draft(CONTACT, "account", "My husband is outside")
    ann.desk.tick()
    assert [name for name, _ in calls(ann)] == ["Ann Lee"]


def test_what_the_disk_did_not_take_is_noted_as_soon_as_it_does(
    ann: Station, id: ReportId
) -> None:
    in_the_way = ann.files / "unsent.new"
    in_the_way.mkdir()
    ann.do(EscalateEmergency(report=id, why="He has a knife."))
    ann.desk.tick()
    assert left(ann) == []
    in_the_way.rmdir()
    ann.desk.tick()
    assert left(ann) == [(1, 1)]
