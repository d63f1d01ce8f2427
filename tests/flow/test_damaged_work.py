"""A damaged work.db is kept, and every act and word that can be read goes on from a new one."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.flow.test_numbers import NOBODY, offence
from tests.world import DESK_KEY, Station, World
from workstation.cache.carving import PAGE, Pages
from workstation.cache.keys import open_keys
from workstation.cache.work import WorkFile
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify

DAMAGED = "work.db was damaged"
LONG = "A long account. " * 600


@pytest.fixture
def id(world: World, ann: Station) -> ReportId:
    """A report, after one act that was sent, with twelve unsent acts and three drafts."""
    report = world.a_day()[0]
    ann.exchange()
    ann.do(AddNote(report=report, text="Sent"))
    ann.exchange()
    ann.line.is_cut = True
    for n in range(11):
        ann.do(AddNote(report=report, text=f"Unsent {n} {LONG}"))
    ann.desk.take_contact(Channel.CALL_101, "A call", Facts(), Location(text="Ely"))
    for field in ("note", "close.reason", "ask.question"):
        ann.desk.save_draft(report, field, f"half a sen of {field}")
    return report


def killed(ann: Station) -> Path:
    """The files as they lie when the program was killed: nothing was checkpointed."""
    folder = ann.files
    copy = folder.with_name("as it was")
    shutil.copytree(folder, copy)
    ann.close()
    shutil.rmtree(folder)
    copy.rename(folder)
    return folder / "work.db"


def closed(ann: Station) -> Path:
    """The files of a program that was closed."""
    work = ann.files / "work.db"
    ann.close()
    return work


def turned(path: Path, at: int) -> None:
    """One bit of the file is turned over."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def come_back(world: World, ann: Station, report: ReportId) -> None:
    """Opened again, everything leaves, once."""
    ann.reopen()
    ann.line.is_cut = False
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    assert verify(world.database) == []


def texts(ann: Station, report: ReportId) -> list[str]:
    return [one.entry.text for one in ann.desk.entries(report)]


@pytest.mark.fault("F22")
@pytest.mark.invariant("I3", "I7", "I37")
@pytest.mark.expects_log(DAMAGED)
@pytest.mark.parametrize("at", [3, 40, 2000], ids=["its salt", "its first page", "further on"])
def test_with_the_first_page_harmed_everything_is_saved(
    world: World, ann: Station, id: ReportId, at: int
) -> None:
    work = closed(ann)
    turned(work, at)
    before = work.read_bytes()
    come_back(world, ann, id)
    told = texts(ann, id)
    assert [f"Unsent {n} {LONG}" in told for n in range(11)] == [True] * 11
    assert (told.count("Sent"), len(world.states())) == (1, 6)
    draft = ann.desk.draft(id, "close.reason")
    assert draft is not None
    assert draft.text == "half a sen of close.reason"
    (notice,) = ann.desk.link().notices
    assert "12 of 12 unsent acts and 3 drafts were saved" in notice
    (kept,) = work.parent.glob("work.damaged-*.db")
    assert kept.name in notice
    assert kept.read_bytes() == before
    assert ann.restart().link().notices == (notice,)
    ann.desk.read_notice(notice)
    assert ann.restart().link().notices == ()


@pytest.mark.fault("F22")
@pytest.mark.invariant("I7")
@pytest.mark.expects_log(DAMAGED)
def test_acts_that_stand_only_in_the_log_are_saved_too(
    world: World, ann: Station, id: ReportId
) -> None:
    work = killed(ann)
    assert (work.parent / "work.db-wal").stat().st_size > PAGE
    turned(work, 3)
    come_back(world, ann, id)
    assert f"Unsent 10 {LONG}" in texts(ann, id)


