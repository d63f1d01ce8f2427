"""The store was restored from a backup: desks give it back what it lost, each thing once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from tests.store.backups import Backups, backups_of
from tests.store.conftest import DeskOf, Store
from tests.store.test_numbers import SERIES, crime, lease
from workstation.domain.claiming import ClaimReport
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, ReportId
from workstation.domain.story import AddNote
from workstation.store import numbers, schema
from workstation.store.cli import main
from workstation.store.database import Database
from workstation.store.epochs import new_epoch, newest, seen
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import CommandBatch, Envelope, LeaseBlock, OutboxId, Outcome, sealed
from workstation.wire.resuming import resume_from

LOST = "was lent in the time this store has lost"
BEGUN = "a new epoch"


@pytest.fixture
def backups(
    request: pytest.FixtureRequest, tmp_path: Path, database: Database
) -> Iterator[Backups]:
    """Backups on the engine of this test."""
    urls = ("", "")
    if "postgresql" in request.node.callspec.id:
        urls = tuple(
            request.getfixturevalue(name) for name in ("postgres_url", "postgres_database")
        )
    with backups_of(tmp_path, *urls) as taken:
        yield taken


def begin_epoch(store: Store, raised_by: int = 20) -> dict[str, int]:
    return new_epoch(store.database, store.ids, store.clock.now(), "a disk died", raised_by)


def words(raw: list[bytes]) -> list[str]:
    return [msgspec.json.decode(one, type=Outcome).word for one in raw]


def settled_upto(desk: DeskOf) -> int:
    return desk.store.api.commands(desk.token, CommandBatch(desk.outbox, ())).applied_upto


def send_again(desk: DeskOf, store: Store, kept: list[bytes], first: int = 1) -> list[bytes]:
    """As a desk does after an epoch change: ask, then send what is lacking, byte for byte."""
    there = desk.at(store)
    start = resume_from(settled_upto(there), range(first, first + len(kept)))
    assert start is not None
    return there.send(*kept[start - first :])


def everything(store: Store) -> dict[str, list[str]]:
    """Every report's numbers and notes, by any reader's eyes."""
    changes = store.api.changes(store.token("sue")).changes
    texts = [msgspec.json.decode(c.body) for c in changes if c.kind in ("entry", "case")]
    return {"texts": sorted(t.get("text", t.get("sentence", "")) for t in texts)}


@pytest.mark.invariant("I2", "I3", "I23", "I24", "I26")
@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(BEGUN)
def test_what_a_backup_lacks_comes_back_once_and_every_number_stays_its_own(
    store: Store, backups: Backups
) -> None:
    first = store.receive("Before the backup").report
    ann, bob = store.desk("ann"), store.desk("bob", "W02")
    block = lease(ann, size=3)
    kept = [ann.seal(ClaimReport(report=first)), ann.seal(AddNote(report=first, text="One"))]
    before = ann.send(*kept)
    restore = backups.take(store)

    store.clock.pass_by(timedelta(hours=1))
    of_bob = lease(bob, size=3)
    created = ReportId(store.ids.new())
    later = [
        ann.seal(crime(ann, first, block.lo)),
        ann.seal(CreateReport(report=created, channel=Channel.CALL_101, account="A call")),
        ann.seal(AddNote(report=created, text="Two")),
    ]
    assert words(ann.send(*later)) == ["accepted"] * 3
    by_bob = [bob.seal(crime(bob, first, of_bob.lo)), bob.seal(AddNote(report=first, text="3"))]
    assert words(bob.send(*by_bob)) == ["accepted"] * 2
    unsent = ann.seal(AddNote(report=first, text="Never left"))
    expected = everything(store)
    numbers_before = {c.number for c in store.report(first).crimes}

    again = restore()
    epoch = again.api.hello().epoch
    raised = begin_epoch(again)
    assert again.api.hello().epoch != epoch
    assert raised[SERIES] == block.hi + 1 + 20
    assert words(send_again(ann, again, [*kept, *later, unsent])) == ["accepted"] * 4
    assert words(send_again(bob, again, by_bob)) == ["accepted"] * 2

    assert everything(again)["texts"] == sorted([*expected["texts"], "Never left"])
    assert {c.number for c in again.report(first).crimes} == numbers_before
    assert ann.at(again).send(*kept) == before
    assert lease(bob.at(again), size=5).lo > of_bob.hi
    assert verify(again.database) == []


def test_an_epoch_needs_its_reason_and_a_sane_raise(store: Store) -> None:
    for reason, by in (("  ", 10), ("x" * 501, 10), ("fine", 0), ("fine", 10_001)):
        with pytest.raises(ValueError):
            new_epoch(store.database, store.ids, store.clock.now(), reason, by)


@pytest.mark.invariant("I23", "I27")
@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(BEGUN)
@pytest.mark.expects_log("is not free for outbox")
def test_a_returned_serial_that_was_lent_again_in_the_lost_time_stays_with_who_used_it(
    store: Store, backups: Backups
) -> None:
    report = store.receive().report
    ann, bob = store.desk("ann"), store.desk("bob", "W02")
    block = lease(ann, size=4)
    store.api.lease_block(ann.token, LeaseBlock(ann.outbox, SERIES, returns=block.id))
    restore = backups.take(store)
    of_bob = lease(bob, size=4)
    assert of_bob.lo == block.lo
    used = bob.seal(crime(bob, report, of_bob.lo))
    bob.send(used)
    again = restore()
    begin_epoch(again)
    assert lease(ann.at(again), size=4).lo > of_bob.hi
    assert words(send_again(bob, again, [used])) == ["accepted"]
    late = ann.at(again)
    assert late.do(crime(late, report, of_bob.lo)).word == "refused"
    with again.database.read() as connection:
        issued = [row for row in numbers.totals(connection) if row[1] == "issued"]
    assert issued[0] == (SERIES, "issued", 1)
    assert verify(again.database) == []


@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(BEGUN)
def test_a_serial_beyond_all_that_was_raised_is_accepted_and_the_ledger_stays_whole(
    store: Store, backups: Backups
) -> None:
    report, ann = store.receive().report, store.desk("sue")
    restore = backups.take(store)
    for _ in range(2):
        block = lease(ann, size=50)
    used = ann.seal(crime(ann, report, block.hi))
    ann.send(used)
    again = restore()
    begin_epoch(again, raised_by=5)
    assert words(send_again(ann, again, [used])) == ["accepted"]
    assert verify(again.database) == []
    assert lease(ann.at(again)).lo == block.hi + 1


@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log(BEGUN)
def test_an_incident_number_from_the_lost_time_stands(store: Store, backups: Backups) -> None:
    ann = store.desk("ann")
    restore = backups.take(store)
    block = lease(ann, "incident/2026-11-22", 5)
    id, number = ReportId(store.ids.new()), f"CC-22112026-{block.lo:04}"
    made = CreateReport(
        report=id, channel=Channel.CALL_101, account="A call", incident_number=number
    )
    sent = ann.seal(made)
    ann.send(sent)
    again = restore()
    begin_epoch(again)
    assert words(send_again(ann, again, [sent])) == ["accepted"]
    assert again.report(id).incident_number == number
    assert again.receive().incident_number == "CC-22112026-0021"
    assert verify(again.database) == []


@pytest.mark.expects_log(BEGUN)
def test_where_the_desk_has_weeded_what_is_expected_it_begins_a_new_outbox(
    store: Store, backups: Backups
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    restore = backups.take(store)
    sent = [ann.seal(AddNote(report=report, text=text)) for text in ("old", "new", "newer")]
    ann.send(*sent)
    again = restore()
    begin_epoch(again)
    there = ann.at(again)
    assert resume_from(settled_upto(there), range(2, 4)) is None
    with pytest.raises(ApiProblem) as problem:
        there.send(*sent[1:])
    assert (problem.value.problem.type, problem.value.more) == ("outbox-gap", {"expected": 1})
    there.outbox = OutboxId(store.ids.new())
    envelopes = [msgspec.json.decode(raw, type=Envelope) for raw in sent[1:]]
    moved = [
        sealed(msgspec.structs.replace(envelope, outbox_id=there.outbox, seq=n))
        for n, envelope in enumerate(envelopes, 1)
    ]
    assert words(there.send(*moved)) == ["accepted"] * 2
    assert verify(again.database) == []


@pytest.mark.expects_log(BEGUN)
def test_versions_seen_in_the_lost_time_do_not_count_as_seen_afterwards(
    store: Store, backups: Backups
) -> None:
    from_before = store.receive().report
    sue, bob = store.desk("sue"), store.desk("bob", "W02")
    bob.do(ClaimReport(report=from_before))
    restore = backups.take(store)
    for text in ("a", "b", "c"):
        bob.do(AddNote(report=from_before, text=text))
    old = sue.seal(AddNote(report=from_before, text="lost"), {from_before: 5})
    again = restore()
    again.clock.pass_by(timedelta(minutes=1))
    begin_epoch(again)
    assert seen_by(again, old) == {from_before: 5}
    again.clock.pass_by(timedelta(minutes=1))
    again.desk("dan", "W03").do(AddNote(report=from_before, text="of the new time"))
    assert seen_by(again, old) == {from_before: 0}
    new = sue.seal(AddNote(report=from_before, text="new"), {from_before: 5})
    assert seen_by(again, new) == {from_before: 5}


@pytest.mark.fault("F16", "F36")
@pytest.mark.expects_log(BEGUN)
def test_the_newest_epoch_is_the_one_in_force_though_the_clock_was_set_back_between(
    store: Store,
) -> None:
    begin_epoch(store)
    store.clock.pass_by(timedelta(minutes=-30))
    begin_epoch(store)
    with store.database.read() as connection:
        found = newest(connection)
        epoch = connection.scalar(sa.select(schema.feed_head.c.epoch))
    assert found is not None
    assert (found.epoch, found.at) == (epoch, store.clock.now())


def seen_by(store: Store, raw: bytes) -> dict[ReportId, int]:
    with store.database.read() as connection:
        return seen(connection, msgspec.json.decode(raw, type=Envelope), newest(connection))


@pytest.mark.fault("F36")
@pytest.mark.invariant("I3", "I23", "I24")
@pytest.mark.expects_log("was this store restored?")
@pytest.mark.expects_log(BEGUN)
@pytest.mark.expects_log(LOST)
@pytest.mark.expects_log("is not free for outbox")
def test_a_forgotten_epoch_is_alarmed_and_still_nothing_is_lost_or_doubled(
    store: Store, backups: Backups
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    restore = backups.take(store)
    block = lease(ann, size=3)
    kept = [
        ann.seal(AddNote(report=report, text="One")),
        ann.seal(crime(ann, report, block.lo)),
    ]
    ann.send(*kept)
    cursor = store.api.changes(ann.token).cursor
    again = restore()
    there = ann.at(again)
    with pytest.raises(ApiProblem) as problem:
        again.api.changes(there.token, cursor)
    assert (problem.value.problem.status, problem.value.problem.type) == (409, "cursor-ahead")
    assert words(send_again(ann, again, kept)) == ["accepted", "refused"]
    cases = [c for c in again.api.changes(there.token).changes if c.kind == "case"]
    assert b'"35/1/26"' in bytes(cases[0].body)
    begin_epoch(again)
    there.seq = 2
    assert there.do(crime(there, report, block.lo + 1)).word == "accepted"
    assert verify(again.database) == []


@pytest.mark.expects_log(BEGUN)
def test_an_operator_begins_an_epoch_from_the_shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(tmp_path / "shop.db")
    main(["--database", path, "init", "--force", "cambridgeshire"])
    capsys.readouterr()
    assert main(["--database", path, "new-epoch", "--reason", "disk died"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("A new epoch has begun")
    assert any(line.startswith("crime/") and line.endswith("from 1001 on") for line in said)
    assert main(["--database", path, "numbers", "audit"]) == 0
    assert main(["--database", path, "verify"]) == 0
