"""Places: what a typed text may mean, offline and at once, never finer than is known."""

import pytest

from workstation.domain.grid import read_grid, to_wgs84
from workstation.domain.places import Place, PlaceIndex
from workstation.machine.resources import reference_tables

TABLE = reference_tables()["places"]
INDEX = PlaceIndex.from_csv(TABLE, force="cambridgeshire")


def first(text: str) -> Place:
    found = INDEX.find(text)
    assert found, text
    return found[0]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("ely", "Ely", "town"),
        ("peterb", "Peterborough", "town"),
        ("Saint Neots", "St Neots", "town"),
        ("st. ives", "St Ives", "town"),
        ("arbury", "Arbury", "ward"),
        ("Mill Road, Cambridge", "Cambridge", "town"),
        ("cambridge road, st ives", "St Ives", "town"),
        ("CB6", "CB6", "postcode"),
        ("cb1", "CB1", "postcode"),
        ("cb12ab", "CB1", "postcode"),
        ("CB21 6AA", "CB21", "postcode"),
        ("12 High Street, Ely CB6 1AA", "CB6", "postcode"),
        ("TL 455 585", "TL 455 585", "grid"),
        ("tl455585", "TL 455 585", "grid"),
        ("52.2053, 0.1218", "52.20530, 0.12180", "coordinates"),
        ("///filled.count.soap", "///filled.count.soap", "three words"),
        ("Peterbrough", "Peterborough", "town"),
        ("Great Shelford", "Shelford", "ward"),
    ],
)
def test_a_text_finds_the_place_it_most_likely_means(text: str, name: str, kind: str) -> None:
    place = first(text)
    assert (place.name, place.kind) == (name, kind)


def test_the_exact_name_comes_before_names_that_begin_with_it() -> None:
    assert [place.name for place in INDEX.find("ely")[:2]] == ["Ely", "Ely East"]


def test_places_of_the_own_force_come_first() -> None:
    assert first("Abbey").force == "cambridgeshire"
    assert PlaceIndex.from_csv(TABLE, "leicestershire").find("Abbey")[0].force == "leicestershire"


def test_half_a_postcode_offers_the_districts_in_order() -> None:
    assert [place.name for place in INDEX.find("CB2")][:3] == ["CB2", "CB21", "CB22"]


def test_a_postcode_across_a_boundary_asks_for_the_address() -> None:
    assert "Ask for the full address" in first("CB1 1AA").note
    assert first("CB21 6AA").note == ""


def test_a_street_is_never_said_to_be_found() -> None:
    assert "street was not looked up" in first("Mill Road, Cambridge").note
    assert first("Cambridge").note == ""


def test_a_likeness_is_never_said_to_be_the_name() -> None:
    assert "is like it" in first("Huntington").note


def test_three_words_have_no_position_and_say_so() -> None:
    place = first("filled.count.soap")
    assert (place.lat, place.lon, place.district) == (None, None, "")
    assert "cannot be placed offline" in place.note


def test_a_point_takes_the_district_of_the_nearest_centre_and_says_so() -> None:
    place = first("TL 455 585")
    assert (place.district, place.area, place.rural) == ("E07000008", "CAM-CITY", False)
    assert "Within about 100 m" in place.note
    assert "Confirm the district" in place.note


def test_a_point_far_away_has_no_district() -> None:
    place = first("51.5007, -0.1246")
    assert (place.district, place.force, place.rural) == ("", "", None)
    assert "another force" in place.note


def test_rural_is_said_only_where_it_is_known() -> None:
    assert first("Cambridge").rural is False
    assert first("Swaffham Bulbeck").rural is True
    assert first("CB6").rural is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "b",
        "52, 0",
        "200.5, 3.1",
        "www.example.com",
        "'; drop table",
        "SW1A 1AA",
        "\x00\x00",
    ],
)
def test_a_text_that_is_no_known_place_finds_nothing(text: str) -> None:
    assert INDEX.find(text) == []


@pytest.mark.parametrize("text", ["x" * 100_000, "a b c " * 20_000, "9 " * 999])
def test_a_very_long_text_finds_nothing(text: str) -> None:
    assert INDEX.find(text) == []


def test_no_more_places_are_given_than_asked_for() -> None:
    assert len(INDEX.find("CB", limit=3)) == 3
    assert len(INDEX.find("CB")) == 8


def test_the_grid_agrees_with_the_ordnance_survey_example() -> None:
    """Caister water tower, the worked example of the Survey's guide to coordinate systems."""
    lat, lon = to_wgs84(651_409.903, 313_177.270)
    assert lat == pytest.approx(52.657978, abs=0.00005)
    assert lon == pytest.approx(1.716052, abs=0.00005)


@pytest.mark.parametrize(
    ("text", "reference", "metres"),
    [
        ("TL4558", "TL 45 58", 1000),
        ("TL 455 585", "TL 455 585", 100),
        ("tl 4550 5850", "TL 4550 5850", 10),
        ("TL 45505 58505", "TL 45505 58505", 5),
        ("SK 58 04", "SK 58 04", 1000),
    ],
)
def test_a_grid_reference_is_as_rough_as_its_figures(
    text: str, reference: str, metres: int
) -> None:
    point = read_grid(text)
    assert point is not None
    assert (point.reference, point.metres) == (reference, metres)


@pytest.mark.parametrize("text", ["NG31", "SG19", "LE10", "TL 455 58", "TL455", "ZZ 12 34", "TL"])
def test_what_is_no_grid_reference_is_not_read_as_one(text: str) -> None:
    assert read_grid(text) is None


def test_a_town_begun_after_a_street_is_offered() -> None:
    assert "March" in [place.name for place in INDEX.find("12 High St, Mar")]
