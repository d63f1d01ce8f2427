"""Two copies of one profile and a store put back to its backup: neither loses what it was told.

Both use one outbox, so what the one sends after the restore stands where the other's lost work
stood, and how far the outbox is settled tells nothing.
"""

import shutil

import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_numbers import NOBODY, offence
from tests.flow.test_wound_back import BACK
from tests.world import Station, World
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.store.verify import verify
from workstation.sync.credentials import HeldCredentials
from workstation.sync.marks import HeldMarks
from workstation.wire.protocol import Outcome

BEGUN = "a new epoch"
AHEAD = "was this store restored?"
LOST = "was lent in the time this store has lost"
NOT_FREE = "is not free for outbox"


@pytest.fixture
def twin(world: World, ann: Station) -> Station:
    """Another PC with a copy of Ann's profile, in which one note of hers is acknowledged."""
    report = world.a_day()[0]
    ann.exchange()
    ann.do(AddNote(report=report, text="Before the copy"))
    ann.exchange()
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    ann.reopen()
    twin = world.station("ann", "copy")
    twin.exchange()  # it is told that the numbers are its own, as the other is
    return twin


def on_record(world: World, report: ReportId, *texts: str) -> list[int]:
    """How often each of these words stands in the story of a report, as the store tells it."""
    lines = [bytes(line.event) for line in world.journal(report).lines]
    return [sum(text.encode() in line for line in lines) for text in texts]


def outboxes(station: Station) -> list[str]:
    outbox = station.desk.stock.outbox
    return [outbox.outbox_id(lane) for lane in ("urgent", "main")]


def answers(station: Station) -> dict[str, Outcome | None]:
    """What the store said of everything kept here."""
    return {kept.envelope.command_id: kept.outcome for kept in station.desk.stock.outbox.since(-1)}


@pytest.mark.fault("F24", "F36")
@pytest.mark.invariant("I1", "I2", "I3", "I4", "I37")
@pytest.mark.expects_log(BEGUN)
@pytest.mark.parametrize("acts_of_ann", [1, 2, 3])
def test_what_the_store_settled_of_a_copy_and_lost_comes_back(
    world: World, ann: Station, twin: Station, acts_of_ann: int
) -> None:
    report, knife = sorted(world.states())[0], sorted(world.states())[2]
    put_back = backup_of(world)
    of_twin = ("Of the twin, one", "Of the twin, two")
    for text in of_twin:
        twin.do(AddNote(report=report, text=text))
    twin.do(EscalateEmergency(report=knife, why="A knife, now."))
    assert twin.exchange()
    put_back()
    begin_epoch(world)
    world.clock.pass_by(minutes=1)
    of_ann = tuple(f"Of Ann, {n}" for n in range(acts_of_ann))
    for text in of_ann:
        ann.do(AddNote(report=report, text=text))
    assert ann.exchange()
    shared = outboxes(ann)
    assert outboxes(twin) == shared
    for station in (twin, ann, twin):
        assert station.exchange()
    every = ("Before the copy", *of_twin, *of_ann)
    assert on_record(world, report, *every) == [1] * len(every)
    assert world.states()[knife].grading is not None
    assert outboxes(twin)[1] not in shared
    assert outboxes(ann) == shared
    assert any(BACK in one for one in twin.desk.link().notices)
    assert any("put back to an older copy" in one for one in twin.desk.link().notices)
    for station in (ann, twin):
        assert (station.desk.link().waiting, station.desk.link().problem) == (0, "")
        assert station.desk.attention() == ()
    assert verify(world.database) == []


@pytest.mark.fault("F24", "F36")
@pytest.mark.invariant("I1", "I3")
@pytest.mark.expects_log(AHEAD)
def test_it_comes_back_with_the_epoch_forgotten_too(
    world: World, ann: Station, twin: Station
) -> None:
    report = sorted(world.states())[0]
    put_back = backup_of(world)
    twin.do(ClaimReport(report=report))
    twin.do(AddNote(report=report, text="Of the twin"))
    assert twin.exchange()
    put_back()
    ann.do(AddNote(report=report, text="Of Ann"))
    assert ann.exchange()
    for station in (twin, ann, twin):
        assert station.exchange()
    assert on_record(world, report, "Of the twin", "Of Ann") == [1, 1]
    claim = world.states()[report].claim
    assert claim is not None
    assert claim.by.id == "ann"
    assert verify(world.database) == []


@pytest.mark.fault("F24")
@pytest.mark.invariant("I3")
@pytest.mark.expects_log(BEGUN)
def test_it_is_done_once_and_what_the_store_has_kept_is_not_sent_again(
    world: World, ann: Station, twin: Station
) -> None:
    report = sorted(world.states())[0]
    put_back = backup_of(world)
    twin.do(AddNote(report=report, text="Of the twin"))
    assert twin.exchange()
    put_back()
    begin_epoch(world)
    ann.do(AddNote(report=report, text="Of Ann"))
    assert ann.exchange()
    sent = twin.line.sent
    assert twin.exchange()
    assert twin.line.sent == sent + 1
    answered, outbox = answers(twin), outboxes(twin)
    for _ in range(3):
        twin.restart()
        assert twin.exchange()
    assert (twin.line.sent, answers(twin), outboxes(twin)) == (sent + 1, answered, outbox)


