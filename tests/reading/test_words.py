"""Words: one stem for all forms of a word, mended spelling, and that each stands where it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.reading import reader
from workstation.reading.words import Spelling, read_words

FORMS = [
    "take takes taking took taken",
    "steal steals stealing stole stolen",
    "stab stabs stabbed stabbing",
    "change changed changing",
    "carry carries carried carrying",
    "bus buses",
    "knife knives",
]
APART = ["car care", "hat hate", "bit bite", "her here", "not note"]
SLIPS = ["strangld strangled", "burgalry burglary", "ambulnce ambulance", "stolled stolled"]


@pytest.mark.parametrize("forms", FORMS)
def test_all_forms_of_a_word_are_one_stem(forms: str) -> None:
    assert len({reader().stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART)
def test_words_that_only_look_alike_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert reader().stem(one) != reader().stem(other)


@pytest.mark.parametrize("pair", SLIPS)
def test_a_slip_in_a_longer_word_is_read_as_the_word(pair: str) -> None:
    written, meant = pair.split()
    assert reader().stem(written) == reader().stem(meant)


def test_what_may_be_a_name_is_not_mended() -> None:
    words = read_words("from Brampton. from bromptons", reader().spelling)
    assert words.stems[1] == "brampton"


@given(
    st.text()
    | st.lists(st.sampled_from(["İ", "ß", "’s ", "a\u0301", "\u200b", "9am "])).map("".join)
)
def test_every_word_stands_where_it_says(text: str) -> None:
    words = read_words(text, Spelling({}))
    for plain, start, end in zip(words.plain, words.starts, words.ends, strict=True):
        assert plain
        assert start < end <= len(text)
