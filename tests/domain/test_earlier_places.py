"""Earlier places: which texts may be offered again, what is left out, and in which order."""

from datetime import UTC, datetime, timedelta

import pytest

from workstation.domain.earlier_places import (
    EarlierPlace,
    is_in_several,
    offered,
    street_key,
    to_keep,
    typed_keys,
    with_area_of_town,
)
from workstation.domain.places import Place, PlaceIndex
from workstation.domain.report import Location
from workstation.machine.resources import reference_tables

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
INDEX = PlaceIndex.from_csv(reference_tables()["places"], force="cambridgeshire")


def earlier(name: str, uses: int = 1, days_ago: int = 0) -> EarlierPlace:
    return EarlierPlace(name, Location(text=name), uses, NOW - timedelta(days=days_ago))


def names(text: str, *places: EarlierPlace) -> list[str]:
    return [place.name for place in offered(text, INDEX.find(text), places)]


def is_found(typed: str, name: str) -> bool:
    return any(f" {key}" in f" {street_key(name)}" for key in typed_keys(typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mill r", "Mill Road, Cambridge"),
        ("MILL RD", "Mill Road, Cambridge"),
        ("mill road", "Mill Rd., Cambridge"),
        ("mill rd camb", "Mill Road, Cambridge"),
        ("church st", "Church Street, Ely"),
        ("church stre", "Church St, Ely"),
        ("church street", "Church St, Ely"),
        ("St Mary's Stre", "Saint Marys St., Ely"),
        ("sain", "St. Peter's Lane"),
        ("forty foot dr", "Forty Foot Drove"),
        ("forty foot dr", "Forty Foot Drive"),
        ("14 mill r", "Mill Road, Cambridge"),
        ("flat 3, 14b mill", "Mill Road, Cambridge"),
        ("the rec", "The Rec, Cambourne"),
        ("rec", "The Rec, Cambourne"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed: str, name: str) -> None:
    assert is_found(typed, name)


@pytest.mark.parametrize(("typed", "name"), [("ill r", "Mill Road"), ("mill x", "Mill Road")])
def test_a_name_is_not_found_from_the_middle_of_a_word(typed: str, name: str) -> None:
    assert not is_found(typed, name)


@pytest.mark.parametrize("typed", ["", " ", "m", "???", "4 m"])
def test_too_little_to_go_by_finds_nothing(typed: str) -> None:
    assert typed_keys(typed) == ()


def test_a_name_that_begins_so_comes_before_one_with_a_word_that_does() -> None:
    found = names("mill r", earlier("Old Mill Road, Ely", uses=9), earlier("Mill Row, Soham"))
    assert found == ["Mill Row, Soham", "Old Mill Road, Ely"]


def test_the_most_used_comes_first_and_then_the_newest() -> None:
    found = names(
        "mill r",
        earlier("Mill Road, Soham", days_ago=9),
        earlier("Mill Road, Ely", days_ago=2),
        earlier("Mill Road, Cambridge", uses=3, days_ago=30),
    )
    assert found == ["Mill Road, Cambridge", "Mill Road, Ely", "Mill Road, Soham"]


def test_a_town_of_that_name_comes_before_streets_of_earlier_reports() -> None:
    assert names("ely", earlier("High Street, Ely"), earlier("Ely Road, Chettisham"))[0] == "Ely"


def test_many_towns_and_wards_leave_room_for_earlier_places() -> None:
    known = [Place(f"Abbey {n}", "ward", 52.0, 0.0, "", "", None, "") for n in range(9)]
    found = offered("abbey", known, [earlier("Abbey Walk, Ramsey")])
    assert len(found) == 8
    assert "Abbey Walk, Ramsey" in [place.name for place in found]


def test_the_number_that_was_typed_stays() -> None:
    place = offered("14b mill r", [], [earlier("Mill Road, Cambridge")])[0]
    assert isinstance(place, EarlierPlace)
    assert place.location.text == place.name == "14b Mill Road, Cambridge"


def test_a_house_leaves_neither_number_nor_postcode_nor_position() -> None:
    given = Location(
        text="Flat 3, 14 Mill Road", town="Cambridge", postcode="CB1 2AB", area="CAM-CITY",
        lat=52.2, lon=0.1,
    )  # fmt: skip
    assert to_keep(given) == Location(
        text="Mill Road, Cambridge", town="Cambridge", area="CAM-CITY"
    )


def test_a_position_is_kept_only_of_the_place_itself_and_is_to_be_checked() -> None:
    given = Location(text="The Rec", town="Cambourne", lat=52.2, lon=-0.07)
    kept = to_keep(given)
    assert kept is not None
    assert (kept.lat, kept.lon) == (52.2, -0.07)
    assert "check its position" in EarlierPlace(kept.text, kept, 1, NOW).note


@pytest.mark.parametrize(
    ("place", "note"),
    [
        (Location(text="Mill Road", town="Ely"), "in 3 earlier reports"),
        (Location(text="Mill Road", area="CAM-CITY"), "in 3 earlier reports"),
        (Location(text="Mill Road"), "in 3 earlier reports · town not recorded"),
    ],
)
def test_a_place_says_in_how_many_reports_it_was_and_what_is_not_known(
    place: Location, note: str
) -> None:
    assert EarlierPlace(place.text, place, 3, NOW).note == note


@pytest.mark.parametrize(
    ("typed", "is_so"),
    [("12 high st", True), ("High Street", True), ("high", False), ("high street, ely", False)],
)
def test_a_street_typed_in_full_may_be_in_several_towns(typed: str, is_so: bool) -> None:
    found = [earlier("High Street, Ely"), earlier("High St, Soham"), earlier("High Road, Ely")]
    assert is_in_several(typed, found) is is_so
    assert not is_in_several(typed, found[:1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "at home",
        "Home",
        "outside my house",
        "their address",
        "ring me on 07700 900315",
        "a.b@example.org",
        "///filled.count.soap",
        "unknown",
        "Ely",
        "we were walking along the river past the second bridge and then he came out of a van",
    ],
)
def test_what_is_no_name_of_a_place_is_not_kept(text: str) -> None:
    assert to_keep(Location(text=text, town="Ely")) is None


@pytest.mark.parametrize("text", ["Our Lady's Church", "Bramley Care Home", "the rec", "A14 J24"])
def test_local_names_are_kept_as_they_were_written(text: str) -> None:
    kept = to_keep(Location(text=text))
    assert kept is not None
    assert kept.text == text


def test_control_characters_do_not_travel() -> None:
    kept = to_keep(Location(text="Mill\u202e Road\n\n, Cambridge\x00"))
    assert kept is not None
    assert kept.text == "Mill Road , Cambridge"


def test_an_area_is_filled_in_only_by_a_town_that_was_given() -> None:
    told = with_area_of_town(Location(text="Mill Road", town="Ely"), INDEX.find("Ely"))
    assert (told.district, told.lat) == (INDEX.find("Ely")[0].district, None)
    bare = Location(text="Mill Road")
    assert with_area_of_town(bare, INDEX.find("Mill Road")) == bare
    recorded = Location(text="Mill Road", town="Ely", area="CAM-CITY")
    assert with_area_of_town(recorded, INDEX.find("Ely")) == recorded
