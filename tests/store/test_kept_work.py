"""A colleague's kept work leaves by a supervisor's word: it stays hers, and both names stand."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec import Raw

from tests.store.conftest import PASSWORD, DeskOf, Store
from tests.store.test_numbers import crime, lease, totals
from workstation.domain.claiming import ClaimReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.entry import Entry
from workstation.domain.facts import FactChange
from workstation.domain.grading import EscalateEmergency, GradeReport
from workstation.domain.report import Location
from workstation.domain.roles import Role
from workstation.domain.settling import ReleaseHeld, SettleCase
from workstation.domain.story import AddNote
from workstation.store import feed, schema
from workstation.store.problems import ApiProblem
from workstation.store.sender import OUT_OF_SIGHT
from workstation.store.verify import verify
from workstation.wire.protocol import Case, CommandReply, Outcome, ReleasedBatch

RESTRICTED = "restricted:1"
BOTH = (schema.FORCE_SCOPE, RESTRICTED)
WHY = "Ann is ill and her PC was offline."


def release(by: DeskOf, of: DeskOf, *raws: bytes, why: str = WHY) -> CommandReply:
    batch = ReleasedBatch(of.outbox, tuple(Raw(raw) for raw in raws), why)
    return by.store.api.release(by.token, batch)


def words(reply: CommandReply) -> list[tuple[str, str]]:
    outcomes = [msgspec.json.decode(raw, type=Outcome) for raw in reply.outcomes]
    return [(one.word, one.code) for one in outcomes]


def states(store: Store, kind: str, shape: Any, reader: str = "sue") -> list[Any]:
    changes = store.api.changes(store.token(reader)).changes
    bodies = [bytes(c.body) for c in changes if c.kind == kind]
    return [msgspec.json.decode(body, type=shape) for body in bodies if body != b"null"]


@pytest.mark.invariant("I3")
def test_both_names_stand_and_what_its_author_sends_later_is_the_same_byte_for_byte(
    store: Store,
) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    ann.do(AddNote(report=report, text="Sent"))
    kept = [ann.seal(AddNote(report=report, text=text)) for text in ("One", "Two")]
    reply = release(sue, ann, *kept)
    assert words(reply) == [("accepted", ""), ("accepted", "")]
    told = {one.text: one for one in states(store, "entry", Entry)}
    assert told["Sent"].released is None
    for text in ("One", "Two"):
        assert (told[text].by.name, told[text].released.by.name) == ("Ann", "Sue")
        assert told[text].released.why == WHY
    journal = store.api.journal(sue.token, report).lines
    assert b"Sue" in bytes(journal[-1].event)
    assert b"Ann" in bytes(journal[-1].event)
    assert ann.send(*kept) == [bytes(raw) for raw in reply.outcomes]
    assert [bytes(raw) for raw in release(sue, ann, *kept).outcomes] == ann.send(*kept)
    assert len(store.api.journal(sue.token, report).lines) == 4
    assert verify(store.database) == []


@pytest.mark.invariant("I36")
@pytest.mark.parametrize("who", ["ann", "bob", "dan", "web"])
def test_nobody_but_a_supervisor_releases(store: Store, who: str) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(AddNote(report=report, text="Sent"))
    kept = ann.seal(AddNote(report=report, text="Kept"))
    with pytest.raises(ApiProblem) as wrong:
        release(store.desk(who), ann, kept)
    assert (wrong.value.problem.status, wrong.value.problem.type) == (403, "role-not-yours")
    assert states(store, "entry", Entry)[-1].text != "Kept"


@pytest.mark.invariant("I36")
def test_a_supervisor_whose_role_was_taken_away_releases_nothing(store: Store) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    store.api.accounts.add("sue", "Sue", (Role.HANDLER,), PASSWORD)
    with pytest.raises(ApiProblem, match="Your roles have changed"):
        release(sue, ann, ann.seal(AddNote(report=report, text="Kept")))


@pytest.mark.invariant("I36")
def test_only_the_outbox_of_that_author_at_that_pc_is_released(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(AddNote(report=report, text="Sent"))
    bob = store.desk("bob")
    bob.do(AddNote(report=report, text="Bob's"))
    elsewhere = store.desk("sue", "W09")
    with pytest.raises(ApiProblem, match="waits at this PC"):
        release(elsewhere, ann, ann.seal(AddNote(report=report, text="Elsewhere")))
    ann.outbox, ann.seq = bob.outbox, bob.seq
    with pytest.raises(ApiProblem, match="waits at this PC"):
        release(store.desk("sue"), ann, ann.seal(AddNote(report=report, text="Not hers")))
    stranger = store.desk("dan", "W01")
    with pytest.raises(ApiProblem, match="waits at this PC"):
        release(store.desk("sue"), stranger, stranger.seal(AddNote(report=report, text="Forged")))


def test_an_urgent_outbox_never_seen_is_taken_from_where_its_author_was_seen(
    store: Store,
) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    ann.do(AddNote(report=report, text="Sent"))
    urgent = store.desk("ann")
    where = Location(text="Outside the school")
    kept = urgent.seal(EscalateEmergency(report=report, why="A knife.", location=where))
    assert words(release(sue, urgent, kept)) == [("accepted", "")]
    assert store.report(report).is_emergency


def test_a_reason_is_needed_and_ones_own_work_is_not_released(store: Store) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    ann.do(AddNote(report=report, text="Sent"))
    kept = ann.seal(AddNote(report=report, text="Kept"))
    for why in ("", "  ", "x" * 501):
        with pytest.raises(ApiProblem, match="why this work is released"):
            release(sue, ann, kept, why=why)
    with pytest.raises(ApiProblem, match="send your own yourself"):
        release(sue, sue, sue.seal(AddNote(report=report, text="Mine")))


def test_each_act_is_judged_by_its_authors_authority_not_by_the_supervisors(
    store: Store,
) -> None:
    report, bob, ann, sue = store.receive().report, *map(store.desk, ("bob", "ann", "sue"))
    bob.do(ClaimReport(report=report))
    ann.do(AddNote(report=report, text="Sent"))
    kept = ann.seal(ClaimReport(report=report))
    assert words(release(sue, ann, kept)) == [("refused", "claim/held")]
    (case,) = states(store, "case", Case)
    assert (case.author_name, case.released.by.name) == ("Ann", "Sue")


@pytest.mark.fault("F27")
@pytest.mark.invariant("I5", "I26")
@pytest.mark.parametrize(("is_released", "waited_s"), [(True, 120), (False, 120), (False, 20)])
def test_a_crime_that_met_its_author_without_the_role_is_held_with_its_number(
    store: Store, is_released: bool, waited_s: int
) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    lease(ann)
    kept = ann.seal(crime(ann, report, 1))
    store.clock.pass_by(timedelta(seconds=waited_s))
    store.api.accounts.add("ann", "Ann", (Role.DISPATCHER,), PASSWORD)
    ann.token = store.token("ann")
    sent = [bytes(one) for one in release(sue, ann, kept).outcomes] if is_released else []
    (outcome,) = sent or ann.send(kept)
    assert msgspec.json.decode(outcome, type=Outcome).code == "held/author"
    assert totals(store) == {"allocated": 10}
    (held,) = states(store, "case", Case)
    assert sue.do(ReleaseHeld(report=report, case=held.id, why=WHY)).word == "accepted"
    (recorded,) = store.report(report).crimes
    assert (recorded.number, recorded.by.name) == ("35/1/26", "Ann")
    assert totals(store) == {"allocated": 9, "issued": 1}
    assert verify(store.database) == []


def test_a_removed_authors_work_is_held_and_not_lost(store: Store) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    ann.do(AddNote(report=report, text="Sent"))
    kept = ann.seal(AddNote(report=report, text="Every word of it"))
    with store.database.write() as connection:
        connection.execute(schema.account.delete().where(schema.account.c.id == "ann"))
    assert words(release(sue, ann, kept)) == [("refused", "held/author")]
    (case,) = states(store, "case", Case)
    assert b"Every word of it" in bytes(case.envelope)
    assert (case.author, case.released.by.name) == ("ann", "Sue")


@pytest.mark.invariant("I15", "I26", "I36")
def test_what_the_supervisor_may_not_see_is_held_and_nothing_of_it_is_read_back(
    store: Store,
) -> None:
    store.api.accounts.add("ann", "Ann", (Role.HANDLER,), PASSWORD, scopes=BOTH)
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    lease(ann)
    ann.do(ClaimReport(report=report))
    title = FactChange("title", "", "DC Smith hit his wife")
    ann.do(CorrectFacts(report=report, changes=(title,)))
    refused = ann.do(GradeReport(report=report, code="none", reason="Why"))
    with store.database.write() as connection:
        feed.rescope(connection, report, RESTRICTED, "")
    before = store.api.journal(ann.token, report)
    made_up = FactChange("title", "What is it?", "Another")
    kept = [
        ann.seal(CorrectFacts(report=report, changes=(made_up,))),
        ann.seal(AddNote(report=report, text="Written by Sue")),
        ann.seal(SettleCase(report=report, case=refused.command_id, how="set aside", why="So")),
        ann.seal(crime(ann, report, 1)),
    ]
    outcomes = [msgspec.json.decode(o, type=Outcome) for o in release(sue, ann, *kept).outcomes]
    said = {(one.word, one.code, one.sentence, one.field) for one in outcomes}
    assert said == {("refused", "held/scope", OUT_OF_SIGHT.sentence, "")}
    assert [one.versions for one in outcomes] == [{}] * 4
    assert store.api.journal(ann.token, report) == before
    assert states(store, "case", Case) == []
    cases = {one.id: one for one in states(store, "case", Case, "ann")}
    assert len(cases) == 5
    assert not cases[refused.command_id].settled
    store.api.accounts.add("sue", "Sue", (Role.SUPERVISOR,), PASSWORD, scopes=BOTH)
    sue.token = store.token("sue")
    held = ReleaseHeld(report=report, case=outcomes[3].command_id, why=WHY)
    assert sue.do(held).word == "accepted"
    (recorded,) = store.report(report).crimes
    assert (recorded.number, recorded.by.name) == ("35/1/26", "Ann")
    assert verify(store.database) == []
