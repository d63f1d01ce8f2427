"""What becomes of acts that meet: a test for each row of the conflict policy that is built.

Of each row both columns are played: two desks at once, and a desk that comes back late. Not built
yet, and so without a row here: proposed changes for a new holder, the voice check of an old
emergency, hand-over by offer and acceptance, corrected notes, logged contacts, chat and its read
marks, void numbers by two people, flags set and cleared, decisions of the IMU, requests to
dispatch, a victim's contact details, attachments. What leases add is tested with the leases.
"""

import pytest
from msgspec.structs import replace

from tests.flow.meeting import (
    BOB,
    CATH,
    CLOSE,
    Meeting,
    correction,
    exclusive,
    some_other,
)
from tests.flow.test_numbers import NOBODY, offence
from tests.world import PASSWORD, World
from workstation.domain.claiming import ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport, MarkDuplicate, ReopenReport
from workstation.domain.grading import (
    EscalateEmergency,
    GradeReport,
    OpenByDispatch,
    TellByVoice,
)
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import IntakeReport, SignIn


def test_intake_dedupes_what_is_sent_again_and_tells_of_other_content(world: World) -> None:
    web = world.api.sign_in(SignIn("web", PASSWORD, "web")).token

    first_words = IntakeReport(
        source="form",
        external_id="7",
        channel=Channel.ONLINE,
        received_at=world.clock.now(),
        account="My bike is gone",
    )
    first = world.api.intake(web, first_words)
    assert world.api.intake(web, first_words) == first
    with pytest.raises(ApiProblem) as conflict:
        world.api.intake(web, replace(first_words, account="My car is gone"))
    assert (conflict.value.problem.status, conflict.value.problem.type) == (409, "intake-conflict")
    assert len(world.states()) == 1


def test_create_of_one_id_by_two_people_is_refused_and_kept(meeting: Meeting) -> None:
    taken = CreateReport(report=ReportId("same"), channel=Channel.CALL_101, account="His words")
    for station in (meeting.ann, meeting.bob):
        station.do(taken)
    meeting.both(meeting.ann, meeting.bob)
    assert meeting.refused(meeting.ann) == []
    assert meeting.refused(meeting.bob) == ["CreateReport"]
    assert "His words" in meeting.bob.desk.attention()[0].text


def test_create_late_is_taken_and_merged_with_nothing(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    taken = [
        station.desk.take_contact(Channel.CALL_101, "The same fire", Facts(), Location(text="Ely"))
        for station in (meeting.ann, meeting.bob)
    ]
    meeting.both(meeting.bob)
    meeting.comes_back()
    states = meeting.world.states()
    assert len({states[ReportId(str(id))].incident_number for id in taken}) == 2


def test_details_of_different_fields_merge(meeting: Meeting) -> None:
    meeting.ann.do(correction(meeting, meeting.ann, "title", "Loud music"))
    meeting.bob.do(correction(meeting, meeting.bob, "phone", "07700 900123"))
    meeting.both(meeting.ann, meeting.bob)
    facts = meeting.report.facts
    assert (facts.title, facts.phone) == ("Loud music", "07700 900123")
    assert meeting.refused(meeting.bob) == []


def test_details_of_the_same_field_are_merged_when_equal_and_else_shown_side_by_side(
    meeting: Meeting,
) -> None:
    for station, phone in ((meeting.ann, "1"), (meeting.bob, "1")):
        station.do(correction(meeting, station, "phone", phone))
    for station, title in ((meeting.ann, "Music"), (meeting.bob, "Drums")):
        station.do(correction(meeting, station, "title", title))
    meeting.both(meeting.ann, meeting.bob)
    assert (meeting.report.facts.phone, meeting.report.facts.title) == ("1", "Music")
    (shown,) = [one for one in meeting.bob.desk.attention() if one.mine]
    assert "Music" in shown.case.sentence
    assert "Drums" in shown.text


def test_details_late_merge_unless_the_new_holder_wrote_there(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, "phone", "07700 900123"))
    meeting.ann.do(correction(meeting, meeting.ann, "title", "Ann's title"))
    meeting.moves_to_bob()
    meeting.bob.do(correction(meeting, meeting.bob, "title", "Bob's title"))
    meeting.both(meeting.bob)
    meeting.comes_back()
    facts = meeting.report.facts
    assert (facts.phone, facts.title) == ("07700 900123", "Bob's title")
    assert meeting.refused(meeting.ann) == ["CorrectFacts"]


@pytest.mark.invariant("I21")
@pytest.mark.parametrize("first", ["ann", "bob"])
def test_grades_that_meet_leave_the_more_urgent_standing(meeting: Meeting, first: str) -> None:
    meeting.ann.do(GradeReport(report=meeting.id, code="R", reason="Noise."))
    meeting.bob.do(GradeReport(report=meeting.id, code="P", reason="A child is there."))
    order = [meeting.ann, meeting.bob]
    meeting.both(*(order if first == "ann" else reversed(order)))
    grading = meeting.report.grading
    assert grading is not None
    assert grading.code == "P"
    if first == "bob":
        assert meeting.refused(meeting.ann) == ["GradeReport"]
    for station in order:
        assert station.desk.rows([meeting.id])[0].grade_code == "P"


