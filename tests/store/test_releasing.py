"""A crime held for its number is recorded once a supervisor releases it, or stays held."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.conftest import Store
from tests.store.test_number_blocks import ask
from tests.store.test_numbers import crime, lease, totals
from workstation.domain.entry import Entry
from workstation.domain.settling import ReleaseHeld, SettleCase
from workstation.store.verify import verify
from workstation.wire.protocol import Case

WHY = "The PC was copied; the number was spoken."


def cases(store: Store) -> list[Case]:
    changes = store.api.changes(store.token("sue")).changes
    return [msgspec.json.decode(c.body, type=Case) for c in changes if c.kind == "case"]


@pytest.mark.expects_log("is not free for outbox")
def test_a_number_lent_to_anothers_desk_is_released_with_both_names(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    ask(ann, "b1")
    assert bob.do(crime(bob, report, 3)).code == "held/number"
    (case,) = cases(store)
    release = ReleaseHeld(report=report, case=case.id, why=WHY)
    assert bob.do(release).code == "role/not-yours"
    sue = store.desk("sue")
    assert sue.do(release).word == "accepted"
    (recorded,) = store.report(report).crimes
    assert (recorded.number, recorded.by.name) == ("35/3/26", "Bob")
    told = [c.body for c in store.api.changes(sue.token).changes if c.kind == "entry"]
    lines = [msgspec.json.decode(body, type=Entry) for body in told]
    names = {line.title: line.by.name for line in lines}
    assert names["Held work released"] == "Sue"
    assert names["Crime 35/3/26 recorded"] == "Bob"
    (settled,) = (one for one in cases(store) if one.id == case.id)
    assert (settled.settled, settled.settled_why) == ("released", WHY)
    assert sue.do(release).word == "accepted"
    assert len(store.report(report).crimes) == 1
    assert totals(store) == {"allocated": 9, "issued": 1}
    assert verify(store.database) == []


@pytest.mark.expects_log("is not free for outbox")
def test_what_was_settled_otherwise_is_not_released(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    ask(ann, "b1")
    bob.do(crime(bob, report, 3))
    (case,) = cases(store)
    sue = store.desk("sue")
    sue.do(SettleCase(report=report, case=case.id, how="done again", why="As 35/9/26."))
    refused = sue.do(ReleaseHeld(report=report, case=case.id, why=WHY))
    assert refused.code == "case/settled"
    assert store.report(report).crimes == ()
    assert totals(store) == {"allocated": 10}
    assert verify(store.database) == []


@pytest.mark.expects_log("is not free for outbox")
@pytest.mark.invariant("I26", "I36")
def test_a_held_number_is_settled_by_a_supervisor_alone(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    ask(ann, "b1")
    bob.do(crime(bob, report, 3))
    (case,) = cases(store)
    settle = SettleCase(report=report, case=case.id, how="set aside", why="ok")
    assert bob.do(settle).code == "case/held"
    assert [c.settled for c in cases(store) if c.id == case.id] == [""]
    sue = store.desk("sue")
    assert sue.do(settle).word == "accepted"
    told = [c.body for c in store.api.changes(sue.token).changes if c.kind == "entry"]
    lines = {one.title: one for one in (msgspec.json.decode(body, type=Entry) for body in told)}
    line = lines["Number 35/3/26 not recorded"]
    assert (line.by.name, line.text) == ("Sue", "ok")
    assert verify(store.database) == []


@pytest.mark.expects_log("is not free for outbox")
def test_words_after_a_release_do_not_say_that_the_number_is_not_recorded(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    ask(ann, "b1")
    bob.do(crime(bob, report, 3))
    (case,) = cases(store)
    sue = store.desk("sue")
    assert sue.do(ReleaseHeld(report=report, case=case.id, why=WHY)).word == "accepted"
    late = SettleCase(
        report=report, case=case.id, how="set aside", why="Twice.", crime_number="35/3/26"
    )
    assert sue.do(late).word == "accepted"
    lines = [bytes(line.event) for line in store.api.journal(ann.token, report).lines]
    assert b"Twice." in lines[-1]
    assert b"35/3/26" not in lines[-1]


@pytest.mark.expects_log("is not free for outbox")
def test_a_number_that_stands_for_another_crime_is_not_released(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    lease(ann)
    assert ann.do(crime(ann, report, 1)).word == "accepted"
    bob.do(crime(bob, report, 1))
    (case,) = cases(store)
    refused = store.desk("sue").do(ReleaseHeld(report=report, case=case.id, why=WHY))
    assert refused.code == "release/taken"
    assert [c.settled for c in cases(store) if c.id == case.id] == [""]
    assert len(store.report(report).crimes) == 1
    assert verify(store.database) == []


def test_a_late_number_is_released_for_its_own_crime(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    raw = ann.seal(crime(ann, report, 1))
    store.clock.pass_by(timedelta(days=50))
    ann.token = store.token("ann")
    assert b"held/late" in ann.send(raw)[0]
    assert totals(store) == {"allocated": 10}
    (case,) = cases(store)
    release = ReleaseHeld(report=report, case=case.id, why=WHY)
    assert store.desk("sue").do(release).word == "accepted"
    (recorded,) = store.report(report).crimes
    assert (recorded.number, recorded.at.year) == ("35/1/26", 2026)
    assert totals(store) == {"allocated": 9, "issued": 1}
    assert verify(store.database) == []


@pytest.mark.fault("F15")
@pytest.mark.invariant("I28")
@pytest.mark.expects_log("of crime/2027 came at")
def test_a_number_whose_year_has_not_begun_is_held_and_kept_for_its_crime(store: Store) -> None:
    store.clock.time = datetime(2026, 12, 20, 10, 0, tzinfo=UTC)
    report, ann = store.receive().report, store.desk("ann")
    lease(ann, "crime/2027")
    early = replace(crime(ann, report, 1), series="crime/2027", number="35/1/27")
    store.clock.pass_by(timedelta(days=30))
    raw = ann.seal(early)
    store.clock.pass_by(timedelta(days=-30))
    assert b"held/early" in ann.send(raw)[0]
    (case,) = cases(store)
    assert "has not begun" in case.sentence
    assert store.report(report).crimes == ()
    release = ReleaseHeld(report=report, case=case.id, why=WHY)
    assert store.desk("sue").do(release).word == "accepted"
    assert [one.number for one in store.report(report).crimes] == ["35/1/27"]
    assert verify(store.database) == []
