"""A handler comes back to a report that moved while she was offline: what each of them reads."""

import pytest

from tests.flow.meeting import CLOSE, Meeting
from workstation.desk.changes import MOST_OF_A_REASON
from workstation.domain.claiming import ReassignReport
from workstation.domain.closing import CloseReport
from workstation.domain.grading import GradeReport
from workstation.domain.story import AddNote


@pytest.mark.fault("F31")
def test_the_new_holder_reads_in_one_line_what_was_written_offline(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    for text in ("One", "Two", "Three"):
        meeting.ann.do(AddNote(report=meeting.id, text=text))
    meeting.ann.do(GradeReport(report=meeting.id, code="P", reason="She is afraid."))
    meeting.world.clock.pass_by(minutes=5)
    meeting.moves_to_bob()
    meeting.bob.desk.looked_at(meeting.id)
    meeting.comes_back()
    line = "Ann Lee added 3 notes while offline, graded Prompt by Ann Lee while offline"
    assert meeting.bob.desk.changed_since_looked(meeting.id) == line
    assert meeting.bob.desk.moved_meanwhile(meeting.id, ()) == line


@pytest.mark.fault("F31")
def test_who_comes_back_reads_to_whom_it_went_and_why_and_what_stands_now(
    meeting: Meeting,
) -> None:
    meeting.ann.desk.looked_at(meeting.id)
    meeting.ann.line.is_cut = True
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.world.clock.pass_by(minutes=5)
    meeting.moves_to_bob()
    meeting.comes_back()
    line = meeting.ann.desk.moved_meanwhile(meeting.id, ())
    assert line == "Given to Bob Lee by Sue Lee: Ann is offline"
    (one,) = [one for one in meeting.ann.desk.attention() if one.mine]
    assert one.case.sentence.startswith("Bob Lee holds this report now.")
    assert "Advice given." in one.text
    assert meeting.ann.desk.stands_now(one.case).startswith("Bob Lee holds it")


def test_a_note_of_somebody_online_is_not_told_as_written_offline(meeting: Meeting) -> None:
    meeting.bob.desk.looked_at(meeting.id)
    meeting.ann.do(AddNote(report=meeting.id, text="One"))
    meeting.both(meeting.ann, meeting.bob)
    assert meeting.bob.desk.changed_since_looked(meeting.id) == "1 note by Ann Lee"
    assert meeting.bob.desk.moved_meanwhile(meeting.id, ()) == ""


def test_a_long_reason_is_told_in_one_line(meeting: Meeting) -> None:
    meeting.ann.desk.looked_at(meeting.id)
    bob = next(one for one in meeting.sue.desk.colleagues() if one.id == "bob")
    to = type(meeting.report.claim.by)(bob.id, bob.name)  # type: ignore[union-attr]
    meeting.sue.do(ReassignReport(report=meeting.id, to=to, reason="x" * 500))
    meeting.both(meeting.sue, meeting.ann)
    told = meeting.ann.desk.changed_since_looked(meeting.id)
    assert told.endswith("x" * MOST_OF_A_REASON + "…")


def test_what_a_supervisor_settles_is_settled_on_its_authors_desk(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.moves_to_bob()
    meeting.comes_back()
    (case,) = meeting.sue.desk.attention()
    assert meeting.sue.desk.settle(case.case.id, "Bob closes it.") is None
    meeting.both(meeting.sue, meeting.ann)
    assert meeting.ann.desk.attention() == ()
