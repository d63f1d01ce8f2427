"""Words that come after an account are read with it, and may only raise what is suggested."""

from pathlib import Path

import msgspec
import pytest

from tests.reading.reading import account, fresh_suggester
from workstation.domain.pack import Band
from workstation.reading.account import Account
from workstation.reading.judge import BANDS
from workstation.reading.later import CAREFUL, place_of, suggest_with
from workstation.reading.suggestions import Suggester

FRESH = Path(__file__).with_name("fresh.jsonl")
CALMING = "He has gone home now, all is quiet, nobody is hurt and they do not want the police."
NOISE = "My neighbours play loud music every night until three."


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return fresh_suggester()


def test_a_later_note_makes_a_noise_complaint_an_emergency_for_the_police(
    suggester: Suggester,
) -> None:
    told = account(NOISE, form="asb")
    later = ["She is screaming get off me and he is hitting her now."]
    assert suggest_with(suggester, told, []).agency.decision == "redirect"
    found = suggest_with(suggester, told, later)
    assert found.emergency is True
    assert found.grade == "emergency"
    assert found.agency.decision == "police"
    assert any(place_of(why, NOISE, later).text == 1 for why in found.because["emergency"])


def test_nothing_said_later_lowers_anything(suggester: Suggester) -> None:
    lines = FRESH.read_bytes().splitlines()[::6]
    assert len(lines) > 100
    for line in lines:
        told = msgspec.json.decode(line, type=Account)
        before = suggest_with(suggester, told, [])
        after = suggest_with(suggester, told, [CALMING])
        assert after.emergency or not before.emergency, told.report_id
        assert BANDS.index(after.grade) <= BANDS.index(before.grade), told.report_id
        assert set(before.flags) <= set(after.flags), told.report_id
        decisions = (CAREFUL.index(each.agency.decision) for each in (after, before))
        assert next(decisions) <= next(decisions), told.report_id
        assert before.note or not after.note, told.report_id


def test_every_word_quoted_stands_where_it_is_said_to_stand(suggester: Suggester) -> None:
    text = "My ex keeps following me to work."
    later = ["No answer by phone.", "Caller says he has a knife and is at her door now."]
    found = suggest_with(suggester, account(text), later)
    places = []
    for reasons in (*found.because.values(), *found.flags.values()):
        for why in reasons:
            place = place_of(why, text, later)
            said = (text, *later)[place.text]
            assert said[place.start : place.end] == why.words[: len(said) - place.start]
            places.append(place.text)
    assert {0, 2} <= set(places)


def test_the_bands_of_reading_are_the_national_ones_in_their_order() -> None:
    assert len(BANDS) == len(Band)
    assert BANDS[Band.EMERGENCY - 1] == "emergency"
    assert BANDS[Band.RESOLUTION - 1] == "resolution_without_deployment"
