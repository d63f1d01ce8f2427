"""The lexicon: read whole or refused with its file, the key path and what is allowed."""

import pytest

from tests.reading.reading import lexicon
from workstation.machine.resources import lexicon_texts, reference_tables
from workstation.reading.lexicon import LexiconProblem, read_lexicon

GRAMMAR = lexicon_texts("grammar.toml")
WRONG = [
    ("[concepts.a]\nsaid = 'x'", r"bad\.toml: concepts\.a: .*unknown field `said`"),
    ("[concepts.a]\nsays = 3", r"bad\.toml: concepts\.a\.says: Expected `str`, got `int`"),
    ("[concept.a]", r"bad\.toml: concept: is no part; allowed here: grammar, c"),
    (
        "[concepts.a]\nmeans = ['b']",
        r"bad\.toml: concepts\.a\.means\[0\]: 'b' is no concept; ",
    ),
    (
        "[situations.s]\ntitle = 't'\ncues = {}\ngrade = 'now'",
        r"bad\.toml: situations\.s\.grade: Invalid enum value 'now'; allowed: emergency, ",
    ),
    (
        "[situations.s]\ntitle = 't'\ncues = {}\nvariants = [{ given = '', whose = 'x' }]",
        r"situations\.s\.variants\[0\]\.whose: .*'x'; allowed: police, redirect, ",
    ),
    ("[situations.s]\ntitle = 't'\ncues = { zz = 1 }", r"situations\.s\.cues: 'zz' is no concept"),
    ("[notices.n]\ngiven = 'line:x & zz'", r"notices\.n\.given: 'zz' is no concept"),
    ("[[marks]]\nname = 'm'\nconcepts = ['zz']", r"marks\[0\]\.concepts\[0\]: 'zz' is no concept"),
    (
        "[concepts.a]\nmeans = ['a']",
        r"bad\.toml: concepts\.a\.means: comes back to itself through a",
    ),
    ("[concepts.a", r"bad\.toml: this is not TOML: "),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG, ids=[row[0][:30] for row in WRONG])
def test_an_error_names_file_path_and_what_is_allowed(text: str, sentence: str) -> None:
    with pytest.raises(LexiconProblem, match=sentence):
        read_lexicon({**GRAMMAR, "bad.toml": text})


def test_a_name_given_in_two_files_is_refused() -> None:
    twice = "[concepts.a]\nsays = 'x'"
    with pytest.raises(LexiconProblem, match=r"two\.toml: concepts\.a: is given twice"):
        read_lexicon({**GRAMMAR, "one.toml": twice, "two.toml": twice})


def test_a_concept_that_comes_back_to_itself_is_told_with_its_own_file() -> None:
    files = {
        "one.toml": "[concepts.a]\nmeans = ['b']",
        "two.toml": "[concepts.b]\nmeans = ['c']\n[concepts.c]\nmeans = ['b']",
    }
    with pytest.raises(LexiconProblem, match=r"^two\.toml: concepts\.b\.means: comes back"):
        read_lexicon({**GRAMMAR, **files})


def test_a_lexicon_without_grammar_is_refused() -> None:
    with pytest.raises(LexiconProblem, match="grammar: is given 0 times"):
        read_lexicon({"one.toml": ""})


def test_every_offence_agency_and_topic_named_is_known_to_the_reference_tables() -> None:
    tables = reference_tables()
    for situation in lexicon().situations.values():
        for code in situation.offences:
            assert f"\n{code}," in tables["offences"], code
        for agency in situation.agencies:
            assert agency == "by_district" or f"\n{agency}," in tables["agencies"], agency


def test_notices_name_situations_that_there_are() -> None:
    known = set(lexicon().situations)
    named: set[str] = set()
    for notice in lexicon().notices.values():
        named |= {*notice.only, *notice.never} - {""}
    assert sorted(named - known) == []
