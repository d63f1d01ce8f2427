"""What a raw client may not do: swell an entry or a header, or claim a marked risk away."""

import msgspec
import pytest
from msgspec.structs import replace

from tests.store.conftest import DeskOf, Store
from workstation.domain.act import Command
from workstation.domain.claiming import AskSupervisor, ClaimReport
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, EarlierContacts, Facts, MarkedPhrase, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote
from workstation.store.packs import Packs
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import IntakeReport

NOTHING = MarkedPhrase(0, 1, "x" * 50_000, "y" * 50_000)


def taken(desk: DeskOf, account: str, marked: tuple[MarkedPhrase, ...] = ()) -> ReportId:
    """A call the desk took, as its raw client tells it."""
    id = ReportId(desk.store.ids.new())
    call = CreateReport(report=id, channel=Channel.CALL_101, account=account, marked=marked)
    assert desk.do(call).word == "accepted"
    return id


def nothing_found(store: Store, report: ReportId) -> Command:
    """*No risk found*, as a raw client states it."""
    with store.database.read() as connection:
        levels = lowest_levels(Packs().in_force(connection))
    return AssessRisk(report=report, levels=levels, earlier=EarlierContacts(), no_risk_found=True)


def test_the_store_marks_what_a_desk_left_unmarked(store: Store) -> None:
    ann = store.desk("ann")
    report = taken(ann, "He has a knife")
    assert [mark.words for mark in store.report(report).marked] == ["knife"]
    assert ann.do(nothing_found(store, report)).code == "thrive/marked"
    assert verify(store.database) == []


def test_marks_a_desk_made_up_are_not_kept(store: Store) -> None:
    report = taken(store.desk("ann"), "My bicycle is gone", (NOTHING,) * 10)
    assert store.report(report).marked == ()


def test_a_repeat_on_record_is_not_claimed_away(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(replace(nothing_found(store, report), no_risk_found=False, earlier=EarlierContacts(2)))
    assert ann.do(nothing_found(store, report)).code == "thrive/repeat"


def test_an_entry_longer_than_its_limit_is_refused_and_kept_as_a_case(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    outcome = ann.do(AskSupervisor(report=report, question="x" * 100_001))
    assert (outcome.code, outcome.field) == ("text/too-long", "question")
    assert [c.kind for c in store.api.changes(ann.token).changes if c.kind == "case"] == ["case"]


def test_a_header_filled_with_what_takes_most_room_stays_small(store: Store) -> None:
    line = "\x01" * 500
    sent = IntakeReport(
        source="web",
        external_id="1",
        channel=Channel.ONLINE,
        received_at=store.clock.now(),
        account="\x01" * 100_000,
        facts=Facts(*[line] * len(Facts.__struct_fields__)),
        form="\x01" * 200,
    )
    report = store.api.intake(store.token("web"), sent).report
    ann = store.desk("ann")
    ann.do(ClaimReport(report=report))
    for n in range(20):
        ann.do(AddNote(report=report, text="\x01" * 500 + str(n), hazard=True))
    assert len(msgspec.json.encode(store.report(report))) <= 32 * 1024
    assert verify(store.database) == []


def test_an_intake_field_over_its_limit_stores_nothing(store: Store) -> None:
    position = store.api.head()
    sent = IntakeReport(
        source="web",
        external_id="1",
        channel=Channel.ONLINE,
        received_at=store.clock.now(),
        account="Words",
        form="x" * 201,
    )
    with pytest.raises(ApiProblem) as problem:
        store.api.intake(store.token("web"), sent)
    assert (problem.value.problem.status, problem.value.problem.field) == (422, "form")
    assert store.api.head() == position