def with_its_keyring(ann: Station, twin: Station, world: World) -> None:
    """The whole PC is copied: the mark says on both that the numbers are theirs."""
    ann.close()
    twin.close()
    shutil.copytree(ann.profile, world.folder / "copy", dirs_exist_ok=True)
    assert ann.marks is not None
    mark = ann.marks.read()
    assert mark is not None
    twin.marks = HeldMarks()
    twin.marks.keep(mark)
    for station in (ann, twin):
        station.reopen()
        assert station.exchange()


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23", "I26")
@pytest.mark.expects_log(BEGUN)
@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(NOT_FREE)
def test_a_number_that_both_copies_spoke_is_held_and_never_two_crimes(
    world: World, ann: Station, twin: Station
) -> None:
    first, second = sorted(world.states())[:2]
    with_its_keyring(ann, twin, world)
    put_back = backup_of(world)
    twin.go_on(second)
    spoken = twin.desk.record_crime(second, offence(twin), NOBODY)
    assert twin.exchange()
    put_back()
    begin_epoch(world)
    world.clock.pass_by(minutes=1)
    ann.go_on(first)
    assert ann.desk.record_crime(first, offence(ann), NOBODY) == spoken
    assert ann.exchange()
    assert twin.exchange()
    assert [c.number for r in world.states().values() for c in r.crimes] == [spoken]
    (held,) = [one.case for one in twin.desk.attention()]
    assert held.code == "held/number"
    assert str(spoken).encode() in bytes(held.envelope)
    assert verify(world.database) == []


@pytest.mark.fault("F24")
@pytest.mark.invariant("I1")
@pytest.mark.expects_log(BEGUN)
def test_a_supervisor_at_the_copys_pc_is_told_of_it_and_releases_it(
    world: World, ann: Station, twin: Station
) -> None:
    report = sorted(world.states())[0]
    put_back = backup_of(world)
    for text in ("One of the twin", "Two of the twin"):
        twin.do(AddNote(report=report, text=text))
    assert twin.exchange()
    twin.desk.note_kept()
    put_back()
    begin_epoch(world)
    for text in ("One of Ann", "Two of Ann"):
        ann.do(AddNote(report=report, text=text))
    assert ann.exchange()
    twin.close()
    twin.credentials = HeldCredentials(world.sign_in_again("sue", "copy"))
    twin.reopen()
    assert twin.exchange()
    (left,) = twin.desk.left_here()
    assert (left.name, left.count) == ("Ann Lee", 1)
    assert twin.desk.release(PersonId("ann"), "She works at another PC now.") is None
    assert twin.exchange()
    told = twin.desk.released(PersonId("ann"))
    assert told is not None
    assert (told.accepted, told.problem) == (2, "")
    assert on_record(world, report, "One of the twin", "Two of the twin") == [1, 1]
    assert twin.desk.left_here() == ()


@pytest.mark.fault("F24", "F38")
@pytest.mark.expects_log(BEGUN)
def test_a_store_of_the_release_before_says_no_names_and_is_spoken_with_as_ever(
    world: World, ann: Station, twin: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it has settled more than the copy ever made, all the copy keeps of it goes again."""
    monkeypatch.setattr("workstation.store.outcomes.newest", lambda *_: ())
    report = sorted(world.states())[0]
    put_back = backup_of(world)
    twin.do(AddNote(report=report, text="Of the twin"))
    assert twin.exchange()
    put_back()
    begin_epoch(world)
    for text in ("One of Ann", "Two of Ann"):
        ann.do(AddNote(report=report, text=text))
    assert ann.exchange()
    assert twin.exchange()
    assert on_record(world, report, "Before the copy", "Of the twin") == [1, 1]
    assert twin.desk.link().waiting == 0
    assert verify(world.database) == []


@pytest.mark.fault("F24", "F36")
@pytest.mark.invariant("I12", "I13")
@pytest.mark.expects_log(BEGUN)
def test_what_a_copy_sent_again_for_both_is_shown_as_it_stands(
    world: World, ann: Station, bob: Station
) -> None:
    report = world.a_day()[0]
    put_back = backup_of(world)
    bob.exchange()
    for text in ("One", "Two", "Three"):
        bob.do(AddNote(report=report, text=text))
    bob.exchange()
    ann.exchange()
    ann.do(AddNote(report=report, text="Of both"))
    ann.exchange()
    ann.close()
    shutil.copytree(ann.profile, world.folder / "copy")
    twin = world.station("ann", "copy")
    put_back()
    begin_epoch(world)
    ann.reopen()
    for station in (twin, ann):
        station.credentials.keep(world.sign_in_again("ann", station.ask.workstation))
        assert station.exchange()
    shown = ann.desk.report(report)
    assert shown is not None
    assert (shown.report, shown.pending) == (world.states()[report], ())
