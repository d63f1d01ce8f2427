"""What was spoken of: said or denied alike, by the words that say it; never that it is so."""

import pytest

from workstation.domain.asked import ASKED
from workstation.machine.resources import lexicon_texts, strip_texts
from workstation.reading.lexicon import LexiconProblem, read_lexicon
from workstation.reading.mentions import mention_reader

read = mention_reader(read_lexicon(strip_texts()))


def spoken_of(text: str) -> set[str]:
    return {one.name for one in read(text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", set()),
        ("Hello, can you hear me?", set()),
        ("A man with a knife", {"who", "weapons"}),
        ("no weapons seen", {"weapons"}),
        ("Nobody is hurt", {"injured"}),
        ("She is bleeding, he ran off down the lane", {"injured", "still there", "where"}),
        ("they stole my bike from the shed", {"what", "where"}),
        ("My ex is still outside", {"who", "still there", "where"}),
    ],
)
def test_what_is_spoken_of(text: str, names: set[str]) -> None:
    assert spoken_of(text) == names


def test_each_is_told_by_the_first_words_that_speak_of_it() -> None:
    words = {one.name: one.words for one in read("He has no knife but a hammer, she is hurt")}
    assert words["weapons"] == "knife"
    assert words["injured"] == "hurt"
    assert list(words) == [name for name in ASKED if name in words]


def test_a_lexicon_without_all_six_is_refused() -> None:
    texts = strip_texts() | {"strip.toml": ""}
    with pytest.raises(LexiconProblem, match="who, where, what, weapons"):
        mention_reader(read_lexicon(texts))


def test_it_needs_no_more_than_three_small_files() -> None:
    assert set(strip_texts()) == {*lexicon_texts("grammar.toml", "marks.toml"), "strip.toml"}
