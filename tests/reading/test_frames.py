"""Frames: a thing near its trouble tells whose matter it is, never where somebody is in need."""

from collections import Counter
from pathlib import Path

import pytest

from tests.reading.reading import account, judge, judged, lexicon, reader
from workstation.reading.judge import Judged

HERE = Path(__file__).parent
FRAMED = {
    "The tree by the crossing is overhanging so far that the signals are obscured.": "pothole",
    "Whole lane has had its electricity cut since six.": "power",
    "The hedge at number 4 blocks the light in my conservatory, they refuse to trim it.": "civil",
    "Nobody at 9 has slept, his drum kit is deafening until gone midnight.": "noise",
}


def said_in(name: str) -> list[tuple[str, ...]]:
    """The lines of a file of sayings, each in its parts; the last part is what was said."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    parts = 2 if name == "in_need.txt" else 3
    return [
        tuple(line.replace("\\n", "\n").split("|", parts - 1))
        for line in lines
        if line and not line.startswith("#")
    ]


def as_told(form: str, text: str) -> Judged:
    """What follows for a saying; a call that no call handler noted is one to 999."""
    channel = "online"
    if form == "call":
        channel = "101" if text.startswith("[") else "999"
    return judge().judge(account(text, form, channel), reader().read(text))


@pytest.mark.parametrize(("text", "situation"), FRAMED.items())
def test_a_thing_near_its_trouble_proposes_who_deals_with_it(text: str, situation: str) -> None:
    said = judged(text, form="asb")
    assert said.situations[0].name == situation
    assert said.whose == "redirect"


@pytest.mark.parametrize(("form", "text"), said_in("in_need.txt"))
def test_nobody_in_need_is_sent_elsewhere_for_words_of_a_council(form: str, text: str) -> None:
    assert judge().judge(account(text, form), reader().read(text)).whose != "redirect"


def test_nine_in_ten_everyday_sayings_go_to_who_deals_with_them_and_none_of_ours_does() -> None:
    right: Counter[bool] = Counter()
    for situation, form, text in said_in("everyday.txt"):
        said = as_told(form, text)
        if situation == "ours":
            assert said.whose != "redirect", text
        else:
            right[said.whose == "redirect" and said.situations[0].name == situation] += 1
    assert right[True] >= 9 * right[False]


def test_nine_in_ten_everyday_sayings_of_crime_and_danger_are_known_for_what_they_are() -> None:
    known = lexicon().situations
    right: Counter[bool] = Counter()
    for situation, form, text in said_in("everyday_ours.txt"):
        assert situation in known
        said = as_told(form, text)
        assert said.whose != "redirect", text
        right[bool(said.situations) and said.situations[0].name == situation] += 1
    assert right[True] >= 9 * right[False]


def test_words_of_fear_keep_what_a_frame_would_send_elsewhere() -> None:
    told = "His drum kit is deafening until gone midnight."
    assert judged(told, form="asb").whose == "redirect"
    assert judged(f"{told} I am scared of him.", form="asb").whose == "police"


def test_a_person_in_a_bad_way_keeps_what_a_frame_would_send_elsewhere() -> None:
    told = "Somebody has dumped a settee and a fridge down the lane."
    assert judged(told, form="asb").whose == "redirect"
    assert judged(f"{told} A man is lying on it.", form="asb").whose == "police"


def test_where_little_speaks_for_a_council_a_child_keeps_the_report() -> None:
    assert judged("The recycling again.", form="asb").whose == "redirect"
    assert judged("The recycling again, and a toddler.", form="asb").whose == "police"


def test_an_everyday_word_is_not_mended_into_another() -> None:
    stem = reader().stem
    assert stem("strolled") != stem("scrolled")
    assert stem("pleasant") != stem("pheasant")
