"""What becomes of words that meet, or come late: the rows of facts, notes, contacts and drafts."""

import pytest

from tests.flow.meeting import CLOSE, Meeting, correction
from tests.world import Station
from workstation.domain.closing import CloseReport
from workstation.domain.correcting import SettleProposal
from workstation.domain.entry import Entry
from workstation.domain.story import AddNote, CorrectNote, LogContact

HERS, HIS = "07700 900123", "07700 900456"


def settled(meeting: Meeting, field: str, take: bool) -> SettleProposal:
    """The answer to what Ann proposed, from what the store shows."""
    (wanted,) = [one for one in meeting.report.proposals if one.field == field]
    was = getattr(meeting.report.facts, field)
    return SettleProposal(
        report=meeting.id, by=wanted.by.id, field=field, now=wanted.now, was=was, take=take
    )


def entries(meeting: Meeting, station: Station) -> dict[str, Entry]:
    """The lines of the story on a desk, by their words."""
    return {one.entry.text: one.entry for one in station.desk.entries(meeting.id)}


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


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I7")
def test_details_late_are_proposed_to_the_holder_and_change_nothing_themselves(
    meeting: Meeting,
) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, "people", "Two men"))
    meeting.ann.do(correction(meeting, meeting.ann, "title", "Ann's title"))
    meeting.moves_to_bob()
    meeting.bob.do(correction(meeting, meeting.bob, "title", "Bob's title"))
    meeting.both(meeting.bob)
    meeting.world.clock.pass_by(minutes=13)
    meeting.comes_back()
    facts = meeting.report.facts
    assert (facts.people, facts.title) == ("", "Bob's title")
    for station in (meeting.ann, meeting.bob, meeting.sue):
        shown = station.desk.report(meeting.id)
        assert shown is not None
        assert [(one.field, one.now, one.late) for one in shown.report.proposals] == [
            ("people", "Two men", True),
            ("title", "Ann's title", True),
        ]
        assert "Suggested: people Two men" in meeting.told(station)
    assert meeting.refused(meeting.ann) == []


def test_what_was_proposed_is_taken_in_two_names_or_left_and_both_are_told(
    meeting: Meeting,
) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, "people", "Two men"))
    meeting.ann.do(correction(meeting, meeting.ann, "injuries", "A cut"))
    meeting.moves_to_bob()
    meeting.comes_back()
    meeting.bob.do(settled(meeting, "people", take=True))
    meeting.sue.do(settled(meeting, "injuries", take=False))
    meeting.both(meeting.bob, meeting.sue, meeting.ann)
    facts = meeting.report.facts
    assert (facts.people, facts.injuries) == ("Two men", "")
    assert meeting.report.proposals == ()
    told = [(one.entry.title, one.entry.by.name) for one in meeting.ann.desk.entries(meeting.id)]
    assert ("Facts corrected, as Ann Lee proposed", "Bob Lee") in told
    assert ("Not taken: what Ann Lee proposed", "Sue Lee") in told


def test_two_people_settle_a_proposal_once_and_the_other_is_told(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, "people", "Two men"))
    meeting.moves_to_bob()
    meeting.comes_back()
    meeting.bob.do(settled(meeting, "people", take=False))
    meeting.sue.do(settled(meeting, "people", take=True))
    meeting.both(meeting.bob, meeting.sue)
    assert meeting.report.facts.people == ""
    (shown,) = [one for one in meeting.sue.desk.attention() if one.mine]
    assert (shown.command, "Two men" in shown.text) == ("SettleProposal", True)


def test_details_late_merge_while_nobody_else_took_the_report(meeting: Meeting) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, "people", "Two men"))
    meeting.world.clock.pass_by(minutes=20)
    meeting.bob.do(correction(meeting, meeting.bob, "title", "Bob's title"))
    meeting.both(meeting.bob)
    meeting.comes_back()
    facts = meeting.report.facts
    assert (facts.people, facts.title) == ("Two men", "Bob's title")


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


