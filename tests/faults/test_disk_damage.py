"""A damaged cache.db is set aside and filled again; the work beside it is untouched."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.world import Station, World, a_world, listed
from workstation.desk import QueueFilter
from workstation.domain.claiming import ClaimReport
from workstation.domain.story import AddNote

PAGE = 4096
Damage = Callable[[Path], None]


def emptied(cache: Path) -> None:
    """Nothing is left in it."""
    cache.write_bytes(b"")


def cut_short(cache: Path) -> None:
    """The second half is gone."""
    cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])


def cut_in_a_page(cache: Path) -> None:
    """It ends inside a page."""
    cache.write_bytes(cache.read_bytes()[: -PAGE // 2])


def foreign(cache: Path) -> None:
    """Something else has its name."""
    cache.write_bytes(b"SQLite format 3\0" + bytes(9000))


def gone(cache: Path) -> None:
    """Somebody deleted it."""
    cache.unlink()


def without_its_log(cache: Path) -> None:
    """The write-ahead log is gone."""
    for tail in ("-wal", "-shm"):
        cache.with_name(cache.name + tail).unlink(missing_ok=True)


def a_bit_turned(page: int) -> Damage:
    """One bit of one page is turned over; page −1 is the last."""

    def turn(cache: Path) -> None:
        content = bytearray(cache.read_bytes())
        content[(page * PAGE + PAGE // 2) % len(content)] ^= 1
        cache.write_bytes(content)

    return turn


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A store with a day's reports."""
    with a_world(tmp_path) as one:
        one.a_day()
        yield one


@pytest.mark.fault("F21")
@pytest.mark.invariant("I7", "I12", "I37")
@pytest.mark.parametrize("was_killed", [False, True], ids=["closed", "killed"])
@pytest.mark.parametrize(
    "damage",
    [emptied, cut_short, cut_in_a_page, foreign, gone, without_its_log],
    ids=lambda one: one.__name__,
)
def test_a_damaged_cache_is_filled_again_and_unsent_work_leaves(
    world: World, damage: Damage, was_killed: bool
) -> None:
    _recovers(world, damage, was_killed)


@pytest.mark.fault("F21")
@pytest.mark.invariant("I7", "I12", "I37")
@pytest.mark.parametrize("was_killed", [False, True], ids=["closed", "killed"])
def test_a_bit_turned_in_any_page_does_no_more_harm_than_that(
    world: World, was_killed: bool
) -> None:
    for page in (0, 1, 3, 7, 12, 20, 31, -1):
        _recovers(world, a_bit_turned(page), was_killed)


@pytest.mark.fault("F21")
@pytest.mark.invariant("I7", "I14")
def test_damage_met_while_the_program_runs_takes_no_word_from_the_screen(world: World) -> None:
    ann = world.station("ann", "W07")
    assert ann.exchange()
    id = listed(ann.desk, QueueFilter())[0]
    which = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_entry_1'"
    ((page,),) = ann.desk.stock.confirmed.connection.execute(which).fetchall()
    cache = ann.desk.stock.profile.cache
    ann.close()
    a_bit_turned(page - 1)(cache)
    ann.reopen()
    ann.do(AddNote(report=id, text="Unsent."))
    assert not ann.exchange()
    assert "open it again" in ann.desk.link().problem
    shown = ann.desk.report(id)
    assert shown is not None
    assert shown.pending == ("AddNote",)
    ann.restart()
    assert ann.exchange()
    assert [one.entry.text for one in ann.desk.entries(id)][-1] == "Unsent."


@pytest.mark.fault("F18")
@pytest.mark.invariant("I11", "I37", "I42")
def test_a_cache_with_no_room_left_takes_no_half_page_and_holds_up_no_work(world: World) -> None:
    ann = world.station("ann", "W07")
    assert ann.exchange()
    ids = listed(ann.desk, QueueFilter())
    connection = ann.desk.stock.confirmed.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    before = ann.desk.stock.shelf.standing()
    for n in range(20):
        ann.do(AddNote(report=ids[0], text=f"{n} " + "x" * 2000))
    assert not ann.exchange()
    assert "disk is full" in ann.desk.link().problem
    assert ann.desk.stock.shelf.standing().cursor == before.cursor
    assert ann.desk.link().waiting == 0
    ann.do(ClaimReport(report=ids[1]))
    connection.execute("PRAGMA max_page_count = 1000000")
    assert ann.exchange()
    assert listed(ann.desk, QueueFilter())
    assert ann.desk.stock.confirmed.is_sound


def _recovers(world: World, damage: Damage, was_killed: bool) -> None:
    """Unsent work in place, the cache harmed while the program is not running, then opened."""
    ann = world.station("ann", "W07")
    assert ann.exchange()
    ann.line.is_cut = True
    ids = listed(ann.desk, QueueFilter())
    ann.do(AddNote(report=ids[0], text="Unsent."))
    ann.desk.save_draft(ids[0], "note", "half a sen")
    cache = ann.desk.stock.profile.cache
    _end(ann, was_killed)
    damage(cache)
    ann.line.is_cut = False
    ann.reopen()
    draft = ann.desk.draft(ids[0], "note")
    assert draft is not None
    assert draft.text == "half a sen"
    assert ann.desk.link().waiting == 1
    _exchange_and_restart_where_told(ann)
    assert ann.desk.link().waiting == 0
    assert set(listed(ann.desk, QueueFilter())) == set(ids)
    for id in ids:
        assert ann.desk.report(id) is not None
        assert ann.desk.stock.shelf.entries(id)
    ann.do(ClaimReport(report=ids[1]))
    ann.close()
    shutil.rmtree(ann.profile)


def _exchange_and_restart_where_told(ann: Station) -> None:
    """Damage that shows only later is told: “close the program and open it again”."""
    if not ann.exchange():
        assert "open it again" in ann.desk.link().problem
        ann.restart()
        assert ann.exchange()


def _end(ann: Station, was_killed: bool) -> None:
    """Close the program; killed, its files stay as they were beneath it."""
    folder = ann.files
    if not was_killed:
        ann.close()
        return
    copy = folder.with_name("as-it-was")
    shutil.copytree(folder, copy)
    ann.close()
    shutil.rmtree(folder)
    copy.rename(folder)
