"""work.db is damaged beneath a desk that is open: it is mended there, or it is told and waits."""

from collections.abc import Callable, Iterable

import pytest

from tests.flow.test_numbers import NOBODY, offence
from tests.world import Station, World
from workstation.cache.carving import PAGE
from workstation.cache.outbox import turn_of
from workstation.cache.work import DAMAGED
from workstation.desk import Desk
from workstation.desk.recovery import WOUND_BACK
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.sync.marks import HeldMarks

SALVAGED = "work.db was damaged"
NOT_MENDED = "work.db is damaged and could not be mended"
FILLED = 24  # pages, at the least
FIRST = 1  # what is on the first page, only an opening reads


@pytest.fixture
def ids(world: World, ann: Station) -> list[ReportId]:
    """A day's reports, and a file full of unsent acts and of drafts."""
    made = world.a_day()
    assert ann.exchange()
    ann.line.is_cut = True
    ann.exchange()
    fill(ann, made)
    return made


def fill(ann: Station, ids: list[ReportId]) -> None:
    """Acts and drafts over many pages."""
    for n in range(30):
        ann.do(AddNote(report=ids[n % len(ids)], text=f"words {n} " * 60))
        ann.desk.save_draft(ids[n % len(ids)], f"f{n}", "draft " * 200)


