"""The store comes back from a backup: the desks give back what it lost, each thing once."""

import itertools

import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_numbers import NOBODY, offence
from tests.world import HandClock, Station, World, listed
from workstation.desk import QueueFilter
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.sync.transport import LinkDown

LOST = "was lent in the time this store has lost"
BEGUN = "a new epoch"
AHEAD = "was this store restored?"
NOT_FREE = "is not free for outbox"


@pytest.fixture
def sue(world: World) -> Station:
    """The supervisor's workstation."""
    return world.station("sue", "W03")


def a_shift(world: World, ann: Station, bob: Station, sue: Station) -> dict[str, ReportId]:
    """What three people do after the backup: the crime numbers they spoke."""
    ids = sorted(world.states())
    spoken: dict[str, ReportId] = {}
    for station, id in zip((ann, bob, sue), ids, strict=False):
        station.do(AddNote(report=id, text=f"Said to {station.profile.name}"))
        number = station.desk.record_crime(id, offence(station), NOBODY)
        assert isinstance(number, str)
        spoken[number] = id
        assert station.exchange()
    taken = bob.desk.take_contact(
        Channel.CALL_101, "A window was broken.", Facts(), Location(text="Ely")
    )
    assert isinstance(taken, str)
    assert bob.exchange()
    assert ann.exchange()
    ann.do(AddNote(report=taken, text="On what Bob took"))
    sue.do(EscalateEmergency(report=ids[2], why="A knife, now."))
    for station in (ann, bob, sue, ann, bob):
        assert station.exchange()
    return spoken


def notes(station: Station) -> list[str]:
    """Every note this desk holds, pending ones too."""
    desk = station.desk
    ids = listed(desk, QueueFilter(view="all"))
    return sorted(one.entry.text for id in ids for one in desk.entries(id) if one.entry.text)


def reconnect(order: tuple[Station, ...]) -> None:
    """Everybody comes back in this order, and looks again."""
    for station in order * 3:
        assert station.exchange()


@pytest.mark.invariant("I3", "I12", "I26", "I37")
@pytest.mark.expects_log(BEGUN)
@pytest.mark.expects_log(LOST)
@pytest.mark.parametrize("first", range(6))
def test_after_a_new_epoch_nothing_is_lost_or_doubled_whoever_comes_first(
    world: World, ann: Station, bob: Station, sue: Station, first: int
) -> None:
    world.a_day()
    stations = (ann, bob, sue)
    for station in stations:
        assert station.exchange()
    put_back = backup_of(world)
    spoken = a_shift(world, *stations)
    expected = notes(ann)
    bob.line.is_cut = True
    bob.do(AddNote(report=sorted(spoken.values())[0], text="Never left"))
    bob.line.is_cut = False
    put_back()
    begin_epoch(world)
    world.clock.pass_by(minutes=1)
    reconnect(list(itertools.permutations(stations))[first])
    assert {c.number for r in world.states().values() for c in r.crimes} == set(spoken)
    for station in stations:
        assert notes(station) == sorted([*expected, "Never left"])
        assert station.desk.link().waiting == 0
        assert station.desk.attention() == ()
        assert station.desk.undelivered() == ()
        shown = {id: station.desk.report(id) for id in world.states()}
        assert {id: one.report for id, one in shown.items() if one} == world.states()
    assert verify(world.database) == []
    assert any("put back to an older copy" in one for one in ann.desk.link().notices)


@pytest.mark.fault("F36")
@pytest.mark.invariant("I3", "I12", "I37")
@pytest.mark.expects_log(AHEAD)
@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(NOT_FREE)
@pytest.mark.parametrize("first", range(6))
def test_with_the_epoch_forgotten_every_word_still_comes_back_once(
    world: World, ann: Station, bob: Station, sue: Station, first: int
) -> None:
    world.a_day()
    stations = (ann, bob, sue)
    for station in stations:
        assert station.exchange()
    put_back = backup_of(world)
    a_shift(world, *stations)
    expected = notes(ann)
    put_back()
    reconnect(list(itertools.permutations(stations))[first])
    assert [notes(station) for station in stations] == [expected] * 3
    for station in stations:
        shown = {id: station.desk.report(id) for id in world.states()}
        assert {id: one.report for id, one in shown.items() if one} == world.states()
        assert station.desk.link().waiting == 0
    assert verify(world.database) == []


