"""The six fields of a crime: what is on record of them, and what does not fit together."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.domain.situations import ASHA, NOW, R1, assessed, context, minutes, record_crime
from workstation.domain.act import Command
from workstation.domain.answering import AnswerQuestions
from workstation.domain.decider import apply, decide
from workstation.domain.entry import Given
from workstation.domain.packing import compose_pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Facts, Location, Report
from workstation.domain.six_fields import SIX, on_record, six_doubts, six_words, when_doubt
from workstation.machine.resources import guide_texts, pack_text, reference_tables

PACK = compose_pack(pack_text("leicestershire"), reference_tables(), guide_texts())
BURGLARY, DAMAGE = "28/03", "58/01"
BARE = replace(assessed(), facts=Facts(), location=Location(), excerpt="")


def act(report: Report, command: Command) -> Report:
    """The report after it, by the rules of a real force."""
    answer = decide(report, command, context(at=minutes(4), pack=PACK))
    assert not isinstance(answer, Refusal), answer
    return apply({R1: report}, answer, ASHA.id)[R1]


def asked(report: Report, *questions: str) -> Report:
    """Those questions of the property guide are answered."""
    given = tuple(Given(one, "no" if one == "video" else "nothing") for one in questions)
    answers = AnswerQuestions(report=R1, guide="property", answers=given)
    return act(report, answers)


def doubts(report: Report, offence: str = "") -> list[str]:
    return list(six_doubts(report, PACK, NOW, offence))


def test_nothing_is_on_record_of_what_nobody_said() -> None:
    assert on_record(BARE, PACK) == frozenset()
    assert six_words(BARE, PACK) == (
        "On record: nothing yet. Not asked: what, where, when, evidence, stolen, damaged (F10)."
    )


def test_a_fact_or_an_answer_puts_each_on_record() -> None:
    report = replace(
        BARE, excerpt="My shed", facts=Facts(occurred="Friday"), location=Location(text="Home")
    )
    assert on_record(report, PACK) == {"what", "where", "when"}
    whole = asked(report, "taken", "damaged", "video")
    assert on_record(whole, PACK) == set(SIX)
    assert six_words(whole, PACK) == ("On record: what, where, when, evidence, stolen, damaged.")


@pytest.mark.parametrize(
    ("occurred", "said"),
    [
        ("", ""),
        ("Friday evening", ""),
        ("22/11/2026", ""),
        ("31 February 2026", "no calendar has that day"),
        ("24/11/2026", "is still to come"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_stands(occurred: str, said: str) -> None:
    sentence = when_doubt(BARE, occurred, NOW)
    assert said in sentence
    assert bool(said) is bool(sentence)


def test_a_day_after_the_report_came_is_told_later_too() -> None:
    sentence = when_doubt(BARE, "24/11/2026", NOW + timedelta(days=9))
    assert sentence.startswith("That is after this report came, 22 Nov 2026.")


def test_a_burglary_without_a_word_of_what_was_stolen_is_told() -> None:
    (sentence,) = doubts(BARE, BURGLARY)
    assert sentence == "“Burglary in a dwelling”, and nobody has asked what was stolen."
    assert doubts(asked(BARE, "taken"), BURGLARY) == []
    recorded = act(BARE, record_crime(offence=BURGLARY))
    assert doubts(recorded) == [sentence]


def test_damage_without_a_word_of_what_was_damaged_is_told() -> None:
    (sentence,) = doubts(BARE, DAMAGE)
    assert sentence.endswith("and nobody has asked what was damaged.")
    assert doubts(asked(BARE, "damaged"), DAMAGE) == []


def test_a_place_that_is_not_known_is_told_with_its_reason() -> None:
    away = replace(BARE, location=Location(unknown_because="She was on a bus."))
    assert doubts(away) == ["Where it happened is not known: She was on a bus."]