@pytest.mark.fault("F31")
@pytest.mark.parametrize("is_late", [False, True])
def test_contacts_are_always_appended_with_both_times(meeting: Meeting, is_late: bool) -> None:
    meeting.ann.line.is_cut = True
    for station, words in ((meeting.ann, "She is safe."), (meeting.bob, "No answer.")):
        station.do(
            LogContact(report=meeting.id, who="Ola", means="phone", reached=True, words=words)
        )
    if is_late:
        meeting.moves_to_bob()
        meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
        meeting.world.clock.pass_by(minutes=13)
    meeting.both(meeting.bob)
    meeting.comes_back()
    logged = entries(meeting, meeting.bob)["She is safe."]
    assert logged.late == is_late
    assert logged.recorded_at is not None
    waited = (logged.recorded_at - logged.at).total_seconds()
    assert waited == (13 * 60 if is_late else 0)
    assert {"She is safe.", "No answer."} <= set(meeting.told(meeting.sue))
    assert meeting.refused(meeting.ann) == []


@pytest.mark.fault("F31")
@pytest.mark.parametrize("is_late", [False, True])
def test_corrected_notes_stand_beside_the_first_and_edit_nothing(
    meeting: Meeting, is_late: bool
) -> None:
    meeting.bob.do(AddNote(report=meeting.id, text="A dog"))
    meeting.both(meeting.bob, meeting.ann)
    note = entries(meeting, meeting.ann)["A dog"]
    meeting.ann.line.is_cut = True
    meeting.ann.do(CorrectNote(report=meeting.id, note=note.id, text="Two dogs"))
    meeting.bob.do(CorrectNote(report=meeting.id, note=note.id, text="A cat"))
    if is_late:
        meeting.moves_to_bob()
        meeting.bob.do(CloseReport(report=meeting.id, **CLOSE))
        meeting.world.clock.pass_by(minutes=13)
    meeting.both(meeting.bob)
    meeting.comes_back()
    for station in (meeting.ann, meeting.bob, meeting.sue):
        told = entries(meeting, station)
        assert told["A dog"] == note
        corrected = [(told[text].corrects, told[text].by.name) for text in ("Two dogs", "A cat")]
        assert corrected == [(note.id, "Ann Lee"), (note.id, "Bob Lee")]
    assert entries(meeting, meeting.sue)["Two dogs"].late == is_late
    assert meeting.refused(meeting.ann) == meeting.refused(meeting.bob) == []


@pytest.mark.fault("F31")
@pytest.mark.invariant("I7")
@pytest.mark.parametrize("field", ["phone", "email", "prefers"])
@pytest.mark.parametrize("is_late", [False, True])
def test_of_two_ways_to_reach_the_reporter_both_are_kept(
    meeting: Meeting, field: str, is_late: bool
) -> None:
    meeting.ann.line.is_cut = True
    meeting.ann.do(correction(meeting, meeting.ann, field, HERS))
    if is_late:
        meeting.moves_to_bob()
        meeting.world.clock.pass_by(minutes=13)
    meeting.bob.do(correction(meeting, meeting.bob, field, HIS))
    meeting.both(meeting.bob)
    meeting.comes_back()
    assert getattr(meeting.report.facts, field) == HIS
    assert [(one.field, one.now) for one in meeting.report.proposals] == [(field, HERS)]
    assert meeting.refused(meeting.ann) == []


def test_a_way_to_reach_the_reporter_over_the_one_seen_wins(meeting: Meeting) -> None:
    meeting.ann.do(correction(meeting, meeting.ann, "phone", HERS))
    meeting.both(meeting.ann, meeting.bob)
    meeting.bob.do(correction(meeting, meeting.bob, "phone", HIS))
    meeting.both(meeting.bob)
    assert (meeting.report.facts.phone, meeting.report.proposals) == (HIS, ())


def test_drafts_are_ones_own_and_the_last_stands(meeting: Meeting) -> None:
    for station, text in ((meeting.ann, "one"), (meeting.bob, "two"), (meeting.ann, "three")):
        station.desk.save_draft(meeting.id, "note", text)
    meeting.moves_to_bob()
    meeting.both(meeting.ann, meeting.bob)
    kept = [station.desk.draft(meeting.id, "note") for station in (meeting.ann, meeting.bob)]
    assert [draft.text for draft in kept if draft is not None] == ["three", "two"]
