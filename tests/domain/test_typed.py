"""Dates, plates, postcodes and telephone numbers as people type them: taken, and marked."""

import pytest

from tests.domain.situations import NOW, R1, ask, received, told
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.typed import doubt, is_false_birth

FINE = [
    ("date", "last night about ten"),
    ("date", "21/11/2026"),
    ("date", "22 Nov 2026"),
    ("date", "2026-11-22"),
    ("birth-date", "12/03/88"),
    ("birth-date", "3rd November 1988"),
    ("plate", "ab12 cde"),
    ("plate", "A 1"),
    ("plate", "ABC 123D"),
    ("plate", "BXI 1234"),
    ("postcode", "cb1 2ab"),
    ("postcode", "CB12AB"),
    ("phone", "07700 900123"),
    ("phone", "+44 (0)7700-900123"),
    ("phone", "0044 1632 960035"),
    ("phone", "01632 960 035 ext 4"),
    ("phone", "+33 1 42 68 53 00"),
    ("phone", "101"),
    ("number", "about 3"),
    ("text", "31/02/2026"),
    ("plate", " "),
]
DOUBTED = [
    ("date", "31/02/2026", "There is no 31/02/2026"),
    ("date", "30 Feb 2026", "There is no 30 Feb 2026"),
    ("date", "24 Dec 2026", "24 Dec 2026 is still to come"),
    ("birth-date", "1 Jan 1890", "That makes them 136"),
    ("birth-date", "ten or so", "Not read as a date"),
    ("birth-date", "29/02/2001", "There is no 29/02/2001"),
    ("plate", "ABI2 CDE", "has not the shape of a British plate"),
    ("postcode", "CB", "has not the shape of a postcode"),
    ("postcode", "CB1", "Half a postcode"),
    ("postcode", "ZZ9 9ZZ", "ZZ9 is not known to this desk"),
    ("phone", "07700 90012", "10 figures"),
    ("phone", "ask his mum", "is not only figures"),
    ("phone", "7700 900123", "10 figures"),
    ("number", "a few", "No figure in it"),
]


def known(outcode: str) -> bool:
    return outcode == "CB1"


@pytest.mark.parametrize(("kind", "text"), FINE)
def test_what_may_be_right_in_any_style_is_taken_without_a_word(kind: str, text: str) -> None:
    assert doubt(kind, text, NOW, known) == ""


@pytest.mark.parametrize(("kind", "text", "sentence"), DOUBTED)
def test_what_is_doubtful_is_told_in_a_sentence(kind: str, text: str, sentence: str) -> None:
    assert sentence in doubt(kind, text, NOW, known)


def test_only_a_birth_after_today_would_be_false() -> None:
    assert is_false_birth("23 Nov 2026", NOW)
    assert not is_false_birth("22 Nov 2026", NOW)
    assert not is_false_birth("31/02/2027", NOW)
    assert not is_false_birth("27/03/27", NOW)


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("1 Jan 2030", "facts/birth"),
        ("31/02/1990", ["FactsCorrected"]),
        ("about forty", ["FactsCorrected"]),
    ],
)
def test_a_fact_is_taken_as_said_unless_it_would_be_false(
    born: str, expected: list[str] | str
) -> None:
    change = FactChange("date_of_birth", "", born)
    assert told(ask(received(), CorrectFacts(report=R1, changes=(change,)))) == expected
