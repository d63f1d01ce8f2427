"""Refused work is settled once, by its author or a supervisor, and stays readable for good."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.conftest import PASSWORD, DeskOf, Store
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.domain.settling import How, SettleCase
from workstation.domain.story import AddNote
from workstation.store import feed
from workstation.store.verify import verify
from workstation.wire.aside import set_aside
from workstation.wire.protocol import Case, Outcome, envelope_decoder


def refused(desk: DeskOf, report: ReportId) -> str:
    """Something that is refused whatever the report; the id of its case."""
    outcome = desk.do(AddNote(report=report, text=""))
    assert outcome.word == "refused"
    return outcome.command_id


def settle(case: str, report: ReportId, how: How = "set aside", why: str = "Twice.") -> SettleCase:
    return SettleCase(report=report, case=case, how=how, why=why)


def case_of(store: Store, id: str, reader: str = "sue") -> Case:
    found = [c for c in store.api.changes(store.token(reader)).changes if c.id == id]
    return msgspec.json.decode(found[0].body, type=Case)


@pytest.mark.parametrize("who", ["ann", "sue"])
def test_the_author_or_a_supervisor_settles_and_the_case_says_who_when_and_why(
    store: Store, who: str
) -> None:
    report, ann = store.receive().report, store.desk("ann")
    id = refused(ann, report)
    envelope = bytes(case_of(store, id).envelope)
    assert store.desk(who).do(settle(id, report, "done again", "Sent again.")).word == "accepted"
    for reader in ("ann", "sue"):
        case = case_of(store, id, reader)
        assert (case.settled, case.settled_why) == ("done again", "Sent again.")
        assert case.settled_by is not None
        assert (case.settled_by.id, case.settled_at) == (who, store.clock.now())
        assert bytes(case.envelope) == envelope
    lines = store.api.journal(ann.token, report).lines
    assert b'"Sent again."' in bytes(lines[-1].event)
    assert verify(store.database) == []


def test_settling_twice_changes_nothing_and_is_no_mistake(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    id = refused(ann, report)
    ann.do(settle(id, report, "set aside", "First."))
    head, before = store.api.head(), case_of(store, id)
    assert ann.do(settle(id, report, "done again", "First.")).word == "accepted"
    assert (store.api.head(), case_of(store, id)) == (head, before)


@pytest.mark.invariant("I2", "I7")
def test_of_two_who_settle_the_first_stands_and_both_are_told(store: Store) -> None:
    report, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    id = refused(ann, report)
    ann.do(settle(id, report, "set aside", "First."))
    before = case_of(store, id)
    assert sue.do(settle(id, report, "done again", "Second.")).word == "accepted"
    assert case_of(store, id) == before
    told = [bytes(line.event) for line in store.api.journal(ann.token, report).lines]
    assert b"First." in told[-2]
    assert b"Second." in told[-1]
    assert verify(store.database) == []


@pytest.mark.parametrize(
    ("why", "code"), [("", "case/why"), (" \n", "case/why"), ("x" * 501, "case/too-long")]
)
def test_a_settlement_needs_a_sentence_of_some_length(store: Store, why: str, code: str) -> None:
    report, ann = store.receive().report, store.desk("ann")
    id = refused(ann, report)
    assert ann.do(settle(id, report, why=why)).code == code
    assert ann.do(settle(id, report, why="x" * 500)).word == "accepted"


@pytest.mark.invariant("I36")
def test_a_colleague_settles_nothing_of_anothers(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    id = refused(ann, report)
    assert store.desk("bob").do(settle(id, report)).code == "case/not-yours"
    assert case_of(store, id).settled == ""


def test_a_case_of_no_report_on_record_can_be_settled_too(store: Store) -> None:
    nowhere, ann = ReportId("never received"), store.desk("ann")
    id = refused(ann, nowhere)
    assert ann.do(settle(id, nowhere)).word == "accepted"
    assert case_of(store, id).settled == "set aside"
    assert verify(store.database) == []


@pytest.mark.expects_log("cannot be read")
def test_work_that_nobody_could_read_is_settled_without_a_line_in_any_story(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    note = ann.seal(AddNote(report=report, text="x"))
    unaimed = AddNote(report=ReportId(""), text="x")
    sent = set_aside(replace(envelope_decoder.decode(note), command=unaimed), note, "Unread.")
    id = msgspec.json.decode(ann.send(sent)[0], type=Outcome).command_id
    assert case_of(store, id).report == ""
    lines = len(store.api.journal(ann.token, report).lines)
    assert ann.do(settle(id, report)).word == "accepted"
    assert case_of(store, id).settled == "set aside"
    assert len(store.api.journal(ann.token, report).lines) == lines
    assert verify(store.database) == []


def test_a_case_is_settled_under_its_own_report_only(store: Store) -> None:
    report, other, ann = store.receive().report, store.receive().report, store.desk("ann")
    id = refused(ann, report)
    assert ann.do(settle(id, other)).code == "case/unknown"
    assert ann.do(settle("no such case", report)).code == "case/unknown"
    assert case_of(store, id).settled == ""


@pytest.mark.invariant("I15")
def test_a_case_that_one_may_not_see_is_as_one_that_does_not_exist(store: Store) -> None:
    hidden, ann, sue = store.receive().report, store.desk("ann"), store.desk("sue")
    id = refused(ann, hidden)
    roles = [Role.SUPERVISOR]
    store.api.accounts.add("eve", "Eve", roles, PASSWORD, ("force", "restricted:1"))
    with store.database.write() as connection:
        feed.rescope(connection, hidden, "restricted:1", "scope")
    by_hidden, by_none = sue.do(settle(id, hidden)), sue.do(settle("none", hidden))
    assert told(by_hidden) == told(by_none) == told(sue.do(settle("none", ReportId("nowhere"))))
    assert by_hidden.code == "case/unknown"
    assert id not in {c.id for c in store.api.scan(sue.token).changes}
    assert store.desk("eve").do(settle(id, hidden)).word == "accepted"
    assert id not in {c.id for c in store.api.scan(sue.token).changes}
    assert case_of(store, id, "eve").settled == "set aside"
    assert verify(store.database) == []


def test_an_author_settles_her_own_case_of_a_report_she_sees_no_more(store: Store) -> None:
    hidden, ann = store.receive().report, store.desk("ann")
    id = refused(ann, hidden)
    store.api.accounts.add("eve", "Eve", [Role.HANDLER], PASSWORD, ("force", "restricted:1"))
    with store.database.write() as connection:
        feed.rescope(connection, hidden, "restricted:1", "scope")
    lines = len(store.api.journal(store.token("eve"), hidden).lines)
    outcome = ann.do(settle(id, hidden))
    assert (outcome.word, outcome.versions) == ("accepted", {})
    assert len(store.api.journal(store.token("eve"), hidden).lines) == lines
    assert id not in {c.id for c in store.api.scan(ann.token).changes}
    assert case_of(store, id, "eve").settled == "set aside"
    assert verify(store.database) == []


def told(outcome: Outcome) -> tuple[str, str, str, dict[ReportId, int]]:
    return outcome.word, outcome.code, outcome.sentence, outcome.versions
