"""The store's clock is set back between two acts of one desk: the later stays the later."""

import pytest

from tests.assessing import low_risk
from tests.world import HandClock, World
from workstation.domain.grading import GradeReport
from workstation.domain.report import Channel


@pytest.mark.fault("F15", "F16")
@pytest.mark.invariant("I17")
def test_a_risk_assessed_after_a_grade_still_came_after_it(world: World) -> None:
    ahead = HandClock()
    ann = world.station("ann", "W01", ahead)
    id = world.receive(Channel.ONLINE, "A man follows me.", "Ely")
    ahead.pass_by(minutes=45)
    ann.exchange()
    ann.assess(id)
    ann.do(GradeReport(report=id, code="P", reason="She is afraid."))
    ann.exchange()
    world.clock.pass_by(minutes=-30)
    ahead.pass_by(minutes=1)
    ann.do(low_risk(ann.desk, id))
    ann.do(GradeReport(report=id, code="R", reason="He has gone.", was="P"))
    ann.exchange()
    assert ann.desk.attention() == ()
    shown = ann.desk.report(id)
    assert shown is not None
    assert (shown.pending, shown.report.grading and shown.report.grading.code) == ((), "R")
