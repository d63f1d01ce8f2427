"""No room on the disk, whatever is written: kept in memory, told, and saved once there is."""

from datetime import timedelta

import pytest

from tests.faults.disk import Disk, WatchedConnection
from tests.flow.test_work_is_locked import Holder
from tests.world import Station, World
from workstation.cache.drafts import Draft
from workstation.cache.work import NO_ROOM_YET
from workstation.desk.exchange import Exchange
from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote


@pytest.fixture
def ids(world: World, ann: Station) -> list[ReportId]:
    """A day's reports, on Ann's desk."""
    made = world.a_day()
    assert ann.exchange()
    return made


@pytest.fixture
def disk(ann: Station, ids: list[ReportId]) -> Disk:
    """What befalls Ann's work.db."""
    made, work = Disk(), ann.desk.stock.work
    work.connection = WatchedConnection(work.connection, made, "work")
    return made


@pytest.mark.fault("F18")
@pytest.mark.invariant("I42")
def test_what_the_desk_notes_by_itself_is_in_nobodys_way_and_is_noted_later(
    world: World, ann: Station, ids: list[ReportId], disk: Disk
) -> None:
    desk, exchange = ann.desk, Exchange(ann.desk)
    disk.will("full")
    desk.looked_at(ids[0])
    desk.measure(world.clock.now() + timedelta(minutes=5))
    exchange.met(())
    desk.know_waiting(())
    desk.tick()
    assert not desk.entries(ids[0])[0].is_new
    assert ids[0] not in desk.stock.jottings.looks()
    disk.will("")
    desk.tick()
    assert ids[0] in desk.stock.jottings.looks()
    assert ann.restart().clock.now() - world.clock.now() == timedelta(minutes=5)


@pytest.mark.fault("F18")
@pytest.mark.invariant("I6", "I42")
def test_words_are_tried_again_whatever_report_is_on_screen_and_called_saved_only_then(
    ann: Station, ids: list[ReportId], disk: Disk
) -> None:
    desk = ann.desk
    told: list[object] = []
    desk.draft_saved.connect(told.append)
    desk.draft_not_saved.connect(told.append)
    disk.will("full")
    assert desk.save_draft(ids[0], "note", "He has a key") is None
    desk.tick()
    assert desk.save_draft(ids[1], "note", "Another") is None
    assert told == [NO_ROOM_YET, NO_ROOM_YET]
    disk.will("")
    desk.tick()
    assert told[2:] == [desk.clock.now()]
    assert [one.text for one in on_disk(ann)] == ["He has a key", "Another"]


@pytest.mark.fault("F18")
@pytest.mark.invariant("I6")
def test_words_begun_anew_outlive_the_end_of_those_before_them(
    ann: Station, ids: list[ReportId]
) -> None:
    desk, connection = ann.desk, ann.desk.stock.work.connection
    desk.save_draft(ids[0], "note", "The first")
    connection.execute(
        f"CREATE TEMP TRIGGER full BEFORE INSERT ON draft WHEN NEW.report = '{ids[1]}'"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    desk.save_draft(ids[1], "note", "Another")
    desk.drop_draft(ids[0], "note")
    desk.save_draft(ids[0], "note", "The second")
    desk.tick()
    assert {one.text for one in on_disk(ann)} == {"The second"}
    connection.execute("DROP TRIGGER full")
    desk.tick()
    assert {one.text for one in on_disk(ann)} == {"Another", "The second"}
    draft = ann.restart().draft(ids[0], "note")
    assert draft is not None
    assert draft.text == "The second"


@pytest.mark.fault("F18")
@pytest.mark.invariant("I6", "I7")
def test_words_that_only_memory_has_outlive_an_act_that_was_not_kept(
    ann: Station, ids: list[ReportId], disk: Disk
) -> None:
    desk = ann.desk
    disk.will("full")
    desk.save_draft(ids[0], "note", "He has a key")

    def note() -> Refusal | None:
        refusal = desk.submit(AddNote(report=ids[0], text="He has a key"))
        desk.drop_draft(ids[0], "note")
        return refusal

    disk.will("full", after=1)
    assert isinstance(desk.in_one(note), Refusal)
    draft = desk.draft(ids[0], "note")
    assert draft is not None
    disk.will("")
    desk.tick()
    assert [one.text for one in on_disk(ann)] == ["He has a key"]


@pytest.mark.fault("F18", "F20")
@pytest.mark.invariant("I4", "I42")
def test_a_file_that_was_held_and_is_full_now_stops_no_alarm(
    world: World, ann: Station, ids: list[ReportId], disk: Disk
) -> None:
    desk = ann.desk
    holder = Holder(ann)
    desk.save_draft(ids[1], "note", "Another")
    ann.do(EscalateEmergency(report=ids[2], why="A knife, now."))
    holder.close()
    disk.will("full")
    told: list[object] = []
    desk.undelivered_changed.connect(told.append)
    for _ in range(10):
        world.clock.pass_by(seconds=1)
        desk.tick()
    assert [one.report for one in desk.undelivered()] == [ids[2]]
    assert len(told) == 1
    assert desk.link().unsaved == 1
    disk.will("")
    desk.tick()
    assert (desk.link().unsaved, desk.link().waiting) == (0, 1)
    assert ann.exchange()
    assert desk.undelivered() == ()


@pytest.mark.fault("F18", "F20")
@pytest.mark.invariant("I4", "I42")
def test_where_not_everything_fits_an_act_is_saved_before_what_was_jotted_down(
    ann: Station, ids: list[ReportId]
) -> None:
    desk = ann.desk
    holder = Holder(ann)
    desk.looked_at(ids[1])
    ann.do(EscalateEmergency(report=ids[2], why="A knife, now."))
    holder.close()
    desk.stock.work.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE INSERT ON looked"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    )
    desk.tick()
    assert (desk.link().unsaved, desk.link().waiting) == (0, 1)


def on_disk(station: Station) -> list[Draft]:
    """The drafts that would outlive the program."""
    rows = station.desk.stock.work.connection.execute("SELECT report, field FROM draft")
    held = {(one.report, one.field) for one in station.desk.stock.drafts.held()}
    names = [(ReportId(report), field) for report, field in rows]
    assert not held & set(names)
    found = (station.desk.draft(*name) for name in names)
    return [one for one in found if one is not None]
