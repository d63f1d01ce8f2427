"""By what the same person, address and vehicle are found again, and how names sound."""

import pytest
from msgspec.structs import replace

from tests.domain.situations import received
from workstation.domain.report import Facts, Location
from workstation.domain.sounding import sound_of, sounds_of
from workstation.domain.traces import (
    birth_date,
    identity,
    phone_key,
    plate_key,
    reference_key,
    references,
    said,
    who,
)

ALIKE = """Smith Smyth|Stephen Steven|Mohammed Muhammad|McDonald MacDonald|Siobhan Shivaun|
Sean Shaun|Catherine Kathryn|Thompson Thomson|Clark Clarke|Geoffrey Jeffrey|O'Neill Oneil|
Hussain Hussein|Reid Reed|Christopher Kristofer|Leigh Lee|Philip Filip|Wright Right|Zoë Zoe|
Davis Davies|Whitfield Witfield|Hughes Hews|Mackenzie McKenzie|McArthur MacArthur|Paweł Pawel|
Łukasz Lukasz|Wróbel Wrobel|Sørensen Sorensen|Đorđe Dorde"""
HOME = Location(text="Flat 6, 12 Histon Road", town="Cambridge", postcode="cb4 3jp")


@pytest.mark.parametrize("pair", ALIKE.replace("\n", "").split("|"))
def test_names_that_sound_alike_share_a_code(pair: str) -> None:
    one, other = pair.split(" ")
    assert sound_of(one) == sound_of(other)


@pytest.mark.parametrize("pair", ["Smith Jones", "Kelly Kerry", "Mark Martin", "Ali Alan"])
def test_names_that_do_not_sound_alike_have_codes_of_their_own(pair: str) -> None:
    one, other = pair.split(" ")
    assert sound_of(one) != sound_of(other)


def test_people_whose_names_are_of_another_script_are_not_one() -> None:
    codes = [sound_of(name) for name in ("Иван", "李小龙", "محمد")]
    assert len(set(codes)) == len(codes)
    assert all(codes)


def test_titles_and_signs_are_no_part_of_a_name() -> None:
    assert sounds_of("Mrs. Anne-Marie O’Neill") == sounds_of("anne marie oneill")
    assert sounds_of("123 ~") == frozenset()


@pytest.mark.parametrize(
    "written",
    [
        "12/03/1984",
        "12-3-84",
        "12 March 1984",
        "12. Mar 84",
        "1984-03-12",
        " 12/3/1984 ",
        "12th March 1984",
        "12th of March 1984",
        "March 12 1984",
        "Mar 12th, 1984",
        "12-Mar-84",
        "1984/03/12",
        "12 03 1984",
        "12 Mar '84",
        "12–03–1984",
    ],
)
def test_a_birth_date_is_one_however_it_is_written(written: str) -> None:
    assert birth_date(written) == "1984-03-12"


@pytest.mark.parametrize("written", ["31/02/1984", "about 40", "1984", ""])
def test_what_is_no_date_stays_as_it_is_written(written: str) -> None:
    assert birth_date(written) == written


@pytest.mark.parametrize(
    "written", ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700-900-123"]
)
def test_a_telephone_number_is_one_however_it_is_written(written: str) -> None:
    assert phone_key(written).removeprefix("0") in {"7700900123", "07700900123"}


@pytest.mark.parametrize(
    "written",
    [
        "07700.900.123",
        "(07700) 900-123",
        "07700\u00a0900\u2011123",
        "07700 900123 ext 4",
        "00 44 7700 900123",
        "44 7700 900123",
        "tel: 07700 900123",
        "٠٧٧٠٠٩٠٠١٢٣",
        "+44.7700.900123",
    ],
)
def test_a_number_is_found_again_in_any_style(written: str) -> None:
    assert who(Facts(phone=written)) == [("phone", "07700900123")]


def test_a_number_abroad_is_one_with_a_plus_or_two_noughts() -> None:
    assert phone_key("+353 1 234 5678") == phone_key("00353 1 234 5678") == "35312345678"


def test_a_field_may_hold_two_numbers_and_an_address_in_brackets() -> None:
    two = Facts(phone="07700 900123 / 07700 900124", email="Ola <Ola@post.example>.")
    assert who(two) == [
        ("phone", "07700900123"), ("phone", "07700900124"), ("email", "ola@post.example"),
    ]  # fmt: skip


def test_a_short_number_tells_nobody_apart() -> None:
    assert phone_key("101") == ""


def test_letters_and_digits_that_look_alike_on_a_plate_are_one() -> None:
    assert plate_key("kn5i abo") == plate_key("KN51 AB0")


def test_words_name_numbers_plates_and_addresses() -> None:
    text = (
        "Ring 07700 900412 or a.b@c.co.uk. Red Fiat, KN51 ABC, a van "
        "ABZ 1234, PIN 1234, at UPRN: 100090012345, on the A10."
    )
    assert said(text) == [
        ("phone", "07700900412"),
        ("email", "a.b@c.co.uk"),
        ("vehicle", "KN51ABC"),
        ("vehicle", "ABZ1234"),
        ("uprn", "100090012345"),
    ]


@pytest.mark.parametrize(
    "text", ["the A10 and the M11 too", "in 10 min", "CAM-7Q4K-2", "35/66507/22"]
)
def test_roads_times_and_references_are_no_plates_or_numbers(text: str) -> None:
    assert said(text) == []


def test_a_house_is_known_by_its_postcode_and_by_its_street() -> None:
    report = replace(received(), facts=Facts(), location=HOME, excerpt="")
    assert [value for kind, value in identity(report) if kind == "address"] == [
        "flat612/CB43JP",
        "flat612/histon road/cambridge",
    ]


def test_a_reference_is_found_however_it_is_written() -> None:
    report = replace(received(), receipt_code="CAM-7Q4K-2")
    assert ("reference", "CAM7Q4K2") in references(report)
    assert reference_key("cam 7q4k 2") == "CAM7Q4K2"
