"""Matters of other bodies by their everyday words; never where somebody may be in need."""

import pytest

from tests.reading.reading import lexicon, reader, suggested
from workstation.machine.resources import lexicon_texts
from workstation.reading.lexicon import LexiconProblem, read_lexicon
from workstation.reading.matters import Matters

ELSEWHERE = {
    "The leylandii next to my annexe are so tall I get no shade.": "civil",
    "The paddock's donkey is hobbling.": "animal_welfare",
}
OURS = [
    "The tree by the crossing is overhanging so far that the signals are obscured, I am scared.",
    "The tree by the crossing is overhanging and a man with a bat is hiding in it.",
    "Our caddy has not been emptied and he threatened to kill the binman.",
    "Whole lane has had its electricity cut, my neighbour is 91 and on oxygen.",
    "A tortoise was starving in a tank, and the little girl there is bruised.",
    "The landlord is keeping the deposit and pushed me down the stairs.",
    "Our caddy has not been emptied and nobody has seen the old man at 5 for days.",
]


@pytest.mark.parametrize(("text", "situation"), ELSEWHERE.items())
def test_everyday_words_of_one_matter_propose_who_deals_with_it(text: str, situation: str) -> None:
    said = suggested(text, form="asb")
    assert said.situations[0].name == situation
    assert said.agency.decision == "redirect"
    assert {why.rule for why in said.because["agency"]} == {f"{situation}: everyday words"}
    assert all(text[why.start : why.end] == why.words for why in said.because["agency"])


@pytest.mark.parametrize("form", ["asb", "crime", "call"])
@pytest.mark.parametrize("text", OURS)
def test_no_everyday_words_send_a_report_of_danger_or_need_elsewhere(text: str, form: str) -> None:
    assert suggested(text, form=form).agency.decision == "police"


@pytest.mark.parametrize("form", ["missing", "rtc", "update"])
def test_no_everyday_words_redirect_where_the_form_says_otherwise(form: str) -> None:
    text = next(iter(ELSEWHERE))
    assert suggested(text, form=form).agency.decision == "police"


def test_words_that_two_matters_share_alike_propose_neither() -> None:
    known = lexicon().matters
    same = Matters({"noise": known["noise"], "litter": known["noise"]}, reader().stem)
    assert same.find(reader().read("the drums are so loud").words) is None


def test_a_matter_that_is_no_redirected_situation_is_refused_with_its_place() -> None:
    texts = {**lexicon_texts(), "x.toml": '[matters.robbery]\nthings = "bin"\ntroubles = "full"\n'}
    with pytest.raises(LexiconProblem, match=r"x\.toml: matters\.robbery"):
        read_lexicon(texts)


def test_a_driver_shut_in_is_not_sent_to_a_council() -> None:
    said = suggested("A car is parked across it and I can't get out of my drive.", form="asb")
    assert said.agency.decision == "police"
    assert said.grade == "scheduled"


def test_a_theft_on_the_train_is_the_railways_and_one_after_it_is_ours() -> None:
    on_it = suggested("My bag was taken from the luggage rack on the train to Leeds.")
    assert on_it.agency.agency_ids == ("btp",)
    after = suggested("I got off the train and walking home a man grabbed my bag and ran.")
    assert after.agency.decision == "police"
