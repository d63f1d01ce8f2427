"""A report ends or begins again while a colleague is away: nobody undoes what they did not see."""

import pytest

from tests.flow.meeting import CLOSE, Meeting, exclusive, some_other
from tests.told import repeats
from tests.world import MORNING
from workstation.domain.claiming import ClaimReport
from workstation.domain.closing import CloseReport, ReopenReport
from workstation.domain.redirection import RedirectReport
from workstation.domain.story import AddNote


def _bob_reopens_offline(meeting: Meeting) -> None:
    meeting.bob.line.is_cut = True
    meeting.bob.do(ReopenReport(report=meeting.id, reason="The victim rang again."))
    meeting.world.clock.pass_by(minutes=5)
    meeting.both(meeting.ann, meeting.sue)


def _bob_comes_back(meeting: Meeting) -> None:
    meeting.bob.line.is_cut = False
    meeting.both(meeting.bob, meeting.sue)


@pytest.mark.fault("F30")
def test_a_late_reopening_does_not_undo_an_ending_its_author_never_saw(meeting: Meeting) -> None:
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    _bob_reopens_offline(meeting)
    agency = meeting.sue.desk.pack.agencies[0].id
    meeting.sue.do(ReopenReport(report=meeting.id, reason="Closed by mistake."))
    meeting.sue.do(ClaimReport(report=meeting.id))
    meeting.sue.do(RedirectReport(report=meeting.id, agency=agency, message="They have it."))
    meeting.both(meeting.sue)
    _bob_comes_back(meeting)
    assert meeting.report.redirection is not None
    [refused] = meeting.bob.desk.attention()
    assert refused.case.code == "reopen/ended"
    assert "The victim rang again." in refused.text


def test_a_late_reopening_of_the_ending_its_author_saw_is_accepted(meeting: Meeting) -> None:
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    _bob_reopens_offline(meeting)
    meeting.sue.do(AddNote(report=meeting.id, text="Letter sent."))
    meeting.both(meeting.sue)
    _bob_comes_back(meeting)
    assert meeting.report.is_open
    assert meeting.refused(meeting.bob) == []


def test_who_ends_a_report_offline_may_think_again(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.ann.do(ReopenReport(report=meeting.id, reason="Not yet."))
    meeting.comes_back()
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == []


def test_a_hand_over_is_not_taken_back_unseen(meeting: Meeting) -> None:
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    _bob_reopens_offline(meeting)
    meeting.ann.do(ReopenReport(report=meeting.id, reason="A crime after all."))
    meeting.ann.do(ClaimReport(report=meeting.id))
    exclusive(meeting, "HandToImu", meeting.id)
    meeting.both(meeting.ann)
    assert meeting.report.hand_off is not None
    _bob_comes_back(meeting)
    assert meeting.report.hand_off is not None


def test_a_report_does_not_end_as_the_duplicate_of_one_that_ended_unseen(meeting: Meeting) -> None:
    other = some_other(meeting)
    meeting.bob.assess(other)
    meeting.both(meeting.bob, meeting.ann)
    meeting.bob.do(CloseReport(report=other, **CLOSE))
    assert meeting.bob.exchange()
    meeting.ann.do(repeats(report=meeting.id, of=other, at=MORNING, reason="The same matter."))
    meeting.both(meeting.ann, meeting.bob)
    assert meeting.report.is_open
    [refused] = meeting.ann.desk.attention()
    assert refused.case.code == "duplicate/ended"


def test_a_report_may_end_as_the_duplicate_of_one_that_was_seen_to_have_ended(
    meeting: Meeting,
) -> None:
    other = some_other(meeting)
    meeting.bob.assess(other)
    meeting.bob.do(CloseReport(report=other, **CLOSE))
    meeting.both(meeting.bob, meeting.ann)
    meeting.ann.do(repeats(report=meeting.id, of=other, at=MORNING, reason="The same matter."))
    meeting.both(meeting.ann)
    assert not meeting.report.is_open
