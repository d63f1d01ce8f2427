"""What somebody who searches means, by its shape; what cannot be searched is said in words."""

import pytest

from tests.domain.situations import received
from workstation.domain.searching import (
    NOTHING_TYPED,
    ONLY_SIGNS,
    TOO_LONG,
    TOO_SHORT,
    Sought,
    read,
    words_of,
)


@pytest.mark.parametrize(
    ("typed", "shape", "trace"),
    [
        ("CAM-7Q4K-2", "reference", ("reference", "CAM7Q4K2")),
        ("cam-neln-hxyh", "reference", ("reference", "CAMNELNHXYH")),
        ("35/66507/22", "reference", ("reference", "356650722")),
        ("W07-0003", "reference", ("reference", "W070003")),
        ("07700 900 412", "phone", ("phone", "07700900412")),
        ("+44 7700 900412", "phone", ("phone", "07700900412")),
        ("(07700) 900-412", "phone", ("phone", "07700900412")),
        ("07700.900.412", "phone", ("phone", "07700900412")),
        ("tel: 07700 900\u2011412 ext 4", "phone", ("phone", "07700900412")),
        ("CAM7Q4KHXYH", "reference", ("reference", "CAM7Q4KHXYH")),
        ("kn51-abc", "vehicle", ("vehicle", "KN51ABC")),
        ("KN 51 ABC", "vehicle", ("vehicle", "KN51ABC")),
        ("<Jo@Example.com>", "email", ("email", "jo@example.com")),
        ("pe29 3lr", "postcode", ("postcode", "PE293LR")),
        ("kn51 abc", "vehicle", ("vehicle", "KN51ABC")),
        ("Jo@Example.com", "email", ("email", "jo@example.com")),
        ("ABZ 1234", "vehicle", ("vehicle", "ABZ1234")),
        ("CB1-2AB", "postcode", ("postcode", "CB12AB")),
        ("cbi 2ab", "postcode", ("postcode", "CB12AB")),
        ("SW1A 1AA", "postcode", ("postcode", "SW1A1AA")),
        ("EC1-2AB", "postcode", ("reference", "EC12AB")),
        ("CAM 7Q4K HXYH", "reference", ("reference", "CAM7Q4KHXYH")),
        ("cam neln hxyh", "words", ("reference", "CAMNELNHXYH")),
    ],
)
def test_a_shape_is_known(typed: str, shape: str, trace: tuple[str, str]) -> None:
    sought = read(typed)
    assert isinstance(sought, Sought)
    assert sought.shape == shape
    assert trace in sought.traces


@pytest.mark.parametrize(
    "typed", ["smyth histon", "the M11", "he is back", "flat 6", "Zoë 12", "information"]
)
def test_everything_else_is_words(typed: str) -> None:
    sought = read(typed)
    assert isinstance(sought, Sought)
    assert (sought.shape, sought.traces) == ("words", ())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", NOTHING_TYPED), ("  ", NOTHING_TYPED), ("*", ONLY_SIGNS), ("%_?", TOO_SHORT),
     ("x", TOO_SHORT), ("word " * 50, TOO_LONG)],
)  # fmt: skip
def test_what_cannot_be_searched_is_said_in_words(typed: str, sentence: str) -> None:
    assert read(typed) == sentence


def test_accents_and_capitals_make_no_difference() -> None:
    sought = read("Zoë CAFÉ")
    assert isinstance(sought, Sought)
    assert sought.words == ("zoe", "cafe")


def test_the_words_of_a_header_are_each_named_once() -> None:
    words = words_of(received())
    assert len(words) == len(set(words))
    assert words
