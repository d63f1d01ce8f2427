"""One event told of by several people: linked by two desks at once, no account is ever lost."""

import pytest

from tests.flow.meeting import Meeting, some_other
from tests.told import repeats
from tests.world import MORNING
from workstation.domain.entry import EntryKind
from workstation.domain.report import Channel, Facts, ReportId
from workstation.store.verify import verify


def accounts(meeting: Meeting, id: ReportId) -> list[tuple[ReportId, bool]]:
    """Who is in the cluster, on every desk alike, and who of them keeps the work."""
    clusters = {
        station: [(one.row.id, one.is_kept) for one in station.desk.cluster(id)]
        for station in (meeting.ann, meeting.bob, meeting.sue)
    }
    first, *others = clusters.values()
    assert all(one == first for one in others)
    return first


@pytest.mark.invariant("I5")
@pytest.mark.parametrize("first", ["ann", "bob"])
def test_merged_both_ways_at_once_one_stays_open_and_both_accounts_are_kept(
    meeting: Meeting, first: str
) -> None:
    other = some_other(meeting)
    meeting.bob.assess(other)
    meeting.both(meeting.bob, meeting.ann)
    for station in (meeting.ann, meeting.bob):
        station.line.is_cut = True
    meeting.ann.do(repeats(report=meeting.id, of=other, at=MORNING))
    meeting.bob.do(repeats(report=other, of=meeting.id, at=MORNING))
    for station in (meeting.ann, meeting.bob):
        station.line.is_cut = False
    order = [meeting.ann, meeting.bob] if first == "ann" else [meeting.bob, meeting.ann]
    meeting.both(*order, meeting.sue)
    states = meeting.world.states()
    assert sorted(states[id].is_open for id in (meeting.id, other)) == [False, True]
    kept = next(id for id in (meeting.id, other) if states[id].is_open)
    assert set(accounts(meeting, meeting.id)) == {(id, id == kept) for id in (meeting.id, other)}
    assert accounts(meeting, other) == accounts(meeting, meeting.id)
    told = {one.account for one in meeting.ann.desk.cluster(kept)}
    assert told == {account_of(meeting, id) for id in (meeting.id, other)}
    assert meeting.refused(order[1]) == ["MarkDuplicate"]
    assert verify(meeting.world.database) == []


def test_a_chain_of_callers_is_one_cluster(meeting: Meeting) -> None:
    first, second = [id for id in sorted(meeting.world.states()) if id != meeting.id][:2]
    meeting.sue.do(repeats(report=first, of=meeting.id, at=MORNING))
    meeting.sue.do(repeats(report=meeting.id, of=second, at=MORNING))
    meeting.both(meeting.sue, meeting.ann, meeting.bob)
    assert {id for id, _ in accounts(meeting, first)} == {first, meeting.id, second}
    assert [id for id, kept in accounts(meeting, first) if kept] == [second]


def test_a_report_alone_is_no_cluster(meeting: Meeting) -> None:
    assert meeting.ann.desk.cluster(meeting.id) == ()


def account_of(meeting: Meeting, id: ReportId) -> str:
    """The words of who reported it."""
    lines = [one.entry for one in meeting.ann.desk.entries(id)]
    return next(line.text for line in lines if line.kind is EntryKind.ACCOUNT)


def test_perhaps_the_same_event_is_said_with_what_both_share(meeting: Meeting) -> None:
    facts = Facts(title="Knife", reporter="Jo Hall", email="jo@example.com")
    first, again = (
        meeting.world.receive(Channel.ONLINE, f"{words} a knife.", facts=facts)
        for words in ("He has", "He still has")
    )
    purse = meeting.world.receive(Channel.ONLINE, "A purse.", facts=facts)
    meeting.both(meeting.ann)
    told = {row.id: shares for row, shares in meeting.ann.desk.linked_with(again)}
    assert "Perhaps the same event: reporter, situation" in told[first]
    assert told[purse] == "Same e-mail"
