"""What breaks the store, wherever it does, is a case of its own: what waits behind it goes on."""

from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from tests.store.conftest import DeskOf, Store
from tests.store.test_numbers import crime, lease, totals
from workstation.domain.crime import CrimeRecorded
from workstation.domain.settling import ReleaseHeld
from workstation.domain.story import AddNote, NoteAdded
from workstation.store import releasing, serials
from workstation.store.verify import verify
from workstation.wire.protocol import Case, Outcome


def poisoned(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """From now on a line of the story that says POISON raises."""
    was = NoteAdded.story

    def story(event: NoteAdded) -> Any:
        if "POISON" in event.text:
            raise error
        return was(event)

    monkeypatch.setattr(NoteAdded, "story", story)


def breaks(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    """From now on what is called here raises."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(where, name, broken)


def cases(store: Store) -> list[Case]:
    changes = store.api.changes(store.token("sue")).changes
    return [msgspec.json.decode(c.body, type=Case) for c in changes if c.kind == "case"]


def outcomes(desk: DeskOf, *envelopes: bytes) -> list[tuple[str, str]]:
    told = [msgspec.json.decode(raw, type=Outcome) for raw in desk.send(*envelopes)]
    return [(one.word, one.code) for one in told]


@pytest.mark.fault("F41")
@pytest.mark.invariant("I5", "I37")
@pytest.mark.expects_log("failed, try")
def test_the_queue_goes_on_past_what_breaks_after_it_was_decided(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    poisoned(monkeypatch, KeyError("x"))
    texts = ("before", "POISON", "between", "POISON", "after")
    sent = [ann.seal(AddNote(report=report, text=text)) for text in texts]
    fine, broken = ("accepted", ""), ("refused", "internal")
    assert outcomes(ann, *sent) == [fine, broken, fine, broken, fine]
    assert {bytes(case.envelope) for case in cases(store)} == {sent[1], sent[3]}
    assert {(case.code, case.report) for case in cases(store)} == {("internal", report)}
    assert outcomes(ann, *sent) == [fine, broken, fine, broken, fine]
    assert verify(store.database) == []


@pytest.mark.fault("F41")
@pytest.mark.invariant("I26", "I37")
@pytest.mark.expects_log("failed, try")
def test_the_number_of_a_crime_that_breaks_is_void_with_its_case(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    breaks(monkeypatch, CrimeRecorded, "story")
    assert ann.do(crime(ann, report, 1)).code == "internal"
    monkeypatch.undo()
    assert totals(store) == {"allocated": 9, "void": 1}
    assert [b'"number":"35/1/26"' in bytes(case.envelope) for case in cases(store)] == [True]
    assert ann.do(crime(ann, report, 2)).word == "accepted"
    assert verify(store.database) == []


@pytest.mark.fault("F41")
@pytest.mark.invariant("I27", "I37")
@pytest.mark.expects_log("failed, try")
def test_a_number_that_cannot_be_looked_up_stays_lent_and_its_crime_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    breaks(monkeypatch, serials, "serial_of")
    sent = [ann.seal(crime(ann, report, 1)), ann.seal(crime(ann, report, 2))]
    assert outcomes(ann, *sent) == [("refused", "internal")] * 2
    monkeypatch.undo()
    assert totals(store) == {"allocated": 10}
    assert len(cases(store)) == 2
    assert verify(store.database) == []


@pytest.mark.fault("F41")
@pytest.mark.invariant("I37")
@pytest.mark.expects_log("is not free for outbox")
@pytest.mark.expects_log("failed, try")
@pytest.mark.parametrize("where", [(releasing, "released"), (serials, "note_aliases")])
def test_a_release_that_breaks_leaves_what_is_held_to_be_released(
    store: Store, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str]
) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    lease(ann)
    bob.do(crime(bob, report, 3))
    (held,) = cases(store)
    sue = store.desk("sue")
    release = ReleaseHeld(report=report, case=held.id, why="The number was spoken.")
    breaks(monkeypatch, *where)
    assert sue.do(release).code == "internal"
    monkeypatch.undo()
    assert [case.settled for case in cases(store) if case.id == held.id] == [""]
    assert sue.do(release).word == "accepted"
    assert [one.number for one in store.report(report).crimes] == ["35/3/26"]
    assert verify(store.database) == []


@pytest.mark.fault("F41")
@pytest.mark.invariant("I2", "I37")
@pytest.mark.parametrize("error", [sa.exc.OperationalError("", {}, OSError()), MemoryError()])
def test_what_is_wrong_with_the_store_itself_refuses_nobody(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    poisoned(monkeypatch, error)
    sent = [ann.seal(AddNote(report=report, text=text)) for text in ("before", "POISON", "after")]
    with pytest.raises(type(error)):
        ann.send(*sent)
    monkeypatch.undo()
    assert outcomes(ann, *sent) == [("accepted", "")] * 3
    assert cases(store) == []