def harm(desk: Desk, pages: Callable[[int], Iterable[int]]) -> None:
    """These pages of the file are damaged beneath the open desk, of so many there are."""
    connection, work = desk.stock.work.connection, desk.stock.profile.work
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("PRAGMA shrink_memory")
    with work.open("r+b") as file:
        for page in pages(work.stat().st_size // PAGE):
            file.seek(page * PAGE + 1000)
            byte = file.read(1)
            file.seek(-1, 1)
            file.write(bytes([byte[0] ^ 255]))


def all_pages(count: int) -> Iterable[int]:
    """Every page but the first ones."""
    return range(FIRST, count)


def mended(ann: Station) -> str:
    """The notice that the file was damaged."""
    return next((one for one in ann.desk.link().notices if "was damaged" in one), "")


@pytest.mark.fault("F22")
@pytest.mark.invariant("I4", "I6", "I7")
@pytest.mark.expects_log(SALVAGED)
def test_whatever_page_is_harmed_beneath_an_open_desk_it_goes_on(
    world: World, ann: Station, ids: list[ReportId]
) -> None:
    for page in range(FIRST, FILLED):
        harm(ann.desk, lambda _, page=page: [page])  # type: ignore[misc]
        ann.do(EscalateEmergency(report=ids[page % len(ids)], why=f"A knife, page {page}."))
        assert ann.desk.save_draft(ids[0], "note", f"words at page {page}") is not None
        for _ in range(7):
            world.clock.pass_by(seconds=1)
            ann.desk.tick()
        assert not ann.exchange()
        assert ids[page % len(ids)] in [one.report for one in ann.desk.undelivered()]
        draft = ann.restart().draft(ids[0], "note")
        assert draft is not None
        assert draft.text == f"words at page {page}"
        assert mended(ann)
        for notice in ann.desk.link().notices:
            ann.desk.read_notice(notice)
    ann.line.is_cut = False
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    assert verify(world.database) == []


@pytest.mark.fault("F22")
@pytest.mark.invariant("I4", "I7")
@pytest.mark.expects_log(SALVAGED)
def test_an_emergency_pressed_on_a_damaged_file_is_sent_and_the_damage_is_told(
    world: World, ann: Station, ids: list[ReportId]
) -> None:
    harm(ann.desk, all_pages)
    ann.line.is_cut = False
    ann.do(EscalateEmergency(report=ids[0], why="A knife, now."))
    assert ann.exchange()
    assert world.states()[ids[0]].is_emergency
    assert "unsent acts" in mended(ann)
    assert ann.desk.link().disk == ""
    assert mended(ann) in ann.restart().link().notices


@pytest.mark.fault("F22")
@pytest.mark.invariant("I4")
@pytest.mark.expects_log(SALVAGED)
def test_an_emergency_that_went_with_the_file_is_to_be_told_by_voice(
    ann: Station, ids: list[ReportId]
) -> None:
    ann.do(EscalateEmergency(report=ids[0], why="A knife, now."))
    harm(ann.desk, all_pages)
    ann.desk.tick()
    assert ann.desk.undelivered() == ()
    (told,) = [one for one in ann.desk.link().notices if "by voice" in one]
    assert told.startswith(f"{ann.desk.pack.emergency_grade.name} on ")
    assert told in ann.restart().link().notices


@pytest.mark.fault("F22")
@pytest.mark.invariant("I6", "I23")
@pytest.mark.expects_log(SALVAGED)
def test_several_things_in_one_a_contact_and_a_crime_are_kept_or_refused_whole(
    world: World, ann: Station, ids: list[ReportId]
) -> None:
    ann.desk.save_draft(ids[1], "note", "He has a key")
    harm(ann.desk, all_pages)

    def note() -> Refusal | None:
        refusal = ann.desk.submit(AddNote(report=ids[1], text="He has a key"))
        ann.desk.drop_draft(ids[1], "note")
        return refusal

    assert ann.desk.in_one(note) is None
    assert ann.desk.draft(ids[1], "note") is None
    harm(ann.desk, all_pages)
    taken = ann.desk.take_contact(Channel.CALL_101, "A call", Facts(), Location(text="Ely"))
    assert not isinstance(taken, Refusal)
    harm(ann.desk, all_pages)
    refused = ann.desk.record_crime(ids[0], offence(ann), NOBODY)
    assert isinstance(refused, Refusal)
    assert refused.code == "crime/no-number"
    ann.line.is_cut = False
    assert ann.exchange()
    assert verify(world.database) == []


@pytest.mark.fault("F22", "F23")
@pytest.mark.invariant("I23")
@pytest.mark.expects_log(SALVAGED)
def test_a_file_that_was_mended_is_not_taken_for_one_that_was_put_back(
    world: World, ann: Station, ids: list[ReportId]
) -> None:
    ann.marks = HeldMarks()
    ann.restart()
    taken = []
    for words in ("A call", "Another", "A third"):
        for _ in range(2):
            taken.append(ann.desk.take_contact(Channel.CALL_101, words, Facts(), Location()))
        ann.desk.tick()
        if words != "A third":
            harm(ann.desk, all_pages)
            ann.desk.tick()
    mark, turn = ann.marks.read(), turn_of(ann.desk.stock.work)
    assert mark is not None
    assert mark.lanes["main"][0] == turn > 1
    assert WOUND_BACK not in ann.restart().link().notices
    ann.line.is_cut = False
    assert ann.exchange()
    assert set(taken[4:]) <= set(world.states())
    assert verify(world.database) == []


@pytest.mark.fault("F18", "F22")
@pytest.mark.invariant("I4", "I6", "I7", "I42")
@pytest.mark.expects_log(NOT_MENDED)
@pytest.mark.expects_log(SALVAGED)
def test_a_file_that_cannot_be_mended_is_told_and_nothing_is_called_kept(
    world: World, ann: Station, ids: list[ReportId]
) -> None:
    desk = ann.desk
    ann.do(EscalateEmergency(report=ids[0], why="A knife, now."))
    desk.tick()
    in_the_way = ann.files / "work.salvage"
    in_the_way.mkdir()
    harm(ann.desk, all_pages)
    ann.line.is_cut = False
    refused = desk.submit(EscalateEmergency(report=ids[1], why="Another, now."))
    assert isinstance(refused, Refusal)
    assert "by voice" in refused.sentence
    assert desk.save_draft(ids[1], "note", "new words of a victim") is None
    for _ in range(40):
        world.clock.pass_by(seconds=1)
        desk.tick()
    ann.exchange()
    assert desk.link().disk == DAMAGED
    assert [one.report for one in desk.undelivered()] == [ids[0]]
    assert [one.text for one in desk.unsaved_words()] == ["new words of a victim"]
    in_the_way.rmdir()
    draft = ann.restart().draft(ids[1], "note")
    assert draft is not None
    assert draft.text == "new words of a victim"
    assert (ann.desk.link().disk, bool(mended(ann))) == ("", True)
