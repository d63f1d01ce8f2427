"""A profile put back or copied: no number is given twice, and no act is lost or doubled."""

import re
import shutil

import pytest

from tests.flow.test_number_blocks import call, reference
from tests.flow.test_numbers import NOBODY, offence
from tests.keyrings import MemoryKeyring
from tests.world import Station, World
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.sync.marks import KeyringMarks

NOT_FREE = "is not free for outbox"
BACK = "put back to an older state"


@pytest.fixture(params=["in memory", "in the keyring", "nowhere"])
def marked(request: pytest.FixtureRequest, ann: Station, keyring: MemoryKeyring) -> str:
    """Ann's desk, with a place for its mark or without."""
    if request.param != "in memory":
        ann.marks = KeyringMarks("store", "ann") if request.param == "in the keyring" else None
    ann.restart()
    return str(request.param)


def copied(station: Station) -> dict[str, bytes]:
    files = station.files
    station.close()
    kept = {path.name: path.read_bytes() for path in files.glob("*.db")}
    station.reopen()
    if not station.line.is_cut:
        assert station.exchange()  # from now on it is sure of its numbers
    return kept


def put_back(station: Station, kept: dict[str, bytes]) -> None:
    files = station.files
    station.close()
    for name, content in kept.items():
        (files / name).write_bytes(content)
    station.reopen()


def given(station: Station, report: ReportId) -> str | Refusal:
    station.go_on(report)
    return station.desk.record_crime(report, offence(station), NOBODY)


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23", "I26")
def test_no_number_stands_for_two_crimes_after_an_old_copy_was_put_back(
    world: World, ann: Station, marked: str
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    old = copied(ann)
    first = given(ann, report)
    assert ann.exchange()
    put_back(ann, old)
    ann.line.is_cut = True
    offline = given(ann, report)
    assert isinstance(offline, Refusal)
    if marked != "nowhere":
        assert BACK in ann.desk.link().notices[0]
    ann.line.is_cut = False
    assert ann.exchange()
    assert BACK in ann.desk.link().notices[0]
    second = given(ann, report)
    assert ann.exchange()
    assert sorted(c.number for c in world.states()[report].crimes) == sorted(
        map(str, [first, second])
    )
    assert ann.desk.attention() == ()
    assert verify(world.database) == []


@pytest.mark.fault("F23")
@pytest.mark.invariant("I1", "I3", "I37")
def test_what_waited_in_the_old_copy_still_leaves_once(
    world: World, ann: Station, marked: str
) -> None:
    report = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=report, text="Waited"))
    old = copied(ann)
    ann.line.is_cut = False
    ann.do(AddNote(report=report, text="Later"))
    assert ann.exchange()
    put_back(ann, old)
    ann.do(AddNote(report=report, text="After it"))
    assert ann.exchange()
    told = [one.entry.text for one in ann.desk.entries(report)]
    assert [told.count(text) for text in ("Waited", "Later", "After it")] == [1, 1, 1]
    assert ann.desk.link().waiting == 0


@pytest.mark.usefixtures("marked")
def test_an_ordinary_restart_is_no_winding_back(world: World, ann: Station) -> None:
    report = world.a_day()[0]
    ann.exchange()
    for _ in range(3):
        assert isinstance(given(ann, report), str)
        ann.desk.tick()
        outbox = ann.desk.stock.outbox.outbox_id("main")
        ann.restart()
        assert ann.exchange()
        assert ann.desk.stock.outbox.outbox_id("main") == outbox
    assert ann.desk.link().notices == ()


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23")
@pytest.mark.expects_log(NOT_FREE)
def test_two_pcs_with_one_copied_profile_never_have_one_number_for_two_crimes(
    world: World, ann: Station
) -> None:
    first, second = world.a_day()[:2]
    ann.exchange()
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    ann.reopen()
    twin = world.station("ann", "copy")
    assert twin.exchange()
    assert isinstance(given(ann, first), str)
    assert isinstance(given(twin, second), str)
    assert ann.exchange()
    assert twin.exchange()
    assert twin.desk.stock.outbox.outbox_id("main") != ann.desk.stock.outbox.outbox_id("main")
    assert BACK in twin.desk.link().notices[0]
    assert isinstance(given(twin, second), str)
    assert ann.exchange()
    assert twin.exchange()
    numbers = [c.number for report in world.states().values() for c in report.crimes]
    assert len(numbers) == len(set(numbers)) == 2
    assert len(twin.desk.attention()) == 1
    assert verify(world.database) == []


def test_the_mark_lies_in_the_real_keyring(
    secret_service: None, world: World, ann: Station
) -> None:
    ann.marks = KeyringMarks("store", "ann")
    ann.restart()
    report = world.a_day()[0]
    ann.exchange()
    assert isinstance(given(ann, report), str)
    mark = KeyringMarks("store", "ann").read()
    assert mark is not None
    assert mark.lanes["main"] == (0, 2)


