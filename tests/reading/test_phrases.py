"""Marked words: what is marked, what is negated, and that every mark stands where it says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.machine.resources import lexicon_texts
from workstation.reading.lexicon import read_lexicon
from workstation.reading.phrases import MARKING_FILES, MOST_MARKS, phrase_marker

LEXICON = read_lexicon(lexicon_texts(*MARKING_FILES))
PHRASES = [
    " ".join(phrase.split())
    for concept in LEXICON.concepts.values()
    for phrase in concept.says.split(",")
]
mark_phrases = phrase_marker(LEXICON)

MARKED = [
    ("He has a knife.", "knife", "weapon"),
    ("HE HAS A KNIFE", "KNIFE", "weapon"),
    ("She said he will kill her", "will kill", "threat"),
    ("I’m scared to go home", "I’m scared", "threat"),
    ("im scared to go home", "im scared", "threat"),
    ("The man is bleeding badly", "bleeding", "injury"),
    ("He is not breathing", "not breathing", "injury"),
    ("I want to die", "want to die", "self-harm"),
    ("a self-harm scar", "self-harm", "self-harm"),
    ("Her ex-husband turned up", "ex-husband", "domestic or stalking"),
    ("There are children in the house", "children in the house", "child"),
    ("She has dementia", "dementia", "vulnerable"),
    ("I was raped", "raped", "sexual"),
    ("My son hasn't come home", "hasn't come home", "missing"),
    ("A man is watching the house", "watching the house", "watched or followed"),
    ("They are trying to break in", "trying to break in", "happening now"),
    ("I'm not lying he punched me", "punched", "injury"),
    ("No, he has a knife", "knife", "weapon"),
    ("Nobody came. Knife on the floor", "Knife", "weapon"),
    ("Weapons: YES, see above", "Weapons", "weapon"),
    ("[customer] he has a gun", "gun", "weapon"),
    ("He was stabbing at the seat", "stabbing", "weapon"),
    ("They smothered him", "smothered", "injury"),
    ("He has two knifes", "knifes", "weapon"),
    ("he strangld her", "strangld", "injury"),
    ("[operator] Is anyone hurt?\n[customer] yes my son", "hurt", "injury"),
]
UNMARKED = [
    "My bicycle was stolen from the station.",
    "There was no knife.",
    "No visible injuries.",
    "no one hurt",
    "He did not threaten me",
    "he didn't threaten me",
    "Weapons: none stated; Injuries: nil",
    "The knifemaker's workshop",
    "[operator] Is anyone hurt or in danger right now?",
    "[operator] Is anyone hurt?\n[customer] no we are fine",
]


@pytest.mark.parametrize(("text", "words", "kind"), MARKED, ids=[row[0] for row in MARKED])
def test_words_that_may_speak_of_risk_are_marked(text: str, words: str, kind: str) -> None:
    assert (words, kind) in [(found.words, found.kind) for found in mark_phrases(text)]


@pytest.mark.parametrize("text", UNMARKED)
def test_negated_and_harmless_words_are_not_marked(text: str) -> None:
    assert mark_phrases(text) == ()


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert "ex. Partner" not in [found.words for found in mark_phrases("My ex. Partner unknown")]


def test_an_empty_account_has_no_marks() -> None:
    assert mark_phrases("") == ()


def test_the_longest_phrase_wins_and_none_overlap() -> None:
    [found] = mark_phrases("a zombie knife")
    assert found.words == "zombie knife"


def test_repeated_words_neither_hide_others_nor_fill_the_header() -> None:
    found = mark_phrases("knife " * 10_000 + "and he is suicidal")
    assert [f.words for f in found] == ["knife"] * 3 + ["suicidal"]
    assert len(mark_phrases(" . ".join(PHRASES))) == MOST_MARKS


PIECES = ["İ", "knife", "ß ", "’", "no", ".\n", " "]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
def test_every_mark_stands_where_it_says(text: str) -> None:
    end = 0
    for found in mark_phrases(text):
        assert text[found.start : found.end] == found.words
        assert found.start >= end
        end = found.end


@pytest.mark.parametrize(
    "text",
    ["a " * 50_000, "he will kill me with a knife " * 3_500, "don't " * 16_667, "x" * 100_000],
    ids=["short words", "only risk", "only apostrophes", "one word"],
)
def test_ten_times_the_words_take_ten_times_as_long_and_not_a_hundred(text: str) -> None:
    tenth, whole = (min(_seconds(text[:length]) for _ in range(5)) for length in (10_000, 100_000))
    assert whole < 40 * tenth


def _seconds(text: str) -> float:
    began = time.perf_counter()
    mark_phrases(text)
    return time.perf_counter() - began


def test_no_phrase_of_the_lexicon_is_written_twice() -> None:
    assert sorted({phrase for phrase in PHRASES if PHRASES.count(phrase) > 1}) == []


def test_every_phrase_of_the_lexicon_marks_itself() -> None:
    assert [phrase for phrase in PHRASES if not mark_phrases(phrase)] == []


def test_every_kind_of_mark_is_named_once() -> None:
    names = [mark.name for mark in LEXICON.marks]
    assert sorted(names) == sorted(set(names))
