"""What anyone may add at any time: notes, hazards, corrected notes, contacts."""

import pytest
from msgspec.structs import replace

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    NOW,
    R1,
    WEB,
    ask,
    assessed,
    claimed,
    done,
    received,
    told,
)
from tests.told import told_yes
from workstation.domain.closing import CloseReport
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.story import HAZARD_EXCERPT, AddNote, CorrectNote, LogContact, Means

CLOSE = CloseReport(report=R1, reason="advice given", caller_told="yes", told=told_yes(NOW))


def test_a_note_is_added_to_a_colleagues_report() -> None:
    assert told(ask(claimed(), AddNote(report=R1, text="She rang again."), BEN)) == ["NoteAdded"]


def test_a_note_is_added_to_a_closed_report() -> None:
    closed = done(assessed(), CLOSE)
    assert told(ask(closed, AddNote(report=R1, text="He rang."), DEE)) == ["NoteAdded"]


def test_an_empty_note_and_an_oversized_note_are_refused() -> None:
    assert told(ask(received(), AddNote(report=R1, text=" \n "))) == "note/empty"
    assert told(ask(received(), AddNote(report=R1, text="x" * 100_001))) == "text/too-long"
    assert told(ask(received(), AddNote(report=R1, text="x" * 100_000))) == ["NoteAdded"]


def test_the_public_adds_no_note_by_the_intake_machine() -> None:
    assert told(ask(received(), AddNote(report=R1, text="Hello"), WEB)) == "role/not-yours"


def test_a_note_is_a_line_of_the_story_and_not_of_the_header() -> None:
    answer = ask(received(), AddNote(report=R1, text="<b>She</b> rang."))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert (entry.kind, entry.text, entry.by) == (EntryKind.NOTE, "<b>She</b> rang.", ASHA.author)
    assert answer[0].evolve(received()) == received()


def test_a_hazard_stays_pinned_and_its_whole_text_stays_in_the_log() -> None:
    command = AddNote(report=R1, text="Dog. " * 200, hazard=True)
    answer = ask(received(), command)
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert (entry.kind, entry.text) == (EntryKind.HAZARD, command.text)
    assert done(received(), command).hazards == (f"{command.text[: HAZARD_EXCERPT - 1]}…",)


def test_only_the_latest_twenty_hazards_are_pinned() -> None:
    report = received()
    for number in range(25):
        report = done(report, AddNote(report=R1, text=f"hazard {number}", hazard=True))
    assert report.hazards == tuple(f"hazard {number}" for number in range(5, 25))


def test_a_corrected_note_is_a_note_of_its_own_that_names_the_earlier() -> None:
    closed = done(assessed(), CLOSE)
    answer = ask(closed, CorrectNote(report=R1, note="c1:0", text="Two dogs."), BEN)
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("c2:0")
    assert entry is not None
    assert (entry.kind, entry.title, entry.text) == (EntryKind.NOTE, "Note corrected", "Two dogs.")
    assert (entry.corrects, entry.by) == ("c1:0", BEN.author)
    assert answer[0].evolve(closed) == closed


def test_a_corrected_hazard_is_pinned_beside_the_first() -> None:
    report = done(received(), AddNote(report=R1, text="A dog", hazard=True))
    report = done(report, CorrectNote(report=R1, note="c1:0", text="Two dogs", hazard=True), BEN)
    assert report.hazards == ("A dog", "Two dogs")


def test_a_correction_says_which_note_and_what_it_should_say() -> None:
    assert told(ask(received(), CorrectNote(report=R1, note="", text="x"))) == "note/which"
    assert told(ask(received(), CorrectNote(report=R1, note="c1:0", text=" "))) == "note/empty"


@pytest.mark.parametrize(
    ("reached", "means", "title"),
    [
        (True, "phone", "Ola Nowak reached by phone"),
        (False, "text", "Ola Nowak not reached by text"),
        (True, "in person", "Ola Nowak reached in person"),
    ],
)
def test_a_contact_is_told_as_a_line(reached: bool, means: Means, title: str) -> None:
    contact = LogContact(report=R1, who="Ola Nowak", means=means, reached=reached, words="Safe.")
    answer = ask(done(assessed(), CLOSE), contact, DEE)
    assert not isinstance(answer, Refusal)
    assert answer[0].story() == (EntryKind.NOTE, title, "Safe.")
    assert told(ask(received(), replace(contact, who=" "))) == "contact/who"


def test_thirty_notes_of_ones_own_are_no_change_of_others_and_hide_none() -> None:
    seen = noted = claimed()
    for number in range(30):
        noted = done(noted, AddNote(report=R1, text=f"note {number}"))
    assert not noted.changed_by_others_since(seen.version, ASHA.id)
    assert noted.changed_by_others_since(seen.version, BEN.id)
    between = done(
        done(noted, AddNote(report=R1, text="His"), BEN), AddNote(report=R1, text="Hers")
    )
    assert between.changed_by_others_since(seen.version, ASHA.id)
    assert not between.changed_by_others_since(between.version - 1, ASHA.id)
