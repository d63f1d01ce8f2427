"""The store was put back, and its clock is set back after the new epoch began."""

import pytest

from tests.flow.meeting import CLOSE, Meeting
from tests.flow.restored import backup_of, begin_epoch
from workstation.domain.closing import CloseReport
from workstation.domain.story import AddNote


@pytest.mark.fault("F16", "F36")
@pytest.mark.invariant("I19")
@pytest.mark.expects_log("a new epoch")
@pytest.mark.parametrize("set_back", [0, 30])
def test_nobody_closes_over_what_they_did_not_see_though_the_clock_was_set_back(
    meeting: Meeting, set_back: int
) -> None:
    world, ann, bob, sue, id = meeting.world, meeting.ann, meeting.bob, meeting.sue, meeting.id
    signed_in = {s: world.sign_in_again(s.ask.account, s.ask.workstation) for s in (ann, bob, sue)}
    put_back = backup_of(world)
    for n in range(6):  # of the time that is lost: Ann has read them
        bob.do(AddNote(report=id, text=f"Lost {n}"))
    meeting.both(bob, ann)
    bob.close()  # and Bob's PC stays off
    ann.line.is_cut = True
    ann.exchange()
    ann.do(CloseReport(report=id, **CLOSE))
    world.clock.pass_by(minutes=40)
    put_back()
    begin_epoch(world)
    world.clock.pass_by(minutes=-set_back)
    for station in (ann, sue):
        station.credentials.keep(signed_in[station])
    assert sue.exchange()
    sue.do(AddNote(report=id, text="A child is in the house with him."))
    assert sue.exchange()
    ann.line.is_cut = False
    assert ann.exchange()
    assert meeting.report.closing is None, "closed over what its author never saw"
    assert meeting.refused(ann) == ["CloseReport"]
