"""Two supervisors move one report: the last one stands, and the one before is told.

What left the hub unseen is moved by nobody, however short the line was down.
"""

import pytest

from tests.flow.meeting import BOB, CATH, Meeting
from tests.flow.test_numbers import NOBODY, offence
from tests.world import PASSWORD, Station
from workstation.domain.claiming import ReassignReport
from workstation.domain.handoff import SOLVABILITY, HandToImu
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


@pytest.mark.fault("F30")
@pytest.mark.invariant("I19")
def test_a_move_that_waited_a_moment_does_not_fetch_back_what_went_to_the_imu(
    meeting: Meeting,
) -> None:
    ann, sue = meeting.ann, meeting.sue
    ann.desk.record_crime(meeting.id, offence(ann), NOBODY)
    meeting.both(ann, sue)
    sue.line.is_cut = True
    sue.do(ReassignReport(report=meeting.id, to=BOB, reason="Ends at two."))
    nothing_known = dict.fromkeys(SOLVABILITY, "not known")
    ann.do(HandToImu(report=meeting.id, solvability=nothing_known, facts="No CCTV."))
    assert ann.exchange()
    meeting.world.clock.pass_by(seconds=50)
    sue.line.is_cut = False
    assert sue.exchange()
    assert meeting.report.hand_off is not None
    assert meeting.report.claim is None
    [shown] = sue.desk.attention()
    assert shown.command == "ReassignReport"
    assert "handed it to the IMU meanwhile" in shown.case.sentence