@pytest.mark.fault("F23")
@pytest.mark.parametrize("marked", ["in memory", "in the keyring"], indirect=True)
@pytest.mark.expects_log(NOT_FREE)
def test_a_desk_put_back_to_an_older_file_gives_no_reference_twice(
    ann: Station, marked: str
) -> None:
    ann.line.is_cut = True
    first = [reference(ann, call(ann))]
    old = copied(ann)
    first += [reference(ann, call(ann)) for _ in range(2)]
    ann.desk.tick()
    put_back(ann, old)
    after = [reference(ann, call(ann)) for _ in range(2)]
    assert len({*first, *after}) == 5
    assert BACK in ann.desk.link().notices[0], marked


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
@pytest.mark.parametrize("before", [0, 1])
def test_no_incident_number_is_told_to_two_callers_though_nothing_but_calls_was_lost(
    world: World, ann: Station, marked: str, before: int
) -> None:
    world.a_day()
    ann.exchange()
    earlier = [call(ann) for _ in range(before)]
    assert ann.exchange()
    old = copied(ann)
    first = call(ann, "The first caller")
    told = [reference(ann, id) for id in (*earlier, first)]
    assert ann.exchange()
    put_back(ann, old)
    assert ann.exchange()
    assert BACK in ann.desk.link().notices[0], marked
    second = call(ann, "The second caller")
    told.append(reference(ann, second))
    assert ann.exchange()
    assert len(set(told)) == before + 2
    assert [reference(ann, id) for id in (*earlier, first, second)] == told
    assert verify(world.database) == []


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
@pytest.mark.usefixtures("marked")
def test_a_winding_back_of_calls_alone_begins_the_references_of_the_desk_anew(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    old = copied(ann)
    ann.line.is_cut = True
    told = [reference(ann, call(ann)) for _ in range(6)]
    ann.line.is_cut = False
    assert ann.exchange()
    put_back(ann, old)
    assert ann.exchange()
    ann.line.is_cut = True
    told += [reference(ann, call(ann)) for _ in range(6)]
    assert told[5] == "W01-ann-0001"
    assert re.fullmatch(r"W01-ann-[A-Z2-9]{6}-0001", told[11])
    assert len(set(told)) == 12


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
def test_one_old_copy_put_back_twice_gives_no_reference_twice(world: World, ann: Station) -> None:
    world.a_day()
    ann.exchange()
    old = copied(ann)
    call(ann)
    assert ann.exchange()
    told = []
    for _ in range(2):
        ann.marks = None
        put_back(ann, old)
        assert ann.exchange()
        ann.desk.give_back_numbers()
        told += [reference(ann, call(ann)) for _ in range(2)]
    assert len(set(told)) == 4
    assert all(one.startswith("W01-ann-") for one in told)
    assert [len(ann.desk.find_rows(one)) for one in told] == [0, 0, 1, 1]
    assert ann.exchange()
    assert verify(world.database) == []


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23")
def test_a_copied_profile_that_took_no_call_yet_speaks_no_number_of_the_other(
    world: World, ann: Station
) -> None:
    world.a_day()
    ann.exchange()
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    ann.reopen()
    twin = world.station("ann", "copy")
    assert twin.exchange()
    told = [reference(ann, call(ann)) for _ in range(2)]
    assert ann.exchange()
    assert twin.exchange()
    assert BACK in twin.desk.link().notices[0]
    told += [reference(twin, call(twin)) for _ in range(2)]
    assert ann.exchange()
    assert twin.exchange()
    assert len(set(told)) == 4
    assert verify(world.database) == []


@pytest.mark.fault("F23", "F24")
@pytest.mark.invariant("I23")
@pytest.mark.expects_log("is not this desk's")
def test_a_copy_that_never_heard_of_the_new_outbox_speaks_none_of_its_numbers(
    world: World, ann: Station
) -> None:
    ann.exchange()
    call(ann)
    ann.exchange()
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    ann.reopen()
    ann.exchange()
    twin = world.station("ann", "copy")
    call(ann)
    old = as_it_is(ann)
    spoken = reference(ann, call(ann))
    twin.exchange()
    call(twin)
    twin.exchange()
    before = ann.desk.stock.outbox.outbox_id("main")
    assert ann.exchange()
    assert ann.desk.stock.outbox.outbox_id("main") != before
    ann.marks = None
    put_back(ann, old)
    assert ann.exchange()
    assert reference(ann, call(ann)) != spoken


def as_it_is(station: Station) -> dict[str, bytes]:
    """A copy of the files, with what waits in them."""
    station.close()
    kept = {path.name: path.read_bytes() for path in station.files.glob("*.db")}
    station.reopen()
    return kept