@pytest.mark.fault("F22")
@pytest.mark.expects_log(DAMAGED)
def test_whatever_page_is_harmed_the_rest_is_saved_and_the_loss_is_named(
    world: World, ann: Station, id: ReportId
) -> None:
    work = closed(ann)
    sound = work.read_bytes()
    for page in range(0, len(sound) // PAGE, 5):
        ann.line.is_cut = True
        for path in work.parent.glob("work.d*"):
            path.unlink()
        work.write_bytes(sound)
        turned(work, page * PAGE + 2222)
        desk = ann.reopen()
        (notice,) = desk.link().notices
        saved, named = desk.link().waiting, notice.count("act ")
        assert f"{saved} of {saved + named} unsent acts" in notice
        assert saved >= 1
        lost, sent = 12 - saved, 1  # whether a lost act was the one that was sent nobody can know
        assert lost <= named <= lost + sent
        ann.close()
    ann.reopen()


@pytest.mark.fault("F22")
@pytest.mark.invariant("I37")
@pytest.mark.expects_log(DAMAGED)
@pytest.mark.parametrize("kept", [0, 3000, PAGE * 3 + 100])
def test_a_file_cut_short_is_told_and_the_desk_goes_on(
    world: World, ann: Station, id: ReportId, kept: int
) -> None:
    work = closed(ann)
    work.write_bytes(work.read_bytes()[:kept])
    come_back(world, ann, id)
    assert "was damaged" in ann.desk.link().notices[0]


@pytest.mark.expects_log(DAMAGED)
@pytest.mark.parametrize("gone", [["work.db"], ["work.db", "cache.db"]], ids=" ".join)
def test_a_file_that_is_gone_is_told(
    world: World, ann: Station, id: ReportId, gone: list[str]
) -> None:
    folder = closed(ann).parent
    for name in gone:
        (folder / name).unlink()
    ann.line.is_cut = False
    come_back(world, ann, id)
    assert "gone from this PC" in ann.desk.link().notices[0]


@pytest.mark.fault("F22")
@pytest.mark.invariant("I37")
@pytest.mark.expects_log(DAMAGED)
def test_with_the_cache_gone_as_well_it_is_salvaged_when_it_is_opened(
    world: World, ann: Station, id: ReportId
) -> None:
    work = closed(ann)
    sound = work.read_bytes()
    for page in range(1, len(sound) // PAGE, 8):
        ann.line.is_cut = True
        for path in work.parent.glob("*.db*"):
            path.unlink()
        work.write_bytes(sound)
        turned(work, page * PAGE + 2222)
        ann.line.is_cut = False
        (notice,) = ann.reopen().link().notices
        assert "file of your own work on this PC was damaged" in notice
        assert ann.exchange()
        ann.close()
    ann.reopen()


@pytest.mark.fault("F22")
def test_a_file_that_could_not_be_opened_is_not_held(ann: Station, id: ReportId) -> None:
    kept, files = ann.desk.link().waiting, ann.files
    ann.desk.stock.work.set("notices", "harmed")
    ann.close()
    with pytest.raises(msgspec.DecodeError) as wrong:
        ann.reopen()
    other = WorkFile(files / "work.db", open_keys(files, DESK_KEY).work)
    other.forget("notices")
    other.close()
    assert ann.reopen().link().waiting == kept
    assert "malformed" in str(wrong.value)  # and no end of the error let it go


@pytest.mark.fault("F22")
@pytest.mark.invariant("I23")
@pytest.mark.expects_log(DAMAGED)
def test_no_number_is_given_again_after_a_salvage(
    world: World, ann: Station, id: ReportId
) -> None:
    ann.line.is_cut = False
    ann.exchange()
    first = ann.desk.record_crime(id, offence(ann), NOBODY)
    turned(closed(ann), 3)
    come_back(world, ann, id)
    second = ann.desk.record_crime(id, offence(ann), NOBODY)
    assert ann.exchange()
    assert sorted(c.number for c in world.states()[id].crimes) == sorted(map(str, [first, second]))
    taken = ann.desk.take_contact(Channel.CALL_101, "Another", Facts(), Location())
    assert ann.exchange()
    given = [report.incident_number for report in world.states().values()]
    assert ReportId(str(taken)) in world.states()
    assert len(set(given)) == len(given)


def test_a_sound_file_is_left_as_it_is(world: World, ann: Station, id: ReportId) -> None:
    work = killed(ann)
    ann.reopen()
    assert ann.desk.link().notices == ()
    assert ann.desk.link().waiting == 12
    assert list(work.parent.glob("work.damaged-*")) == []


def test_a_commit_that_was_cut_off_in_the_log_is_no_damage(ann: Station, id: ReportId) -> None:
    work = killed(ann)
    log = work.with_name("work.db-wal")
    content = bytearray(log.read_bytes())
    content[-2000] ^= 1
    log.write_bytes(content)
    desk = ann.reopen()
    assert desk.link().notices == ()
    assert desk.link().waiting == 12


def test_pages_are_read_as_the_database_itself_reads_them(ann: Station, id: ReportId) -> None:
    key = open_keys(ann.files, DESK_KEY).work
    mine = ann.desk.stock.work.connection
    told = {row[0] for row in mine.execute("SELECT body FROM outbox")}
    rows = [row.values for row in Pages(ann.files / "work.db", key).rows()]
    assert {values[8] for values in rows if len(values) == 15} == told
