"""A colleague's kept work, released by a supervisor at the PC where it waits."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from tests.flow.restored import backup_of, begin_epoch
from tests.flow.test_left_behind import sit_down, waiting
from tests.flow.test_numbers import NOBODY, offence
from tests.world import DESK_KEY, Station, World
from workstation.cache.keys import open_keys
from workstation.cache.profile import Profile
from workstation.desk.releasing import Released
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import GradeReport
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.machine.sealed import open_connection
from workstation.store.verify import verify
from workstation.wire.protocol import CommandReply, Envelope, ReleasedBatch, envelope_decoder

WHY = "Ann went home ill."
ANN = PersonId("ann")


@contextmanager
def offline(station: Station) -> Iterator[None]:
    """The line is cut meanwhile."""
    station.line.is_cut = True
    yield
    station.line.is_cut = False


def leaves(ann: Station, world: World, id: ReportId, *texts: str) -> Station:
    """Ann writes notes that do not leave; then Sue sits down at her PC."""
    with offline(ann):
        for text in texts:
            ann.do(AddNote(report=id, text=text))
    return sit_down(ann, world, "sue")


def outcome(station: Station) -> Released:
    told = station.desk.released(ANN)
    assert told is not None
    return told


def bodies(station: Station) -> list[tuple[str, bytes]]:
    """The envelopes in the outbox of who sits there, as they are kept."""
    rows = station.desk.stock.work.connection.execute(
        "SELECT state, body FROM outbox ORDER BY n"
    ).fetchall()
    return [(state, bytes(body)) for state, body in rows]


def released_by(station: Station, id: ReportId) -> dict[str, str]:
    """Who released each note of a report, as a desk shows it."""
    told = [one.entry for one in station.desk.entries(id)]
    return {one.text: f"{one.by.name}, {one.released.by.name}" for one in told if one.released}


def test_it_leaves_in_her_outbox_and_she_learns_what_came_of_it(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[1]
    ann.exchange()
    with offline(ann):
        ann.assess(id)
        ann.do(GradeReport(report=id, code="P", reason="He is coming back."))
        kept = bodies(ann)
    sue = sit_down(ann, world, "sue")
    assert sue.exchange()
    (left,) = sue.desk.left_here()
    assert (left.name, left.count) == ("Ann Lee", 3)
    assert sue.desk.release(left.person, WHY) is None
    assert sue.exchange()
    assert outcome(sue) == Released("Ann Lee", accepted=3, is_over=True)
    assert sue.desk.left_here() == ()
    grading = world.states()[id].grading
    assert grading is not None
    assert grading.by.name == "Ann Lee"
    bob.exchange()
    assert released_by(bob, id)["He is coming back."] == "Ann Lee, Sue Lee"
    journal = msgspec.json.decode(world.journal(id).lines[-1].event)
    assert journal["stamp"]["by"]["name"] == "Ann Lee"
    assert journal["stamp"]["released"] == {"by": {"id": "sue", "name": "Sue Lee"}, "why": WHY}
    sent = ann.line.sent
    sit_down(ann, world, "ann")
    assert bodies(ann) == [("acked", body) for _, body in kept]
    assert ann.exchange()
    assert ann.line.sent == sent
    assert ann.desk.link().waiting == 0
    assert any("Sue Lee released 3 acts of yours" in one for one in ann.desk.link().notices)
    assert verify(world.database) == []


def test_the_bytes_that_leave_are_those_she_wrote(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    with offline(ann):
        ann.do(AddNote(report=id, text="In her own words"))
        ((_, kept),) = bodies(ann)
    sue = sit_down(ann, world, "sue")
    carried: list[bytes] = []
    api_release = world.api.release

    def listening(token: str, batch: object) -> object:
        carried.extend(bytes(raw) for raw in batch.commands)  # type: ignore[attr-defined]
        return api_release(token, batch)  # type: ignore[arg-type]

    world.api.release = listening  # type: ignore[method-assign, assignment]
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert carried == [kept]
    assert envelope_decoder.decode(carried[0]).author == ANN


def test_a_refused_act_of_it_needs_attention_at_her_desk_and_centrally(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    bob.exchange()
    with offline(ann):
        ann.do(ClaimReport(report=id))
        ann.do(AddNote(report=id, text="I rang her"))
    bob.do(ClaimReport(report=id))
    bob.exchange()
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue) == Released("Ann Lee", accepted=1, refused=1, is_over=True)
    (case,) = [one.case for one in sue.desk.attention()]
    assert (case.author_name, case.released.by.name if case.released else "") == (
        "Ann Lee",
        "Sue Lee",
    )
    sit_down(ann, world, "ann")
    assert [one.command for one in ann.desk.attention()] == ["ClaimReport"]


@pytest.mark.invariant("I23", "I24")
def test_a_crime_keeps_its_number_and_it_stays_of_that_outbox(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    ann.exchange()
    with offline(ann):
        ann.assess(id)
        number = ann.desk.record_crime(id, offence(ann), NOBODY)
        assert isinstance(number, str)
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert [crime.number for crime in world.states()[id].crimes] == [number]
    sit_down(ann, world, "ann")
    other = world.a_day()[1]
    ann.exchange()
    ann.assess(other)
    second = ann.desk.record_crime(other, offence(ann), NOBODY)
    assert isinstance(second, str)
    assert second != number
    assert ann.exchange()
    assert [crime.number for crime in world.states()[other].crimes] == [second]
    assert verify(world.database) == []


@pytest.mark.expects_log("a new epoch")
@pytest.mark.fault("F36")
def test_what_a_restored_store_lost_is_given_back_at_once_by_a_release(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    put_back = backup_of(world)
    for text in ("One", "Two"):
        ann.do(AddNote(report=id, text=text))
    ann.exchange()
    with offline(ann):
        ann.do(AddNote(report=id, text="Three"))
    sue = sit_down(ann, world, "sue")
    world.clock.pass_by(minutes=1)
    put_back()
    begin_epoch(world)
    sue.credentials.keep(world.sign_in_again("sue", "W01"))
    assert sue.exchange()
    (left,) = sue.desk.left_here()
    assert left.count == 3
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue).accepted == 3
    assert sue.exchange()
    names = dict.fromkeys(("One", "Two", "Three"), "Ann Lee, Sue Lee")
    assert released_by(sue, id) == names
    sit_down(ann, world, "ann").exchange()
    assert released_by(ann, id) == names
    assert len(world.journal(id).lines) == 4
    assert verify(world.database) == []


@pytest.mark.expects_log("a new epoch")
@pytest.mark.fault("F36")
@pytest.mark.invariant("I7")
def test_what_was_released_stays_once_on_the_screen_of_a_desk_that_had_read_further(
    world: World, ann: Station, bob: Station
) -> None:
    """Its place in the feed is one of the new epoch, of which her cache knows nothing yet."""
    id, other = world.a_day()[:2]
    ann.exchange()
    put_back = backup_of(world)
    ann.do(AddNote(report=id, text="One"))
    bob.exchange()
    for n in range(5):
        bob.do(AddNote(report=other, text=f"Other {n}"))
    bob.exchange()
    ann.exchange()
    sue = leaves(ann, world, id, "Two")
    world.clock.pass_by(minutes=1)
    put_back()
    begin_epoch(world)
    sue.credentials.keep(world.sign_in_again("sue", "W01"))
    assert sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue).accepted == 2
    back = sit_down(ann, world, "ann")
    assert [one.entry.text for one in back.desk.entries(id)][-2:] == ["One", "Two"]
    back.exchange()
    assert [one.entry.text for one in back.desk.entries(id)][-2:] == ["One", "Two"]
    assert back.desk.stock.outbox.since(back.desk.stock.shelf.standing().position) == []


def test_a_line_that_goes_down_in_the_middle_loses_nothing_and_it_is_released_again(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, *(f"Note {n}" for n in range(60)))
    sue.exchange()
    api_release, calls = world.api.release, []

    def torn(token: str, batch: object) -> object:
        calls.append(batch)
        if len(calls) == 2:
            api_release(token, batch)  # type: ignore[arg-type]
            sue.line.is_cut = True
            sue.line._carried(api_release, token, batch)
        return api_release(token, batch)  # type: ignore[arg-type]

    world.api.release = torn  # type: ignore[method-assign, assignment]
    assert sue.desk.release(ANN, WHY) is None
    assert not sue.exchange()
    told = outcome(sue)
    assert (told.accepted, told.left, told.is_over) == (25, 35, True)
    assert "cut" in told.problem
    sue.line.is_cut = False
    sue.exchange()
    assert sue.desk.left_here()[0].count in (10, 35)
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue).left == 0
    assert len(world.journal(id).lines) == 61
    assert waiting(sue) == []


def test_why_a_release_is_refused_here(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.line.is_cut = True
    sue.exchange()
    assert _code(sue, "") == "release/why"
    assert _code(sue, "x" * 501) == "release/why"
    assert _code(sue, WHY) == "release/offline"
    sue.line.is_cut = False
    sue.exchange()
    other = Profile(ann.profile, "store", ANN).acquire()
    refusal = sue.desk.release(ANN, WHY)
    assert refusal is not None
    assert "Ann Lee has the workstation open on this PC" in refusal.sentence
    other.release()
    assert sue.desk.release(PersonId("bob"), WHY).code == "release/nothing"  # type: ignore[union-attr]
    bob = sit_down(ann, world, "bob")
    bob.exchange()
    assert _code(bob, WHY) == "role/not-yours"
    sue = sit_down(ann, world, "sue")
    sue.exchange()
    assert sue.desk.release(ANN, WHY) is None
    assert _code(sue, WHY) == "release/one"


def _code(station: Station, why: str) -> str:
    refusal = station.desk.release(ANN, why)
    assert refusal is not None
    return refusal.code


def test_a_reason_with_what_no_store_takes_is_sent_readable(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.exchange()
    assert sue.desk.release(ANN, "ill\0 today\ud83d ") is None
    assert sue.exchange()
    told = msgspec.json.decode(world.journal(id).lines[-1].event)["stamp"]["released"]
    assert told["why"] == "ill\ufffd today\ufffd"


def test_with_another_key_than_this_pcs_nothing_is_opened_or_changed(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.exchange()
    keys = ann.files.parent / "ann" / "keys.json"
    good = keys.read_bytes()
    keys.unlink()
    refusal = sue.desk.release(ANN, WHY)
    assert refusal is not None
    assert refusal.code == "release/cannot-open"
    assert refusal.sentence.startswith("Ann Lee's unsent work cannot be opened")
    keys.write_bytes(good)
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue).accepted == 1


def test_a_file_of_hers_that_another_program_holds_is_told_as_hers(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.exchange()
    files = ann.files.parent / "ann"
    other = open_connection(files / "work.db", open_keys(files, DESK_KEY).work, synchronous="FULL")
    api_release = world.api.release

    def held_meanwhile(token: str, batch: ReleasedBatch) -> CommandReply:
        other.execute("BEGIN EXCLUSIVE")
        return api_release(token, batch)

    world.api.release = held_meanwhile  # type: ignore[method-assign]
    assert sue.desk.release(ANN, WHY) is None
    sue.exchange()
    told = outcome(sue)
    assert told.problem.startswith("The file of Ann Lee's work on this PC is locked")
    assert "your" not in told.problem.lower()
    other.close()
    world.api.release = api_release  # type: ignore[method-assign]
    assert sue.desk.release(ANN, WHY) is None
    assert sue.exchange()
    assert outcome(sue).left == 0
    assert len(world.journal(id).lines) == 2


def test_the_author_of_every_released_envelope_is_its_author(world: World, ann: Station) -> None:
    id = world.a_day()[0]
    ann.exchange()
    sue = leaves(ann, world, id, "One")
    sue.exchange()
    sue.desk.release(ANN, WHY)
    sue.exchange()
    sit_down(ann, world, "ann")
    envelopes: list[Envelope] = [envelope_decoder.decode(body) for _, body in bodies(ann)]
    assert {one.author for one in envelopes} == {ANN}
