"""Guides are data: every force's hold, and one with an error is refused whole, saying where."""

import pytest

from workstation.demand.lexicon import shipped_lexicon
from workstation.domain.guide import Guide
from workstation.domain.guide_check import read_guides
from workstation.domain.pack import PackProblem
from workstation.domain.packing import compose_pack, decode_pack, encode_pack
from workstation.machine.resources import guide_texts, pack_forces, pack_text, reference_tables

TEXTS = guide_texts()
FLAGS = ("safeguarding", "repeat-victim", "domestic-abuse", "missing")
SETS = {"domestic-abuse", "missing", "hate", "collision", "fraud", "vehicle", "asb", "property"}
FILE = "domestic_abuse.toml"


def problem_of(old: str, new: str, file: str = FILE) -> str:
    assert old in TEXTS[file]
    with pytest.raises(PackProblem) as caught:
        read_guides({**TEXTS, file: TEXTS[file].replace(old, new, 1)}, FLAGS)
    return str(caught.value)


def shipped() -> tuple[Guide, ...]:
    return read_guides(TEXTS, FLAGS)


@pytest.mark.parametrize("force", pack_forces())
def test_every_force_carries_every_set_and_they_come_back_as_they_went(force: str) -> None:
    pack = compose_pack(pack_text(force), reference_tables(), TEXTS)
    assert {guide.id for guide in pack.guides if guide.questions} == SETS
    assert decode_pack(encode_pack(pack)) == pack
    offences = {code for guide in pack.guides for code in guide.suits.offences}
    assert offences <= set(pack.offence_by_code)


def test_every_guide_says_where_it_is_from_and_advises() -> None:
    assert all(guide.source and guide.advice for guide in shipped())
    purposes = {line.purpose for guide in shipped() for line in guide.advice}
    assert purposes == {"safety", "evidence", "prevention"}


def test_the_missing_person_set_asks_all_that_a_call_taker_has_to() -> None:
    [missing] = [guide for guide in shipped() if guide.id == "missing"]
    assert {
        "worried", "done", "character", "before", "before-what", "medical", "crime", "hurt",
        "exploited", "self-harm", "danger-others", "abroad", "other", "reporter", "name", "born",
        "address", "looks",
    } <= {one.id for one in missing.questions}  # fmt: skip
    level = missing.question("level")
    assert level is not None
    assert level.options == ("High", "Medium", "Low", "No apparent risk")
    assert all(level.meaning(option) for option in level.options)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('id = "choked"', 'id = "choked', f"{FILE}, line "),
        ('kind = "yes-no"', 'kind = "maybe"', f"{FILE}, questions[0].kind: "),
        ('ask = "Can', 'say = "Can',
         f"{FILE}, questions[1]: contains unknown field `say`; allowed"),
        ('raises = ["yes"]', 'raises = ["often"]',
         f"{FILE}, questions[0].raises: 'often' is no answer to it; allowed: yes, no, not known"),
        ('flag = "safeguarding"', 'flag = "evil"',
         f"{FILE}, questions[10].flag: 'evil' is no flag of the force; allowed: safeguarding"),
        ('question = "children", answer', 'question = "dogs", answer',
         f"{FILE}, questions[12].shown_when.question: 'dogs' is not asked before; allowed: there"),
        ('answer = ["yes", "not known"]', 'answer = []',
         f"{FILE}, questions[12].shown_when.answer: is empty; allowed: yes, no, not known"),
        ('id = "can-talk"', 'id = "there-now"',
         f"{FILE}, questions: id 'there-now' is given 2 times"),
        ('short = "somebody is hurt"\n', "",
         f"{FILE}, questions[2].short: is empty; give up to 48 characters"),
        ('purpose = "safety"', 'purpose = "sales"', f"{FILE}, advice[0].purpose: "),
        ("valid_from = 2026-01-01", "valid_from = 2026-01-01\nvalid_to = 2025-01-01",
         f"{FILE}, valid_to: is before valid_from, 2026-01-01"),
        ('id = "domestic-abuse"', 'id = "much-too-long-an-id"',
         f"{FILE}, id: has 19 characters; allowed: up to 16"),
        ('raises = ["no"]\nshort = "cannot talk freely"\n', "",
         f"{FILE}, questions[1].raises: is empty; name the answers"),
    ],
)  # fmt: skip
def test_one_error_refuses_all_with_file_key_path_and_what_is_allowed(
    old: str, new: str, sentence: str
) -> None:
    assert sentence in problem_of(old, new)


def test_two_guides_of_one_id_are_refused() -> None:
    texts = {**TEXTS, "again.toml": TEXTS[FILE]}
    with pytest.raises(PackProblem, match="guides: id 'domestic-abuse' is given 2 times"):
        compose_pack(pack_text("cambridgeshire"), reference_tables(), texts)


def test_meanings_are_told_for_each_option_or_for_none() -> None:
    old = '  "Nothing known speaks of harm to them or to others.",\n'
    problem = problem_of(old, "", "missing_person.toml")
    assert "questions[17].meanings: 3 are given; there are 4 options" in problem


def test_a_choice_needs_two_answers_of_its_own() -> None:
    old = 'options = ["Personal", "Nuisance", "Environmental"]'
    problem = problem_of(old, 'options = ["Personal", "not known"]', "antisocial.toml")
    assert "questions[1].options: 'not known' is always offered; leave it out" in problem
    assert "options: a choice needs two or more" in problem_of(old, "", "antisocial.toml")


def test_what_a_guide_goes_by_in_the_words_is_known_to_the_lexicon() -> None:
    lexicon = shipped_lexicon()
    risks = {flag for one in lexicon.situations.values() for flag in one.flags}
    risks |= {flag for one in lexicon.notices.values() for flag in one.flags}
    read = {name for guide in shipped() for name in guide.suits.read}
    assert read <= {*lexicon.situations, *risks}
