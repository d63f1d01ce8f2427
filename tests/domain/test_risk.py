"""THRIVE: nothing found is never the same as no risk."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.packs import PACK
from tests.domain.situations import (
    BEN,
    LOW,
    MARK,
    NOTHING,
    R2,
    ask,
    assess,
    assessed,
    context,
    done,
    graded,
    happening,
    minutes,
    received,
    told,
)
from workstation.domain.act import Command
from workstation.domain.judgement import LevelChange
from workstation.domain.judgement_checks import thrive_model_problems
from workstation.domain.pack import ThriveElement
from workstation.domain.refusal import Refusal
from workstation.domain.report import EarlierContacts, MarkedPhrase, Report
from workstation.domain.risk import lowest_levels

ARMED = replace(received(), hazards=("He keeps a machete by the door",))
REPEATED = replace(received(), duplicates=(R2,))
BEFORE = done(received(), assess(count=2))
MARKED = replace(received(), marked=(MARK, MarkedPhrase(9, 14, "scared", "threat")))
NONE_FOUND = assess(nothing=True)
UNSEEN = replace(assess(), earlier=None)
VULNERABLE = replace(NONE_FOUND, earlier=EarlierContacts(vulnerable=True))
ONE_ANSWERED = replace(NONE_FOUND, answered=("knife",))
ALL_ANSWERED = replace(NONE_FOUND, answered=("knife", "scared"))
SHORT = replace(assess(), levels={"T": "Low", "H": "Low"})
STRANGE_LEVEL = replace(assess(), levels={**LOW, "T": "Awful"})
STRANGE_ELEMENT = replace(assess(), levels={**LOW, "X": "Low"})

SERIOUS = replace(assess(), levels={**LOW, "T": "High"})
WORDED = replace(SERIOUS, words={"T": "He has a knife"})
BARE = replace(assess(), interim="", rara=())
NOTHING_DONE = replace(assess(), rara=())
OLD = replace(SERIOUS, interim="", rara=(), unworded=True)

ROWS: list[tuple[str, Report, Command, list[str] | str]] = [
    ("six levels are an assessment", received(), assess(), ["RiskAssessed"]),
    ("a repeat caller is assessed in full", received(), assess(count=3), ["RiskAssessed"]),
    ("it happens now: assessed in full", happening(received()), assess(), ["RiskAssessed"]),
    ("earlier contacts come first", received(), UNSEEN, "thrive/earlier"),
    ("the most serious level has words", received(), SERIOUS, "thrive/words"),
    ("blanks are no words", received(), replace(SERIOUS, words={"T": " "}), "thrive/words"),
    ("nor what nobody sees", received(), replace(SERIOUS, words={"T": "\u200b"}), "thrive/words"),
    ("nor a bare letter", received(), replace(SERIOUS, words={"T": "x."}), "thrive/words"),
    ("with words it is an assessment", received(), WORDED, ["RiskAssessed"]),
    ("a release before asked for no words", graded("P"), OLD, ["RiskAssessed"]),
    ("before anybody is sent nothing waits", received(), BARE, ["RiskAssessed"]),
    ("officers on their way: what until then?", graded("P"), BARE, "thrive/interim"),
    ("and what is done about it?", graded("P"), NOTHING_DONE, "thrive/rara"),
    ("said and done", graded("P"), assess(), ["RiskAssessed"]),
    ("nobody is on the way", graded("R"), BARE, ["RiskAssessed"]),
    (
        "no risk found needs none of it",
        graded("P"),
        replace(BARE, levels=NOTHING, no_risk_found=True),
        ["RiskAssessed"],
    ),
    ("an element is missing", received(), SHORT, "thrive/incomplete"),
    ("a level of no pack", received(), STRANGE_LEVEL, "thrive/level"),
    ("an element of no pack", received(), STRANGE_ELEMENT, "thrive/element"),
    ("no risk found, nothing against it", received(), NONE_FOUND, ["RiskAssessed"]),
    ("no risk found, but words are marked", MARKED, NONE_FOUND, "thrive/marked"),
    ("no risk found, one mark unanswered", MARKED, ONE_ANSWERED, "thrive/marked"),
    ("no risk found, every mark answered", MARKED, ALL_ANSWERED, ["RiskAssessed"]),
    ("no risk found, but a repeat", received(), assess(nothing=True, count=1), "thrive/repeat"),
    ("no risk found, but vulnerable before", received(), VULNERABLE, "thrive/repeat"),
    ("no risk found, but a hazard is pinned", ARMED, NONE_FOUND, "thrive/hazard"),
    ("a pinned hazard is assessed in full", ARMED, assess(), ["RiskAssessed"]),
    ("no risk found, but it was reported twice", REPEATED, NONE_FOUND, "thrive/repeat"),
    ("no risk found, but a repeat by the last THRIVE", BEFORE, NONE_FOUND, "thrive/repeat"),
    ("no risk found, but it happens now", happening(received()), NONE_FOUND, "thrive/now"),
]


@pytest.mark.parametrize(
    ("report", "command", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_thrive(report: Report, command: Command, expected: list[str] | str) -> None:
    assert told(ask(report, command, at=minutes(9))) == expected


def test_a_thrive_that_its_own_grade_overtook_is_asked_for_nothing_more() -> None:
    graded_at = graded("P").grading
    assert graded_at is not None
    before = graded_at.at - timedelta(milliseconds=1)
    assert told(ask(graded("P"), BARE, at=before)) == ["RiskAssessed"]
    assert told(ask(graded("P"), BARE, at=graded_at.at)) == "thrive/interim"


def test_the_refusal_shows_the_first_words_nobody_answered() -> None:
    answer = ask(MARKED, ONE_ANSWERED)
    assert isinstance(answer, Refusal)
    assert "“scared”" in answer.sentence


def test_the_refusal_shows_the_hazard_that_is_pinned() -> None:
    answer = ask(ARMED, NONE_FOUND)
    assert isinstance(answer, Refusal)
    assert "“He keeps a machete by the door” is pinned" in answer.sentence


def test_earlier_contacts_on_record_are_never_claimed_away() -> None:
    again = done(BEFORE, assess(), at=minutes(9))
    assert again.thrive is not None
    assert again.thrive.earlier.count == 2


def test_a_missing_element_is_named_with_its_field() -> None:
    answer = ask(received(), SHORT)
    assert isinstance(answer, Refusal)
    assert (answer.field, answer.sentence) == ("thrive.V", "Set Vulnerability.")


def test_anyone_on_records_assesses_a_report_a_colleague_holds() -> None:
    assert told(ask(assessed(), assess(), BEN)) == ["RiskAssessed"]


def test_each_assessment_is_a_version_of_its_own() -> None:
    again = done(assessed(), assess(count=2), BEN, minutes(9))
    assert again.thrive is not None
    assert (again.thrive.number, again.thrive.by, again.thrive.at) == (2, BEN.author, minutes(9))
    assert again.thrive.earlier.count == 2


def test_an_assessment_answers_the_marked_words() -> None:
    assert MARKED.risk_is_unassessed
    assert not done(MARKED, assess()).risk_is_unassessed


def test_no_risk_found_records_the_lowest_level_of_each_element() -> None:
    assert lowest_levels(PACK) == NOTHING


def test_each_version_says_what_it_changed_of_the_one_before() -> None:
    worse = replace(assess(), levels={**LOW, "H": "Med", "T": "None"})
    answer = ask(done(received(), assess()), worse, BEN, minutes(9))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.title == "RE-THRIVE assessed"
    assert entry.text.splitlines()[0] == "Threat Low → None · Harm None → Med"
    again = answer[0].evolve(done(received(), assess())).thrive
    assert again is not None
    assert again.changes == (
        LevelChange("Threat", "Low", "None"),
        LevelChange("Harm", "None", "Med"),
    )


def test_the_same_levels_again_say_so() -> None:
    answer = ask(done(received(), assess()), assess(), BEN, minutes(9))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.text.startswith("No level changed\n")


def test_what_could_happen_until_officers_come_is_in_the_log() -> None:
    answer = ask(graded("P"), assess())
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert "Before officers arrive: He may come back\nSafeguarding: avoid" in entry.text


def test_the_refusal_stands_at_the_element_without_words() -> None:
    answer = ask(received(), SERIOUS)
    assert isinstance(answer, Refusal)
    assert (answer.field, answer.sentence) == ("thrive.T", "Say in words why Threat is High.")


def test_a_force_chooses_its_model_and_the_log_names_it() -> None:
    model = replace(PACK, thrive_model="THRIVE-SP")
    answer = assess().decide(received(), context(pack=model))
    assert not isinstance(answer, Refusal)
    entry = answer[0].entry("e1")
    assert entry is not None
    assert entry.title == "THRIVE-SP assessed"


MODELS = [
    ("THRIVE", "", []),
    ("THRIVE+", "P", []),
    ("THRIVE-SP", "SP", []),
    ("THRIVE+", "", ["thrive: THRIVE+ needs an element P; given: H, T, V"]),
    ("THRIVE-SP", "S", ["thrive: THRIVE-SP needs an element P; given: H, S, T, V"]),
    ("THOR", "", ["thrive_model: 'THOR' is not known; allowed: THRIVE, THRIVE+, THRIVE-SP"]),
]


@pytest.mark.parametrize(("name", "more", "problems"), MODELS)
def test_the_name_of_a_model_promises_its_elements(
    name: str, more: str, problems: list[str]
) -> None:
    own = tuple(ThriveElement(key, key, ("None", "Done"), "?") for key in more)
    pack = replace(PACK, thrive_model=name, thrive=PACK.thrive + own)
    assert list(thrive_model_problems(pack)) == problems
