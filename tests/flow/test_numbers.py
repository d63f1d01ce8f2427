"""Crime numbers: from leased blocks, on disk before they are spoken, and never twice."""

import pytest

from tests.faults.disk import Disk, WatchedConnection
from tests.flow.test_a_grade_travels import correct_place
from tests.world import Station, World
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId, Victim
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.sync.marks import HeldMarks, Marks

BIKE = "130/02"
NOBODY = Victim(kind="not yet known")


def offence(station: Station) -> str:
    """Some offence of the pack."""
    return station.desk.offences("theft")[0].code


def test_a_number_is_given_offline_in_the_forces_own_form(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    assert ann.desk.link().blocks_left == 10
    assert ann.desk.record_crime(id, offence(ann), NOBODY) == "35/1/26"
    shown = ann.desk.report(id)
    assert shown is not None
    assert [crime.number for crime in shown.report.crimes] == ["35/1/26"]
    ann.line.is_cut = False
    ann.exchange()
    assert [crime.number for crime in world.states()[id].crimes] == ["35/1/26"]


@pytest.mark.invariant("I23", "I24", "I26")
def test_numbers_are_never_given_twice_over_restarts_and_two_desks(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    given = []
    for station in (ann, bob, ann, bob):
        station.go_on(id)
        given.append(station.desk.record_crime(id, offence(station), NOBODY))
        station.line.is_cut = True
        station.restart()
    assert len(set(given)) == 4
    for station in (ann, bob):
        station.line.is_cut = False
        assert station.exchange()
    assert sorted(crime.number for crime in world.states()[id].crimes) == sorted(map(str, given))
    assert verify(world.database) == []


def test_a_refused_crime_uses_no_number(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    refused = ann.desk.record_crime(id, "no such offence", NOBODY)
    assert isinstance(refused, Refusal)
    assert refused.field == "offence"
    assert ann.desk.link().blocks_left == 10


@pytest.mark.fault("F18")
@pytest.mark.invariant("I25", "I42")
def test_no_number_is_shown_that_the_disk_did_not_take(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    work, disk = ann.desk.stock.work, Disk()
    work.connection = WatchedConnection(work.connection, disk, "work")
    disk.will("full")
    refused = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert isinstance(refused, Refusal)
    assert refused.code == "desk/not-saved"
    assert ann.desk.link().waiting == 0
    disk.will("")
    assert ann.desk.record_crime(id, offence(ann), NOBODY) == "35/1/26"


def test_with_no_number_left_a_sentence_says_what_to_do(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    for _ in range(10):
        assert isinstance(ann.desk.record_crime(id, offence(ann), NOBODY), str)
    refused = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert isinstance(refused, Refusal)
    assert "Connect to the store" in refused.sentence


def test_few_numbers_left_are_filled_up_at_the_next_exchange(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    for _ in range(6):
        ann.desk.record_crime(id, offence(ann), NOBODY)
    ann.exchange()
    assert ann.desk.link().blocks_left == 14


@pytest.mark.fault("F23")
@pytest.mark.invariant("I37")
def test_a_desk_wound_back_to_an_old_copy_begins_a_new_outbox(world: World, ann: Station) -> None:
    from_old = world.a_day()[0]
    ann.exchange()
    old = _copied(ann)
    correct_place(ann, from_old)
    assert ann.exchange()
    _put_back(ann, old)
    correct_place(ann, ReportId(from_old))
    outbox = ann.desk.stock.outbox.outbox_id("main")
    assert ann.exchange()
    assert ann.desk.stock.outbox.outbox_id("main") != outbox
    assert ann.desk.link().waiting == 0


@pytest.mark.fault("F23")
@pytest.mark.invariant("I26")
def test_a_crime_on_a_desk_wound_back_is_recorded_under_its_number(
    world: World, ann: Station
) -> None:
    """Its keyring was put back with it, so that nothing tells before the store does."""
    id = world.a_day()[0]
    ann.exchange()
    old, marks = _copied(ann), _copy_of(ann.marks)
    correct_place(ann, id)
    assert ann.exchange()
    _put_back(ann, old, marks)
    ann.go_on(id)
    number = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert ann.exchange()
    assert ann.desk.attention() == ()
    assert [crime.number for crime in world.states()[id].crimes] == [number]
    assert verify(world.database) == []


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
def test_a_desk_wound_back_uses_no_number_of_its_old_blocks(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    old = _copied(ann)
    ann.go_on(id)
    spoken = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert ann.exchange()
    _put_back(ann, old)
    correct_place(ann, id)
    assert ann.exchange()
    again = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert ann.exchange()
    assert (spoken, again) == ("35/1/26", "35/11/26")
    assert ann.desk.attention() == ()


@pytest.mark.fault("F23")
@pytest.mark.invariant("I3", "I37")
def test_what_was_settled_before_a_desk_was_wound_back_is_not_done_twice(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    number = ann.desk.record_crime(id, offence(ann), NOBODY)
    old = _copied(ann)
    ann.line.is_cut = False
    correct_place(ann, id)
    assert ann.exchange()
    _put_back(ann, old)
    ann.do(AddNote(report=id, text="After the winding back"))
    assert ann.exchange()
    assert (ann.desk.link().waiting, ann.desk.link().problem) == (0, "")
    assert [crime.number for crime in world.states()[id].crimes] == [number]


def _copied(station: Station) -> dict[str, bytes]:
    files = station.files
    station.close()
    kept = {path.name: path.read_bytes() for path in files.glob("*.db")}
    station.reopen()
    return kept


def _copy_of(marks: Marks | None) -> HeldMarks:
    copy = HeldMarks()
    if marks is not None and (mark := marks.read()) is not None:
        copy.keep(mark)
    return copy


def _put_back(station: Station, kept: dict[str, bytes], marks: Marks | None = None) -> None:
    files = station.files
    station.close()
    station.marks = marks
    for name, content in kept.items():
        (files / name).write_bytes(content)
    station.reopen()