@pytest.mark.expects_log(BEGUN)
def test_what_the_store_truly_lost_is_alarmed_until_it_has_it_again(
    world: World, ann: Station
) -> None:
    knife = world.a_day()[2]
    ann.exchange()
    put_back = backup_of(world)
    ann.do(EscalateEmergency(report=knife, why="A knife, now."))
    ann.exchange()
    world.clock.pass_by(hours=1)
    put_back()
    begin_epoch(world)
    outbox = ann.desk.stock.outbox.outbox_id("urgent")
    ann.line.unreadable = b"A knife"
    ann.line.complaint = LinkDown("The wire is cut.")
    assert not ann.exchange()
    ann.desk.tick()
    assert [one.report for one in ann.desk.undelivered()] == [knife]
    ann.line.unreadable = b""
    ann.exchange()
    assert ann.desk.undelivered() == ()
    assert ann.desk.stock.outbox.outbox_id("urgent") == outbox


@pytest.mark.expects_log(BEGUN)
def test_what_the_backup_still_has_is_neither_sent_again_nor_alarmed(
    world: World, ann: Station
) -> None:
    knife = world.a_day()[2]
    ann.exchange()
    ann.do(GradeReport(report=knife, code="P", reason="Within the hour."))
    ann.do(AddNote(report=knife, text="Before the backup"))
    ann.exchange()
    put_back = backup_of(world)
    put_back()
    begin_epoch(world)
    sent = ann.line.sent
    world.clock.pass_by(hours=1)
    assert ann.exchange()
    ann.desk.tick()
    assert (ann.line.sent, ann.desk.undelivered(), ann.desk.link().notices) == (sent, (), ())


@pytest.mark.expects_log(BEGUN)
def test_what_was_told_by_voice_is_not_alarmed_again(world: World, ann: Station) -> None:
    knife = world.a_day()[2]
    ann.exchange()
    put_back = backup_of(world)
    ann.do(EscalateEmergency(report=knife, why="A knife, now."))
    ann.desk.stock.outbox.voice(knife)
    ann.exchange()
    put_back()
    begin_epoch(world)
    ann.line.unreadable, ann.line.complaint = b"A knife", LinkDown("Cut.")
    assert not ann.exchange()
    world.clock.pass_by(seconds=6)
    assert ann.desk.undelivered() == ()


@pytest.mark.expects_log(BEGUN)
def test_where_the_first_acts_were_weeded_the_rest_leaves_by_a_new_outbox(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    put_back = backup_of(world)
    ann.do(AddNote(report=id, text="Long ago"))
    ann.exchange()
    world.clock.pass_by(days=10)
    ann.credentials.keep(world.sign_in_again("ann", "W01"))
    ann.do(AddNote(report=id, text="Of late"))
    ann.exchange()
    world.clock.pass_by(days=5)
    ann.credentials.keep(world.sign_in_again("ann", "W01"))
    ann.exchange()
    ann.restart()
    put_back()
    begin_epoch(world)
    ann.credentials.keep(world.sign_in_again("ann", "W01"))
    assert ann.exchange()
    assert "Of late" in notes(ann)
    assert "Long ago" not in notes(ann)
    assert ann.desk.link().waiting == 0
    assert verify(world.database) == []


@pytest.mark.fault("F15")
@pytest.mark.invariant("I1")
@pytest.mark.expects_log(BEGUN)
def test_a_clock_that_leaps_makes_no_work_old_enough_to_be_weeded(world: World) -> None:
    id, clock = world.a_day()[0], HandClock()
    clock.time = world.clock.time
    ann = world.station("ann", "W01", clock)
    ann.exchange()
    put_back = backup_of(world)
    ann.do(AddNote(report=id, text="This morning"))
    ann.exchange()
    put_back()
    begin_epoch(world)
    clock.pass_by(days=365)
    ann.restart()
    assert ann.exchange()
    assert notes(ann).count("This morning") == 1
    assert ann.desk.link().waiting == 0
