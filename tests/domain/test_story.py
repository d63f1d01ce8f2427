"""What anyone may add at any time, and how corrections merge."""

from tests.domain.situations import (
    ASHA,
    BEN,
    DEE,
    PLACE,
    R1,
    WEB,
    ask,
    assessed,
    claimed,
    done,
    minutes,
    nowhere,
    received,
    told,
)
from workstation.domain.closing import CloseReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import EntryKind, Facts, Location
from workstation.domain.story import HAZARD_EXCERPT, AddNote, CorrectFacts, FactChange

CLOSE = CloseReport(report=R1, reason="advice given", caller_told="yes")


def correct(*changes: FactChange) -> CorrectFacts:
    """A correction of the report."""
    return CorrectFacts(report=R1, changes=changes)


def test_a_note_is_added_to_a_colleagues_report() -> None:
    assert told(ask(claimed(), AddNote(report=R1, text="She rang again."), BEN)) == ["NoteAdded"]


def test_a_note_is_added_to_a_closed_report() -> None:
    closed = done(assessed(), CLOSE)
    assert told(ask(closed, AddNote(report=R1, text="He rang."), DEE)) == ["NoteAdded"]


def test_a_known_place_is_never_wiped_out() -> None:
    for empty in (Location(), Location(text=" \n", town="Ely")):
        answer = ask(received(), CorrectFacts(report=R1, location=empty, location_was=PLACE))
        assert told(answer) == "facts/where"
        assert told(ask(nowhere(received()), CorrectFacts(report=R1, location=empty))) == [
            "FactsCorrected"
        ]


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
    assert done(received(), command).hazards == (command.text[:HAZARD_EXCERPT],)


def test_only_the_latest_twenty_hazards_are_pinned() -> None:
    report = received()
    for number in range(25):
        report = done(report, AddNote(report=R1, text=f"hazard {number}", hazard=True))
    assert report.hazards == tuple(f"hazard {number}" for number in range(5, 25))


def test_two_people_correct_different_facts_and_both_stand() -> None:
    report = done(received(), correct(FactChange("phone", "", "07700 900100")), ASHA)
    report = done(report, correct(FactChange("people", "", "two men")), BEN)
    assert report.facts == Facts(phone="07700 900100", people="two men")


def test_a_fact_somebody_else_changed_meanwhile_is_shown_and_not_overwritten() -> None:
    report = done(received(), correct(FactChange("phone", "", "07700 900100")), ASHA)
    answer = ask(report, correct(FactChange("phone", "", "07700 900999")), BEN)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("facts/changed", "phone")
    assert "07700 900100" in answer.sentence


def test_two_people_who_write_the_same_agree() -> None:
    change = correct(FactChange("phone", "", "07700 900100"))
    assert told(ask(done(received(), change), change, BEN)) == ["FactsCorrected"]


def test_one_changed_fact_refuses_the_whole_correction() -> None:
    report = done(received(), correct(FactChange("phone", "", "07700 900100")), ASHA)
    both = correct(FactChange("people", "", "two"), FactChange("phone", "", "07700 900999"))
    assert told(ask(report, both, BEN)) == "facts/changed"


def test_an_unknown_fact_is_refused() -> None:
    assert told(ask(received(), correct(FactChange("shoe_size", "", "9")))) == "facts/unknown"


def test_a_correction_keeps_the_old_words_in_the_log() -> None:
    report = done(received(), correct(FactChange("people", "", "two men")), at=minutes(1))
    answer = ask(report, correct(FactChange("people", "two men", "three men")), at=minutes(2))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.text == "people: two men → three men"


def test_a_place_is_corrected_and_an_unknown_place_says_why() -> None:
    unknown = Location(unknown_because="caller hung up")
    answer = ask(received(), CorrectFacts(report=R1, location=unknown, location_was=PLACE))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.text == f"where: {PLACE.text} → unknown: caller hung up"
    assert answer[0].evolve(received()).location == unknown


def test_a_place_somebody_else_corrected_meanwhile_is_shown_and_not_overwritten() -> None:
    mill, fen = Location(text="3 Mill Road"), Location(text="9 Fen Drove")
    report = done(received(), CorrectFacts(report=R1, location=mill, location_was=PLACE), ASHA)
    answer = ask(report, CorrectFacts(report=R1, location=fen, location_was=PLACE), BEN)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.field) == ("facts/changed", "location")
    assert "3 Mill Road" in answer.sentence
    seen = CorrectFacts(report=R1, location=fen, location_was=mill)
    assert done(report, seen, BEN).location == fen


def test_the_same_place_from_two_people_and_another_fact_merge() -> None:
    mill = CorrectFacts(report=R1, location=Location(text="3 Mill Road"), location_was=PLACE)
    report = done(done(received(), mill, ASHA), mill, BEN)
    report = done(report, correct(FactChange("phone", "", "07700 900100")), BEN)
    assert (report.location.text, report.facts.phone) == ("3 Mill Road", "07700 900100")


def test_a_fact_is_given_once() -> None:
    twice = correct(FactChange("people", "", "two"), FactChange("people", "", "three"))
    answer = ask(received(), twice)
    assert isinstance(answer, Refusal)
    assert answer.code == "facts/twice"