@pytest.mark.fault("F31")
@pytest.mark.invariant("I19", "I21")
def test_a_grade_late_is_applied_when_more_urgent_and_refused_when_less(meeting: Meeting) -> None:
    other = meeting.world.receive(Channel.ONLINE, "A man follows me.", "Ely")
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.ann.assess(other)
    meeting.both(meeting.ann, meeting.bob, meeting.sue)
    meeting.ann.line.is_cut = True
    meeting.ann.do(GradeReport(report=meeting.id, code="P", reason="She is afraid."))
    meeting.ann.do(GradeReport(report=other, code="R", reason="Nothing to it."))
    meeting.moves_to_bob()
    meeting.bob.do(GradeReport(report=meeting.id, code="R", reason="Noise."))
    meeting.bob.do(GradeReport(report=other, code="P", reason="He is still there."))
    meeting.both(meeting.bob)
    meeting.comes_back()
    codes = [meeting.world.states()[id].grading.code for id in (meeting.id, other)]  # type: ignore[union-attr]
    assert codes == ["P", "P"]
    assert meeting.refused(meeting.ann) == ["GradeReport"]


@pytest.mark.parametrize("is_late", [False, True])
def test_an_emergency_is_always_applied_and_leaves_first(meeting: Meeting, is_late: bool) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(AddNote(report=meeting.id, text="Before."))
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="He has a knife."))
    batch = meeting.ann.desk.stock.outbox.next_batch()
    assert batch is not None
    assert batch.lane == "urgent"
    if is_late:
        meeting.moves_to_bob()
        meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
        meeting.both(meeting.bob)
        meeting.world.clock.pass_by(minutes=20)
    meeting.bob.do(EscalateEmergency(report=meeting.id, why="Screams."))
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert meeting.report.is_emergency
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []


ENDS = ("CloseReport", "RedirectReport", "RecordNotCrime", "MarkDuplicate")


@pytest.mark.invariant("I5", "I19")
@pytest.mark.parametrize("name", ENDS)
def test_redirect_close_and_the_like_over_unseen_changes_are_refused_and_shown(
    meeting: Meeting, name: str
) -> None:
    exclusive(meeting, name, meeting.id)
    meeting.bob.do(AddNote(report=meeting.id, text="He says it is a threat."))
    meeting.both(meeting.bob, meeting.ann)
    assert meeting.report.is_open
    assert meeting.refused(meeting.ann) == [name]
    assert "He says it is a threat." in meeting.told(meeting.ann)


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I19")
@pytest.mark.parametrize("name", [*ENDS, "HandToImu"])
def test_redirect_close_and_the_like_late_are_refused_and_shown(
    meeting: Meeting, name: str
) -> None:
    meeting.ann.line.is_cut = True
    exclusive(meeting, name, meeting.id)
    meeting.moves_to_bob()
    meeting.comes_back()
    report = meeting.report
    assert report.is_open
    assert report.hand_off is None
    assert report.claim is not None
    assert report.claim.by == BOB
    assert meeting.refused(meeting.ann) == [name]


@pytest.mark.fault("F30")
@pytest.mark.invariant("I18")
@pytest.mark.parametrize("is_late", [False, True])
def test_of_two_claims_the_first_stands_and_the_other_hears_who(
    meeting: Meeting, is_late: bool
) -> None:
    id = meeting.world.receive(Channel.CHAT, "Somebody keyed my car.")
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = is_late
    meeting.ann.do(ClaimReport(report=id))
    if is_late:
        meeting.world.clock.pass_by(minutes=20)
    meeting.bob.do(ClaimReport(report=id))
    meeting.both(meeting.bob)
    meeting.comes_back()
    claim = meeting.world.states()[id].claim
    assert claim is not None
    assert claim.by == BOB
    (shown,) = [one for one in meeting.ann.desk.attention() if one.mine]
    assert (shown.command, "Bob Lee" in shown.case.sentence) == ("ClaimReport", True)


