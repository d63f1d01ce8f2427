"""How much work waits at which PC: told by the PC, shown to supervisors until it has arrived."""

from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.conftest import DeskOf, Store
from workstation.domain.grading import EscalateEmergency
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.store import schema, waiting
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import (
    Address,
    CommandId,
    Heartbeat,
    OutboxId,
    WaitingOutbox,
    WaitingWork,
)


def told(of: DeskOf, last: bytes, upto: int = 0) -> WaitingOutbox:
    """What a PC says of an outbox that ends with this envelope."""
    id = msgspec.json.decode(last, type=Address).command_id
    return WaitingOutbox(of.person, of.outbox, upto or of.seq, id, of.store.clock.now())


def beat(by: DeskOf, *waiting: WaitingOutbox) -> None:
    by.store.api.heartbeat(by.token, Heartbeat(by.outbox, (), waiting=waiting))


def shown(store: Store) -> list[tuple[str, str, int]]:
    waiting = store.api.waiting(store.token("sue", "W99"))
    return [(one.name, one.workstation, one.count) for one in waiting]


def test_it_is_shown_until_it_has_arrived_and_nobody_has_to_say_so(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann", "W07")
    since = store.clock.now()
    kept = [ann.seal(AddNote(report=report, text=text)) for text in ("One", "Two", "Three")]
    beat(ann, told(ann, kept[-1]))
    store.clock.pass_by(timedelta(hours=20))
    assert shown(store) == [("Ann", "W07", 3)]
    (one,) = store.api.waiting(store.token("sue"))
    assert one == WaitingWork(ann.person, "Ann", "W07", 3, since)
    ann.token = store.token("ann", "W07")
    ann.send(*kept[:2])
    assert shown(store) == [("Ann", "W07", 1)]
    ann.send(kept[2])
    assert shown(store) == []
    beat(ann)
    assert shown(store) == []


def test_whoever_works_at_the_pc_tells_it_of_others(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann", "W07"), store.desk("bob", "W07")
    kept = ann.seal(AddNote(report=report, text="One"))
    beat(bob, told(ann, kept))
    assert shown(store) == [("Ann", "W07", 1)]
    beat(bob)
    assert shown(store) == [("Ann", "W07", 1)]
    ann.send(kept)
    beat(bob, told(ann, kept))
    assert shown(store) == []


def test_two_lanes_of_one_person_are_one_line(store: Store) -> None:
    report, ann, lane = store.receive().report, store.desk("ann"), store.desk("ann")
    first = told(ann, ann.seal(AddNote(report=report, text="One")))
    store.clock.pass_by(timedelta(minutes=1))
    beat(ann, told(lane, lane.seal(AddNote(report=report, text="Two"))), first)
    (one,) = store.api.waiting(store.token("sue"))
    assert (one.count, one.since) == (2, first.since)


def test_work_that_goes_on_in_a_new_outbox_is_counted_once_and_ends_with_its_last_act(
    store: Store,
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    kept = ann.seal(AddNote(report=report, text="One"))
    beat(ann, told(ann, kept))
    fresh = OutboxId(store.ids.new())
    moved = kept.replace(ann.outbox.encode(), fresh.encode())
    ann.outbox = fresh
    beat(ann, told(ann, moved))
    assert shown(store) == [("Ann", "W01", 1)]
    ann.send(moved)
    assert shown(store) == []


def test_another_pc_says_nothing_of_an_outbox_that_is_not_kept_there(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann", "W07"), store.desk("bob", "W09")
    ann.do(AddNote(report=report, text="Sent"))
    kept = ann.seal(AddNote(report=report, text="One"))
    beat(bob, told(ann, kept))
    assert shown(store) == []


@pytest.mark.invariant("I36")
def test_only_a_supervisor_is_told(store: Store) -> None:
    for who in ("ann", "dan", "web"):
        with pytest.raises(ApiProblem, match="Only a supervisor"):
            store.api.waiting(store.token(who))


@pytest.mark.parametrize("upto", [0, -1])
def test_a_beat_that_makes_no_sense_is_refused(store: Store, upto: int) -> None:
    ann = store.desk("ann")
    wrong = WaitingOutbox(ann.person, ann.outbox, upto, CommandId("x"), store.clock.now())
    with pytest.raises(ApiProblem) as refused:
        beat(ann, wrong)
    assert refused.value.problem.field == "waiting[0].upto"
    with pytest.raises(ApiProblem, match="up to 100"):
        beat(ann, *[told(ann, ann.seal(AddNote(report="r", text="x")))] * 101)  # type: ignore[arg-type]


@pytest.mark.invariant("I37")
def test_another_pc_takes_nothing_away_by_naming_its_last_act(store: Store) -> None:
    report, bob, ann = store.receive().report, store.desk("bob", "W02"), store.desk("ann", "W01")
    kept = told(bob, bob.seal(AddNote(report=report, text="One")))
    beat(bob, kept)
    mine = WaitingOutbox(ann.person, ann.outbox, 1, kept.last, store.clock.now())
    beat(ann, mine)
    assert ("Bob", "W02", 1) in shown(store)


def test_nobody_unknown_is_said_to_have_work_but_a_removed_persons_is_still_told(
    store: Store,
) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    nobody = WaitingOutbox(PersonId("nobody"), OutboxId("o"), 1, CommandId("x"), store.clock.now())
    ann.do(AddNote(report=report, text="Sent"))
    kept = told(ann, ann.seal(AddNote(report=report, text="Kept")))
    with store.database.write() as connection:
        connection.execute(schema.account.delete().where(schema.account.c.id == "ann"))
    beat(bob, nobody, kept)
    assert shown(store) == [("ann", "W01", 1)]


@pytest.mark.expects_log("names more waiting work than is kept")
def test_one_pc_names_so_many_outboxes_and_no_more(store: Store) -> None:
    ann = store.desk("ann")
    now = store.clock.now()
    for n in range(waiting.MOST + 5):
        id = OutboxId(f"o{n}")
        beat(ann, WaitingOutbox(ann.person, id, 1, CommandId(f"c{n}"), now))
    beat(ann, WaitingOutbox(ann.person, OutboxId("o1"), 3, CommandId("c1"), now))
    assert shown(store) == [("Ann", "W01", waiting.MOST + 2)]


def test_what_sends_officers_is_counted_until_it_has_arrived(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    first = ann.seal(EscalateEmergency(report=report, why="A knife"))
    last = ann.seal(AddNote(report=report, text="One"))
    beat(ann, replace(told(ann, last), sends=1))
    (one,) = store.api.waiting(store.token("sue"))
    assert (one.count, one.sends) == (2, 1)
    ann.send(first)
    beat(ann, told(ann, last))
    (one,) = store.api.waiting(store.token("sue"))
    assert (one.count, one.sends) == (1, 0)
    with pytest.raises(ApiProblem) as refused:
        beat(ann, replace(told(ann, last), sends=-1))
    assert refused.value.problem.field == "waiting[0].sends"


def test_a_row_of_a_process_of_the_release_before_says_nothing_of_officers(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    beat(ann, told(ann, ann.seal(AddNote(report=report, text="One"))))
    with store.database.write() as connection:
        connection.execute(schema.waiting.update().values(sends=None))
    (one,) = store.api.waiting(store.token("sue"))
    assert (one.count, one.sends) == (1, 0)
