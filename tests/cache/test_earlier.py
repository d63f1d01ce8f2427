"""Earlier places in cache.db: filled with the state, replaced with it, gone with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from tests.world import cambridgeshire
from workstation.cache.confirmed import Confirmed, Standing
from workstation.cache.shelf import Shelf
from workstation.domain.packing import pack_hash
from workstation.domain.report import Channel, Location, Report, ReportId
from workstation.wire.protocol import Change, Changes

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
ROAD = Location(text="Mill Road", town="Cambridge")


@pytest.fixture
def confirmed(tmp_path: Path) -> Iterator[Confirmed]:
    """An empty cache that knows the force pack."""
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    yield cache
    cache.close()


@pytest.fixture
def shelf(tmp_path: Path, confirmed: Confirmed) -> Iterator[Shelf]:
    """The window's reader of it."""
    reader = Shelf(tmp_path / "cache.db", KEY)
    yield reader
    reader.close()


def told(confirmed: Confirmed, *places: Location, first: int = 0) -> None:
    """A page of the feed with a report at each place, a minute apart."""
    reports = [
        Report(
            id=ReportId(f"r{n}"),
            channel=Channel.ONLINE,
            received_at=NOW + timedelta(minutes=n),
            location=place,
        )
        for n, place in enumerate(places, first)
    ]
    page(confirmed, *((r.id, msgspec.json.encode(r)) for r in reports))


def page(confirmed: Confirmed, *bodies: tuple[str, bytes]) -> None:
    """A page of changed reports; the body `null` says that a report is gone."""
    changes = tuple(
        Change(kind="report", id=id, version=1, position=n, body=Raw(body))
        for n, (id, body) in enumerate(bodies, 1)
    )
    told_of = Changes(changes=changes, cursor="c", head=len(changes), more=False, server_time=NOW)
    confirmed.changed(told_of, NOW)


def names(shelf: Shelf, text: str) -> list[str]:
    return [place.name for place in shelf.earlier_places(text)]


def test_a_street_of_earlier_reports_is_offered_with_how_many(
    confirmed: Confirmed, shelf: Shelf
) -> None:
    told(confirmed, ROAD, Location(text="12 mill rd, Cambridge"), Location(text="The Rec"))
    (place,) = shelf.earlier_places("mill r")
    assert (place.uses, place.last) == (2, NOW + timedelta(minutes=1))
    assert names(shelf, "the rec") == ["The Rec"]


def test_the_words_of_the_report_that_knew_the_area_are_used(
    confirmed: Confirmed, shelf: Shelf
) -> None:
    area = msgspec.structs.replace(ROAD, area="CAM-CITY", district="E07000008")
    told(confirmed, area, Location(text="mill road cambridge"))
    (place,) = shelf.earlier_places("mill r")
    assert (place.name, place.location.area) == ("Mill Road, Cambridge", "CAM-CITY")


def test_the_same_street_in_two_towns_is_two_places(confirmed: Confirmed, shelf: Shelf) -> None:
    told(confirmed, ROAD, Location(text="Mill Road", town="Ely"))
    assert sorted(names(shelf, "mill r")) == ["Mill Road, Cambridge", "Mill Road, Ely"]


def test_a_corrected_place_replaces_the_old_one(confirmed: Confirmed, shelf: Shelf) -> None:
    told(confirmed, ROAD)
    told(confirmed, Location(text="Hill Road", town="Ely"))
    assert names(shelf, "mill r") == []
    assert names(shelf, "hill r") == ["Hill Road, Ely"]
    told(confirmed, Location(unknown_because="Silent call"))
    assert names(shelf, "hill r") == []


@pytest.mark.invariant("I15")
def test_a_report_the_person_may_no_longer_see_takes_its_place_along(
    confirmed: Confirmed, shelf: Shelf
) -> None:
    told(confirmed, ROAD, ROAD)
    page(confirmed, ("r0", b"null"))
    assert [place.uses for place in shelf.earlier_places("mill r")] == [1]
    page(confirmed, ("r1", b"null"))
    assert names(shelf, "mill r") == []


def test_another_store_begins_without_places(confirmed: Confirmed, shelf: Shelf) -> None:
    told(confirmed, ROAD)
    confirmed.begin(Standing(pack=confirmed.standing().pack))
    assert names(shelf, "mill r") == []


@pytest.mark.invariant("I11")
def test_a_page_that_fails_leaves_the_places_as_they_were(
    confirmed: Confirmed, shelf: Shelf
) -> None:
    told(confirmed, ROAD)
    elsewhere = Report(
        id=ReportId("r0"),
        channel=Channel.ONLINE,
        received_at=NOW,
        location=Location(text="Hill Road"),
    )
    with pytest.raises(msgspec.DecodeError):
        page(confirmed, ("r0", msgspec.json.encode(elsewhere)), ("r1", b"{"))
    assert names(shelf, "mill r") == ["Mill Road, Cambridge"]


@pytest.mark.parametrize("text", ["%", "_", "'; DROP TABLE place", '"', "mill_r", "mill%"])
def test_a_typed_text_is_never_read_as_a_pattern(
    confirmed: Confirmed, shelf: Shelf, text: str
) -> None:
    told(confirmed, Location(text="Somewhere else"))
    assert names(shelf, text) == []
