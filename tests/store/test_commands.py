"""What the store promises of every command: once, in order, never lost."""

import json
import threading
from datetime import timedelta

import msgspec
import pytest
from msgspec import Raw

from tests.store.conftest import Store
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.domain.story import AddNote
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import (
    BATCH,
    Case,
    CommandBatch,
    LeaseBlock,
    OutboxId,
    Outcome,
)
from workstation.wire.resuming import Settled


@pytest.mark.fault("F2", "F8")
@pytest.mark.invariant("I3")
def test_a_repeat_returns_the_first_outcome_byte_for_byte(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    envelope = ann.seal(ClaimReport(report=report))
    first = ann.send(envelope)
    store.desk("bob").do(AddNote(report=report, text="Meanwhile"))
    assert ann.send(envelope) == first
    assert store.report(report).version == 3


@pytest.mark.invariant("I3")
@pytest.mark.expects_log("came again with other content")
def test_the_same_command_with_other_bytes_is_a_mismatch(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    envelope = ann.seal(AddNote(report=report, text="One"))
    ann.send(envelope)
    with pytest.raises(ApiProblem) as problem:
        ann.send(envelope.replace(b"One", b"Two"))
    assert problem.value.problem.type == "idempotency-mismatch"
    assert problem.value.problem.status == 422


@pytest.mark.fault("F8")
@pytest.mark.invariant("I4")
def test_a_hole_in_an_outbox_is_told_with_what_is_expected(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.seal(ClaimReport(report=report))
    with pytest.raises(ApiProblem) as problem:
        ann.send(ann.seal(ClaimReport(report=report)))
    assert (problem.value.problem.status, problem.value.problem.type) == (409, "outbox-gap")
    assert problem.value.more == {"expected": 1}
    assert b'"expected":1' in problem.value.body()
    assert store.report(report).claim is None


@pytest.mark.fault("F23")
@pytest.mark.invariant("I4")
def test_an_outbox_wound_back_is_told_so(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(AddNote(report=report, text="One"))
    ann.seq = 0
    with pytest.raises(ApiProblem) as problem:
        ann.do(AddNote(report=report, text="Two"))
    assert problem.value.problem.type == "outbox-rewound"


@pytest.mark.fault("F24", "F36")
@pytest.mark.invariant("I2")
def test_an_empty_batch_is_told_which_commands_were_settled_last(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    raws = [ann.seal(AddNote(report=report, text=f"{n}")) for n in range(BATCH + 2)]
    for at in range(0, len(raws), BATCH):
        ann.send(*raws[at : at + BATCH])
    names = tuple(msgspec.json.decode(raw)["command_id"] for raw in raws)
    assert standing(store, ann.outbox) == Settled(BATCH + 2, names[-BATCH:])
    assert standing(store, OutboxId("never-seen")) == Settled(0)
    anew = OutboxId(store.ids.new())
    new = json.loads(ann.seal(AddNote(report=report, text="New")))
    for n, told in enumerate((json.loads(raws[0]), new), 1):
        raw = json.dumps(told | {"outbox_id": anew, "seq": n}).encode()
        store.api.commands(ann.token, CommandBatch(anew, (Raw(raw),)))
    assert standing(store, anew) == Settled(2, ("", new["command_id"]))


def standing(store: Store, outbox: OutboxId) -> Settled:
    reply = store.api.commands(store.token("ann"), CommandBatch(outbox, ()))
    assert reply.outcomes == ()
    return Settled(reply.applied_upto, reply.newest)


@pytest.mark.invariant("I5", "I37")
def test_a_refusal_keeps_the_whole_envelope_and_lets_the_queue_go_on(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    envelope = ann.seal(AddNote(report=report, text="  "))
    after = ann.seal(AddNote(report=report, text="Words"))
    batch = CommandBatch(ann.outbox, (Raw(envelope), Raw(after)))
    reply = store.api.commands(ann.token, batch)
    words = [msgspec.json.decode(raw, type=Outcome).word for raw in reply.outcomes]
    assert (words, reply.applied_upto) == (["refused", "accepted"], 2)
    cases = [c for c in store.api.changes(ann.token).changes if c.kind == "case"]
    case = msgspec.json.decode(cases[0].body, type=Case)
    assert (case.code, bytes(case.envelope)) == ("note/empty", envelope)


def test_a_report_nobody_knows_is_refused(store: Store) -> None:
    outcome = store.desk("ann").do(ClaimReport(report=ReportId("nothing")))
    assert (outcome.word, outcome.code) == ("refused", "report/unknown")


@pytest.mark.invariant("I36")
def test_a_command_leaves_only_under_its_authors_token(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    envelope = ann.seal(ClaimReport(report=report))
    ann.token = bob.token
    with pytest.raises(ApiProblem) as problem:
        ann.send(envelope)
    assert problem.value.problem.field == "commands[0].author"


@pytest.mark.invariant("I36")
def test_an_outbox_belongs_to_one_person(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    ann.do(ClaimReport(report=report))
    bob.outbox, bob.seq = ann.outbox, ann.seq
    with pytest.raises(ApiProblem) as problem:
        bob.do(AddNote(report=report, text="Words"))
    assert problem.value.problem.type == "outbox-other"


@pytest.mark.fault("F30")
@pytest.mark.invariant("I18")
def test_only_the_first_of_two_claims_wins(store: Store) -> None:
    report = store.receive().report
    assert store.desk("ann").do(ClaimReport(report=report)).word == "accepted"
    assert store.desk("bob").do(ClaimReport(report=report)).code == "claim/held"


@pytest.mark.invariant("I36")
def test_a_role_that_may_not_is_refused_by_the_rules(store: Store) -> None:
    command = CreateReport(
        report=ReportId(store.ids.new()), channel=Channel.CALL_101, account="Hi"
    )
    assert store.desk("dan").do(command).code == "role/not-yours"


def test_a_report_taken_at_a_desk_gets_an_incident_number_here(store: Store) -> None:
    id = ReportId(store.ids.new())
    command = CreateReport(
        report=id, channel=Channel.CALL_999, account="Help", local_reference="W01-1"
    )
    assert store.desk("ann").do(command).word == "accepted"
    report = store.report(id)
    assert (report.incident_number, report.version) == ("CC-22112026-0001", 1)
    assert verify(store.database) == []


@pytest.mark.fault("F41")
@pytest.mark.invariant("I5", "I37")
@pytest.mark.expects_log("failed, try")
def test_a_rule_that_breaks_is_refused_as_internal_and_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, ann = store.receive().report, store.desk("ann")

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(AddNote, "decide", broken)
    outcome = ann.do(AddNote(report=report, text="Words"))
    assert (outcome.word, outcome.code) == ("refused", "internal")
    monkeypatch.undo()
    assert ann.do(AddNote(report=report, text="Words")).word == "accepted"


@pytest.mark.invariant("I9", "I10")
@pytest.mark.fault("F15")
@pytest.mark.invariant("I22")
def test_an_act_is_never_dated_after_the_store_took_it(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    store.clock.pass_by(timedelta(days=3653))
    ahead = ann.seal(ClaimReport(report=report))
    store.clock.pass_by(timedelta(days=-3653))
    ann.send(ahead)
    claim = store.report(report).claim
    assert claim is not None
    assert claim.at == store.clock.now()


def test_the_feed_has_no_hole_whoever_writes_at_once(store: Store) -> None:
    report = store.receive().report
    desks = [store.desk(person, f"W{n}") for n, person in enumerate(["ann", "bob", "sue", "dan"])]
    seen: list[int] = []
    over = threading.Event()

    def write(n: int) -> None:
        for count in range(10):
            desks[n].do(AddNote(report=report, text=f"{n} {count}"))

    def tail() -> None:
        cursor = ""
        while True:
            last = over.is_set()
            page = store.api.changes(desks[0].token, cursor)
            cursor = page.cursor
            seen.extend(c.position for c in page.changes if c.kind == "entry")
            if last and not page.more:
                return

    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    reader = threading.Thread(target=tail)
    for thread in [reader, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    reader.join()
    assert len(seen) == 41
    assert seen == sorted(seen)
    assert store.report(report).version == 41
    assert verify(store.database) == []


@pytest.mark.invariant("I36")
@pytest.mark.parametrize("name", ["store", "store:store", "store:web"])
def test_no_desk_takes_the_place_of_an_outbox_the_store_keeps(store: Store, name: str) -> None:
    ann = store.desk("ann")
    ann.outbox = OutboxId(name)
    with pytest.raises(ApiProblem) as problem:
        ann.do(AddNote(report=ReportId("r1"), text="Mine now"))
    assert (problem.value.problem.status, problem.value.problem.type) == (403, "outbox-other")
    with pytest.raises(ApiProblem):
        store.api.lease_block(ann.token, LeaseBlock(OutboxId(name), "crime/2026"))
    assert store.receive().incident_number


def test_a_report_is_given_only_to_somebody_who_can_work_it(store: Store) -> None:
    report, sue = store.receive().report, store.desk("sue")
    for id, name in [("nobody", "N"), ("web", "Web"), ("", "")]:
        given = ReassignReport(report=report, to=Author(PersonId(id), name), reason="Shift ends")
        assert sue.do(given).code == "reassign/to"


@pytest.mark.parametrize("name", ["Bob", "Cath Lee", " "])
def test_who_is_given_a_report_is_called_as_the_account_has_it(store: Store, name: str) -> None:
    report, sue = store.receive().report, store.desk("sue")
    given = ReassignReport(report=report, to=Author(PersonId("bob"), name), reason="Shift ends")
    assert sue.do(given).word == "accepted"
    claim = store.report(report).claim
    assert claim is not None
    assert claim.by == Author(PersonId("bob"), "Bob")
