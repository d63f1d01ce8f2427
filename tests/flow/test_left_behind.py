"""Unsent work is never left in silence: who works here next is told, and every supervisor is."""

from datetime import timedelta

import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.world import Station, World
from workstation.cache.parcel import CONTACT
from workstation.domain.story import AddNote
from workstation.sync.credentials import HeldCredentials


def sit_down(station: Station, world: World, person: str) -> Station:
    """Another person signs in at the same PC."""
    station.close()
    station.credentials = HeldCredentials(world.sign_in_again(person, "W01"))
    station.reopen()
    return station


def waiting(station: Station) -> list[tuple[str, str, int]]:
    """What a supervisor sees of work that waits at other PCs."""
    shown = station.desk.waiting_elsewhere()
    return [(one.name, one.workstation, one.count) for one in shown]


def test_what_was_left_unsent_is_told_at_that_pc_until_it_left(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sit_down(ann, world, "bob").exchange()
    assert ann.desk.link().notices == ()
    sit_down(ann, world, "ann")
    ann.line.is_cut = True
    assert ann.desk.waiting_acts() == ()
    for text in ("One", "Two"):
        ann.do(AddNote(report=id, text=text))
    assert [one.command for one in ann.desk.waiting_acts()] == ["AddNote", "AddNote"]
    sit_down(ann, world, "bob")
    (told,) = ann.desk.link().notices
    assert told.startswith("Ann Lee left 2 unsent acts on this PC, the oldest of 10:00 on 22 Nov")
    assert "One" not in (ann.files.parent / "ann" / "unsent.json").read_text()
    ann.desk.read_notice(told)
    ann.line.is_cut = False
    assert sit_down(ann, world, "ann").exchange()
    sit_down(ann, world, "bob")
    assert ann.desk.link().notices == ()


@pytest.mark.invariant("I6")
def test_a_contact_left_half_taken_is_told_at_that_pc_without_a_word_of_it(
    world: World, ann: Station
) -> None:
    ann.desk.save_draft(CONTACT, "account", "My husband is outside")
    sit_down(ann, world, "bob")
    (told,) = ann.desk.link().notices
    assert told.startswith("Ann Lee left a contact on this PC that is not on record, begun at 10:")
    assert "husband" not in (ann.files.parent / "ann" / "unsent.json").read_text()
    ann.desk.read_notice(told)
    sit_down(ann, world, "ann").desk.drop_draft(CONTACT, "account")
    sit_down(ann, world, "bob")
    assert ann.desk.link().notices == ()


def test_a_supervisor_elsewhere_is_told_until_it_has_arrived(world: World, ann: Station) -> None:
    id, sue = world.a_day()[0], world.station("sue", "W03")
    ann.exchange()
    ann.line.is_cut = True
    since = world.clock.now()
    for text in ("One", "Two"):
        ann.do(AddNote(report=id, text=text))
    ann.line.is_cut = False
    sit_down(ann, world, "bob").exchange()
    world.clock.pass_by(minutes=5)
    assert sue.exchange()
    assert waiting(sue) == [("Ann Lee", "W01", 2)]
    assert sue.desk.waiting_elsewhere()[0].since == since
    sue.line.is_cut = True
    sue.restart()
    assert waiting(sue) == [("Ann Lee", "W01", 2)]
    sue.line.is_cut = False
    sit_down(ann, world, "ann").exchange()
    assert sue.exchange()
    assert waiting(sue) == []


def test_it_is_told_even_where_the_program_was_killed(world: World, ann: Station) -> None:
    id, sue = world.a_day()[0], world.station("sue", "W03")
    ann.exchange()
    ann.line.unreadable, ann.line.complaint = b"One", OSError("the wire breaks here")
    ann.do(AddNote(report=id, text="One"))
    with pytest.raises(OSError, match="breaks"):
        ann.exchange()
    ann.desk.note_kept()
    noted = (ann.files / "unsent.json").read_bytes()
    ann.close()
    (ann.files / "unsent.json").write_bytes(noted)
    ann.line.unreadable = b""
    ann.credentials = HeldCredentials(world.sign_in_again("bob", "W01"))
    ann.reopen()
    ann.exchange()
    world.clock.pass_by(minutes=2)
    sue.exchange()
    assert waiting(sue) == [("Ann Lee", "W01", 1)]


def test_only_a_supervisor_sees_what_waits_elsewhere(world: World, ann: Station) -> None:
    id, dan = world.a_day()[0], world.station("dan", "W04")
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="One"))
    ann.line.is_cut = False
    sit_down(ann, world, "bob").exchange()
    world.clock.pass_by(minutes=5)
    assert dan.exchange()
    assert waiting(dan) == []
    assert ann.desk.left_here() == ()


@pytest.mark.parametrize("whose", ["ann", "bob"])
def test_a_note_that_cannot_be_read_or_written_stops_nobody(
    world: World, ann: Station, whose: str
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    note = ann.files.parent / whose / "unsent.json"
    note.unlink(missing_ok=True)
    note.mkdir(parents=True)
    ann.do(AddNote(report=id, text="One"))
    assert ann.exchange()
    ann.restart()
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    assert sit_down(ann, world, "sue").exchange()
    assert ann.desk.left_here() == ()


@pytest.mark.expects_log("a new epoch")
def test_what_a_restored_store_has_lost_waits_again_at_that_pc(world: World, ann: Station) -> None:
    id, sue = world.a_day()[0], world.station("sue", "W03")
    ann.exchange()
    put_back = backup_of(world)
    for text in ("One", "Two", "Three"):
        ann.do(AddNote(report=id, text=text))
    ann.exchange()
    sit_down(ann, world, "bob").exchange()
    sue.exchange()
    world.clock.pass_by(minutes=5)
    put_back()
    begin_epoch(world)
    ann.credentials.keep(world.sign_in_again("bob", "W01"))
    sue.credentials.keep(world.sign_in_again("sue", "W03"))
    assert ann.exchange()
    assert sue.exchange()
    assert waiting(sue) == [("Ann Lee", "W01", 3)]
    sit_down(ann, world, "ann").exchange()
    assert sue.exchange()
    assert waiting(sue) == []


def test_the_time_of_the_oldest_act_is_kept(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    since = world.clock.now()
    ann.do(AddNote(report=id, text="One"))
    world.clock.pass_by(hours=2)
    ann.do(AddNote(report=id, text="Two"))
    ann.line.is_cut = False
    sit_down(ann, world, "sue")
    (left,) = ann.desk.left_here()
    assert (left.count, left.since) == (2, since)
    assert world.clock.now() - left.since == timedelta(hours=2)
