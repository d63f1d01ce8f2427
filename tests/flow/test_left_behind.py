"""Unsent work is never left in silence: who works here next is told, and every supervisor is."""

from datetime import timedelta

import msgspec
import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.world import Line, Station, World
from workstation.cache.parcel import CONTACT
from workstation.desk import emergencies_left
from workstation.domain.grading import EscalateEmergency, TellByVoice
from workstation.domain.story import AddNote
from workstation.sync.credentials import HeldCredentials
from workstation.sync.transport import ServerRefused
from workstation.views.kept_work import elsewhere
from workstation.wire.protocol import Heartbeat, StillHeld


def sit_down(station: Station, world: World, person: str) -> Station:
    """Another person signs in at the same PC."""
    station.close()
    station.marks = None  # each person's is her own
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


def test_an_emergency_left_unsent_is_known_before_anybody_signs_in(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    sit_down(ann, world, "bob").exchange()
    sit_down(ann, world, "ann").exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="One"))
    root, store = ann.profile, ann.files.parent.name
    sit_down(ann, world, "bob")
    assert emergencies_left(root, store) == ()
    sit_down(ann, world, "ann").do(EscalateEmergency(report=id, why="He has a knife"))
    sit_down(ann, world, "bob")
    (left,) = emergencies_left(root, store)
    assert (left.name, left.sends) == ("Ann Lee", 1)
    ann.line.is_cut = False
    assert sit_down(ann, world, "ann").exchange()
    sit_down(ann, world, "bob")
    assert emergencies_left(root, store) == ()


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


def test_an_emergency_left_unsent_is_told_as_one_after_the_program_restarted(
    world: World, ann: Station
) -> None:
    id, sue = world.a_day()[2], world.station("sue", "W03")
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife"))
    ann.do(AddNote(report=id, text="He is back"))
    ann.line.is_cut = False
    sit_down(ann, world, "bob").desk.tell_of_others()
    (told,) = ann.desk.link().notices
    alarm = f"DISPATCH may not have an emergency: ring {ann.desk.pack.dispatch.phone}. "
    assert told.startswith(f"{alarm}Ann Lee left 2 unsent acts on this PC")
    ann.exchange()
    world.clock.pass_by(minutes=5)
    sue.exchange()
    (one,) = sue.desk.waiting_elsewhere()
    assert (one.count, one.sends) == (2, 1)
    said = elsewhere(one, world.clock.now(), sue.desk.pack)
    assert said.startswith(f"{alarm}2 acts of Ann Lee wait at W01")
    sit_down(ann, world, "ann").exchange()
    sue.exchange()
    assert waiting(sue) == []


def test_what_was_told_by_voice_is_no_emergency_that_waits(world: World, ann: Station) -> None:
    id = world.a_day()[2]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife"))
    ann.do(TellByVoice(report=id, told="Dispatcher Dan"))
    ann.line.is_cut = False
    (left,) = sit_down(ann, world, "sue").desk.left_here()
    assert (left.count, left.sends) == (2, 0)


def test_a_note_of_the_release_before_says_nothing_of_officers(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="One"))
    ann.line.is_cut = False
    sit_down(ann, world, "sue")
    note = ann.files.parent / "ann" / "unsent.json"
    told = msgspec.json.decode(note.read_bytes())
    for outbox in told["outboxes"]:
        del outbox["sends"]
    note.write_bytes(msgspec.json.encode(told))
    ann.desk.here.look()
    (left,) = ann.desk.left_here()
    assert (left.count, left.sends) == (1, 0)


class EarlierStore(Line):
    """The line to a store of the release before: it does not know what sends officers."""

    def heartbeat(self, token: str, beat: Heartbeat) -> StillHeld:
        if b'"sends"' in msgspec.json.encode(beat):
            raise ServerRefused(422, "unknown-field", "This field is not known.")
        return super().heartbeat(token, beat)


def test_a_store_of_the_release_before_is_told_how_much_waits(world: World, ann: Station) -> None:
    id, sue = world.a_day()[2], world.station("sue", "W03")
    ann.exchange()
    ann.line.is_cut = True
    ann.do(EscalateEmergency(report=id, why="A knife"))
    ann.close()
    ann.line = EarlierStore(world.api)
    sit_down(ann, world, "bob").exchange()
    world.clock.pass_by(minutes=5)
    sue.exchange()
    (one,) = sue.desk.waiting_elsewhere()
    assert (one.count, one.sends) == (1, 0)
