"""Records are found by what people know of them, on the desk and at the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.cache import shelf
from workstation.desk import Results
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.searching import ONLY_SIGNS
from workstation.domain.story import AddNote
from workstation.store import feed
from workstation.sync.courier import Courier

FACTS = Facts(
    title="Bicycle stolen",
    reporter="Siobhan O'Neill",
    phone="07700 900123",
    people="Zoë Smyth saw it",
)
PLACE = Location(text="12 Histon Road", town="Cambridge", postcode="CB4 3JP")
LONG = "It stood locked to the rail. " * 20


@pytest.fixture
def bicycle(world: World, ann: Station) -> ReportId:
    """A report with everything in it, and others."""
    world.a_day()
    id = world.receive(Channel.ONLINE, f"{LONG}The van was KN51 ABC.", facts=FACTS)
    ann.exchange()
    return id


def found(station: Station, text: str) -> list[ReportId]:
    return [hit.row.id for hit in station.desk.search(text).hits]


@contextmanager
def held_beside(station: Station) -> Iterator[None]:
    """The thread that looks is busy with something else until the end of this."""
    let_go = Event()

    def busy() -> None:
        assert let_go.wait(60)

    station.desk.lists._do(busy)
    try:
        yield
    finally:
        let_go.set()


def by(results: Results) -> list[tuple[str, ...]]:
    return [hit.by for hit in results.hits]


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("+44 7700 900123", ("telephone",)),
        ("kn51abc", ("words",)),
        ("shivaun oneil", ("words",)),
        ("zoe smith bicy", ("words",)),
        ("locked rail", ("words",)),
        ("STOLEN lock", ("words",)),
    ],
)
def test_a_report_is_found_on_the_desk_off_the_line(
    ann: Station, bicycle: ReportId, typed: str, how: tuple[str, ...]
) -> None:
    ann.line.is_cut = True
    results = ann.desk.search(typed)
    assert [hit.row.id for hit in results.hits] == [bicycle]
    assert by(results) == [how]
    assert all(hit.is_here for hit in results.hits)


def test_every_reference_finds_it(world: World, ann: Station, bicycle: ReportId) -> None:
    ann.do(ClaimReport(report=bicycle))
    number = ann.desk.record_crime(bicycle, offence(ann), NOBODY)
    assert isinstance(number, str)
    ann.exchange()
    report = world.states()[bicycle]
    for spoken in (report.incident_number, report.receipt_code.lower(), number):
        results = ann.desk.search(spoken)
        assert results.hits[0].row.id == bicycle, spoken
        assert results.hits[0].by == ("reference",), spoken


def test_what_was_typed_and_not_sent_is_found(ann: Station, bicycle: ReportId) -> None:
    ann.line.is_cut = True
    id = ann.desk.take_contact(Channel.CALL_101, "Unicorn seen.", Facts(), PLACE)
    assert found(ann, "unic") == [id]


def test_words_of_a_note_are_found_until_the_reader_may_not_see_them(
    world: World, ann: Station, bicycle: ReportId
) -> None:
    ann.do(AddNote(report=bicycle, text="The rider wore a balaclava."))
    ann.exchange()
    assert found(ann, "balacl") == [bicycle]
    with world.database.write() as connection:
        feed.rescope(connection, bicycle, "restricted:1", "moved")
    ann.exchange()
    assert found(ann, "balacl") == []
    assert found(ann, "07700 900123") == []
    assert everywhere(ann, "balacl").hits == ()


def everywhere(station: Station, text: str) -> Results:
    """What is known after the store has answered."""
    station.desk.search(text, everywhere=True)
    for one in station.desk.questions.take():
        one.then(one.answer(Courier(station.line, station.credentials)))
    return station.desk.search(text, everywhere=True)


@pytest.mark.parametrize(
    "typed", ["locked rail", "07700900123", "shivaun", "kn51 abc", "bicycle smyth", "stol"]
)
def test_what_this_desk_has_not_got_is_found_at_the_store(
    world: World, ann: Station, typed: str
) -> None:
    world.a_day()
    ann.exchange()
    id = world.receive(Channel.ONLINE, f"{LONG}The van was KN51 ABC.", facts=FACTS)
    results = everywhere(ann, typed)
    assert [(hit.row.id, hit.is_here) for hit in results.hits] == [(id, False)]
    assert results.store == "This desk and the store were searched."
    assert ann.exchange()
    assert [(hit.row.id, hit.is_here) for hit in ann.desk.search(typed).hits] == [(id, True)]


def test_without_the_line_it_says_that_only_this_desk_was_searched(
    ann: Station, bicycle: ReportId
) -> None:
    ann.line.is_cut = True
    ann.exchange()
    results = ann.desk.search("bicycle", everywhere=True)
    assert len(results.hits) == 1
    assert results.store == "Only this desk was searched: the store cannot be reached."


def test_a_line_that_fails_meanwhile_is_told(ann: Station, bicycle: ReportId) -> None:
    ann.line.is_cut = True
    results = everywhere(ann, "bicycle")
    assert results.store.startswith("Only this desk was searched. The store cannot be reached")


def test_what_cannot_be_searched_is_said(ann: Station, bicycle: ReportId) -> None:
    assert ann.desk.search("***").problem == ONLY_SIGNS
    assert ann.desk.search('"bicycle" OR NEAR(').hits == ()
    assert found(ann, '"bicycle') == [bicycle]


def test_a_word_that_very_many_have_is_looked_for_in_those_with_the_others(
    ann: Station, bicycle: ReportId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "COMMON", 2)
    assert found(ann, "siobhan the") == [bicycle]
    assert found(ann, "siobhan my") == []
    assert found(ann, "siobhan zeppelin") == []


def test_what_is_looked_for_is_told_though_the_records_move_meanwhile(
    qtbot: QtBot, ann: Station, bicycle: ReportId
) -> None:
    desk = ann.desk
    with desk.lists.beside(), qtbot.waitSignal(desk.found, timeout=60_000), held_beside(ann):
        assert found(ann, "kn51abc") == []
        desk.counters_changed.emit()
    assert found(ann, "kn51abc") == [bicycle]


def test_words_typed_again_are_looked_for_again(
    qtbot: QtBot, ann: Station, bicycle: ReportId
) -> None:
    with ann.desk.lists.beside():
        with held_beside(ann):
            assert found(ann, "kn51") == []
            assert found(ann, "kn51abc") == []
        qtbot.waitUntil(lambda: found(ann, "kn51abc") == [bicycle], timeout=60_000)
        qtbot.waitUntil(lambda: found(ann, "kn51") == [bicycle], timeout=60_000)
