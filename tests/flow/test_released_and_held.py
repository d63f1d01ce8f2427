"""An emergency that got no further than *held* when it was released: dispatch has it not."""

import pytest

from tests.flow.test_left_behind import sit_down
from tests.flow.test_released_work import ANN, WHY, offline, outcome
from tests.world import PASSWORD, Station, World
from workstation.domain.grading import EscalateEmergency, TellByVoice
from workstation.domain.report import ReportId
from workstation.domain.roles import Role

RING = "DISPATCH may not have an emergency: ring "


def sends_officers(world: World, ann: Station) -> ReportId:
    """Ann sends for officers off the line, and may not do so any more."""
    id = world.a_day()[0]
    ann.exchange()
    with offline(ann):
        ann.do(EscalateEmergency(report=id, why="A knife."))
    world.api.accounts.add("ann", "Ann Lee", (Role.ADMINISTRATOR,), PASSWORD)
    return id


def released(world: World, ann: Station) -> Station:
    """Sue sits down there and releases it."""
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    sue.exchange()
    sue.exchange()
    assert outcome(sue).refused == 1
    return sue


@pytest.mark.fault("F27")
def test_who_released_it_is_told_to_ring_dispatch_until_she_has_read_it(
    world: World, ann: Station
) -> None:
    id = sends_officers(world, ann)
    sue = released(world, ann)
    assert world.states()[id].grading is None
    assert outcome(sue).sends == 1
    (told,) = [one for one in sue.desk.link().notices if "the store refused it" in one]
    assert told.startswith(RING)
    sue.restart()
    assert told in sue.desk.link().notices


@pytest.mark.fault("F27")
def test_every_supervisor_reads_in_its_case_that_dispatch_is_to_be_told(
    world: World, ann: Station
) -> None:
    sends_officers(world, ann)
    tom = world.station("sue", "W03")
    released(world, ann)
    assert tom.exchange()
    (one,) = tom.desk.attention()
    assert one.case.code == "held/author"
    assert "tell dispatch by voice now" in one.case.sentence


@pytest.mark.fault("F27")
def test_of_one_that_dispatch_was_told_by_voice_nothing_more_is_said(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    with offline(ann):
        ann.do(EscalateEmergency(report=id, why="A knife."))
        ann.do(TellByVoice(report=id, told="Sgt Cole, 10:02"))
    world.api.accounts.add("ann", "Ann Lee", (Role.ADMINISTRATOR,), PASSWORD)
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    sue.exchange()
    assert (outcome(sue).refused, outcome(sue).sends) == (2, 0)
    assert not any(RING in one for one in sue.desk.link().notices)
