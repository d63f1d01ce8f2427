"""How far everyday words lean, as learned from the accounts there are."""

import pytest

from tests.reading.learning import read_told, told_digest
from tests.reading.reading import lexicon, reader, suggested
from workstation.machine.resources import leaning_text
from workstation.reading.leaning import SURE, Leaning, read_leaning
from workstation.reading.lexicon import LexiconProblem


@pytest.fixture(scope="module")
def leaning() -> Leaning:
    return read_leaning(leaning_text(), lexicon())


def test_it_was_learned_from_the_accounts_that_are_here(leaning: Leaning) -> None:
    """Learn it again where this fails: python -m tests.reading.learning."""
    assert leaning.told == told_digest()


def test_every_situation_has_accounts_of_many_people() -> None:
    told = [name for name, _ in read_told()]
    assert min(told.count(name) for name in lexicon().situations) >= 10


def test_words_that_no_rule_names_lean_to_what_people_tell_with_them(leaning: Leaning) -> None:
    meaning = reader().read("Two wheelie bins tipped and pizza boxes blown all down our cut again")
    leans = leaning.of(meaning)
    assert max(leans, key=lambda name: leans[name]) == "litter"
    said = [
        meaning.words.between(hit.first, hit.last) for hit in leaning.because(meaning, "litter")
    ]
    assert said
    assert sum(leans.values()) == pytest.approx(SURE)


def test_words_that_nobody_told_anything_with_lean_nowhere(leaning: Leaning) -> None:
    assert leaning.of(reader().read("Qwfp zxcv.")) == {}


def test_a_few_words_of_a_note_tip_nothing_over() -> None:
    for note in ("He left towards the river.", "He left the station.", "As discussed."):
        assert suggested(note, form="call").situations == ()


def test_a_suggestion_by_everyday_words_names_them() -> None:
    first = suggested("Two wheelie bins tipped and pizza boxes blown all down our cut again")
    assert any("everyday words" in one.rule and one.words for one in first.situations[0].because)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "learn it again"),
        ('{"told":"","situations":["x"],"bias":[1],"weights":{}}', r"situations\[0\]: 'x'"),
        ('{"told":"","situations":["noise"],"bias":[],"weights":{}}', "one for each"),
    ],
)
def test_what_is_not_as_it_was_learned_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(LexiconProblem, match=says):
        read_leaning(text, lexicon())
