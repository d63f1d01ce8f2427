"""Numbers as they are read aloud: in groups, and letter by letter."""

import pytest

from workstation.domain.spelt import SpokenNumber, phone_in_groups


@pytest.mark.parametrize(
    ("written", "grouped", "spelt"),
    [
        ("35/66507/26", "35 / 665 07 / 26",
         "three five, stroke, six six five, zero seven, stroke, two six"),
        ("CC-22112026-0401", "CC - 22 11 2026 - 04 01",
         "Charlie Charlie, dash, two two, one one, two zero two six, dash, zero four, zero one"),
        ("W07-asha-0003", "W 07 - asha - 00 03",
         "Whiskey, zero seven, dash, Alfa Sierra Hotel Alfa, dash, zero zero, zero three"),
        ("35/7/26", "35 / 7 / 26", "three five, stroke, seven, stroke, two six"),
        ("1234567", "123 45 67", "one two three, four five, six seven"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_digits_stand_in_groups_and_letters_have_their_nato_words(
    written: str, grouped: str, spelt: str
) -> None:
    number = SpokenNumber("Crime number", written)
    assert (number.grouped, number.spelt) == (grouped, spelt)


def test_every_letter_has_a_word_of_its_own_and_nothing_of_a_number_is_left_out() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    words = SpokenNumber("", letters).spelt.split()
    assert [word[0] for word in words] == list(letters)
    assert SpokenNumber("", "é#").spelt == "é, #"
    for length in range(1, 15):
        digits = "1234567890123456"[:length]
        parts = SpokenNumber("", digits).grouped.split()
        assert "".join(parts) == digits
        assert all(len(part) in (2, 3) for part in parts) or length == 1


@pytest.mark.parametrize(
    ("written", "grouped"),
    [
        ("07700900412", "07700 900412"),
        ("01632960713", "01632 960713"),
        ("07700 900412", "07700 900412"),
        ("0207 9460 123", "0207 9460 123"),
        ("+447700900412", "+447700900412"),
        ("ext 4417", "ext 4417"),
        ("", ""),
    ],
)
def test_a_telephone_number_typed_in_one_go_is_grouped(written: str, grouped: str) -> None:
    assert phone_in_groups(written) == grouped