@pytest.mark.fault("F31")
def test_release_of_what_one_no_longer_holds_takes_it_from_nobody(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(ReleaseReport(report=meeting.id))
    meeting.moves_to_bob()
    meeting.comes_back()
    claim = meeting.report.claim
    assert claim is not None
    assert claim.by == BOB


@pytest.mark.invariant("I18", "I20")
def test_of_two_supervisors_the_last_decides_who_holds_a_report(meeting: Meeting) -> None:
    meeting.world.api.accounts.add("cath", "Cath Lee", meeting.bob.desk.person.roles, PASSWORD)
    other = meeting.world.station("sue", "W04")
    other.exchange()
    meeting.sue.do(ReassignReport(report=meeting.id, to=BOB, reason="Ann is offline."))
    other.do(ReassignReport(report=meeting.id, to=CATH, reason="She knows the street."))
    meeting.both(meeting.sue, other)
    claim = meeting.report.claim
    assert claim is not None
    assert claim.by == CATH
    assert meeting.told(meeting.sue)[-2:] == ["Ann is offline.", "She knows the street."]


@pytest.mark.fault("F31")
@pytest.mark.parametrize("is_hazard", [False, True])
def test_notes_and_hazards_are_always_appended_also_late(
    meeting: Meeting, is_hazard: bool
) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(AddNote(report=meeting.id, text="Ann's", hazard=is_hazard))
    meeting.bob.do(AddNote(report=meeting.id, text="Bob's", hazard=is_hazard))
    meeting.moves_to_bob()
    meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.bob)
    meeting.comes_back()
    for station in (meeting.ann, meeting.bob):
        assert {"Ann's", "Bob's"} <= set(meeting.told(station))
    assert set(meeting.report.hazards) == ({"Ann's", "Bob's"} if is_hazard else set())
    assert meeting.refused(meeting.ann) == []


@pytest.mark.fault("F31", "F32")
@pytest.mark.invariant("I23", "I26")
@pytest.mark.parametrize("is_late", [False, True])
def test_a_second_number_for_a_report_is_never_dropped(meeting: Meeting, is_late: bool) -> None:
    for station in (meeting.ann, meeting.bob):
        station.line.is_cut = True
    spoken = [
        station.desk.record_crime(meeting.id, offence(station), NOBODY)
        for station in (meeting.ann, meeting.bob)
    ]
    meeting.bob.line.is_cut = False
    if is_late:
        meeting.moves_to_bob()
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert {crime.number for crime in meeting.report.crimes} == set(spoken)
    assert len(set(spoken)) == 2
    assert any("Possible double" in text for text in meeting.told(meeting.sue))
    assert meeting.refused(meeting.ann) == []
    assert verify(meeting.world.database) == []


def test_reopening_what_is_open_changes_nothing_and_late_it_opens_what_is_closed(
    meeting: Meeting,
) -> None:
    meeting.ann.do(CloseReport(report=meeting.id, **CLOSE))
    meeting.both(meeting.ann, meeting.bob)
    meeting.ann.line.is_cut = True
    for station in (meeting.ann, meeting.bob):
        station.do(ReopenReport(report=meeting.id, reason="He rang again."))
    meeting.both(meeting.bob)
    version = meeting.report.version
    meeting.comes_back()
    assert meeting.report.is_open
    assert meeting.report.version == version
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []


def test_duplicates_that_would_close_a_circle_are_refused(meeting: Meeting) -> None:
    other = some_other(meeting)
    meeting.bob.assess(other)
    meeting.both(meeting.bob)
    meeting.ann.do(MarkDuplicate(report=meeting.id, of=other))
    meeting.bob.do(MarkDuplicate(report=other, of=meeting.id))
    meeting.both(meeting.ann, meeting.bob)
    states = meeting.world.states()
    assert (states[meeting.id].is_open, states[other].is_open) == (False, True)
    assert meeting.refused(meeting.bob) == ["MarkDuplicate"]


def test_two_dispatchers_open_a_grade_once_and_word_by_voice_is_always_taken(
    meeting: Meeting,
) -> None:
    dan, dave = (meeting.world.station("dan", name) for name in ("D01", "D02"))
    meeting.ann.do(EscalateEmergency(report=meeting.id, why="A knife."))
    meeting.both(meeting.ann, dan, dave)
    meeting.ann.line.is_cut = True
    meeting.ann.do(TellByVoice(report=meeting.id, told="Cole"))
    for station in (dan, dave):
        station.do(OpenByDispatch(report=meeting.id))
    meeting.both(dan, dave)
    opened, lines = meeting.report.opened, len(meeting.world.journal(meeting.id).lines)
    meeting.comes_back()
    assert opened is not None
    assert meeting.report.opened == opened
    assert len(meeting.world.journal(meeting.id).lines) == lines + 1
    assert meeting.refused(dave) == meeting.refused(meeting.ann) == []


def test_drafts_are_ones_own_and_the_last_stands(meeting: Meeting) -> None:
    for station, text in ((meeting.ann, "one"), (meeting.bob, "two"), (meeting.ann, "three")):
        station.desk.save_draft(meeting.id, "note", text)
    meeting.moves_to_bob()
    meeting.both(meeting.ann, meeting.bob)
    kept = [station.desk.draft(meeting.id, "note") for station in (meeting.ann, meeting.bob)]
    assert [draft.text for draft in kept if draft is not None] == ["three", "two"]
