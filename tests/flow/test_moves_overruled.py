"""Two supervisors move one report: the last one stands, and the one before is told."""

import pytest

from tests.flow.meeting import BOB, CATH, Meeting
from tests.world import PASSWORD, Station
from workstation.domain.claiming import ReassignReport
from workstation.domain.roles import Author, Role
from workstation.domain.story import AddNote


@pytest.fixture
def tom(meeting: Meeting) -> Station:
    """A second supervisor, and somebody else to give work to."""
    accounts = meeting.world.api.accounts
    accounts.add("tom", "Tom Lee", (Role.SUPERVISOR,), PASSWORD)
    accounts.add("cath", "Cath Lee", (Role.HANDLER,), PASSWORD)
    made = meeting.world.station("tom", "W44")
    assert made.exchange()
    return made


def give(meeting: Meeting, station: Station, to: Author) -> None:
    station.do(ReassignReport(report=meeting.id, to=to, reason="Ends at two."))
    meeting.both(station, meeting.sue)


def test_a_supervisor_whose_move_another_overruled_is_told_once(
    meeting: Meeting, tom: Station
) -> None:
    sue = meeting.sue
    give(meeting, sue, BOB)
    assert sue.desk.link().notices == ()
    give(meeting, tom, CATH)
    assert meeting.report.claim is not None
    assert meeting.report.claim.by == CATH
    [told] = sue.desk.link().notices
    said = f"{meeting.report.reference} is Cath Lee's now: Tom Lee moved it after you gave it to"
    assert told == f"{said} Bob Lee. Reason: Ends at two."
    assert tom.desk.link().notices == ()
    sue.desk.read_notice(told)
    sue.restart()
    tom.do(AddNote(report=meeting.id, text="She is at it."))
    meeting.both(tom, sue)
    assert sue.desk.link().notices == ()


def test_the_next_move_hours_later_overrules_nobody(meeting: Meeting, tom: Station) -> None:
    give(meeting, meeting.sue, BOB)
    meeting.world.clock.pass_by(hours=2)
    give(meeting, tom, CATH)
    assert meeting.sue.desk.link().notices == ()
