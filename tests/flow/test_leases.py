"""Leases between real desks: fences foretold, packets set aside, and who is told of whom."""

from typing import Any

import pytest

from tests.told import told_yes
from tests.world import MORNING, Station, World
from workstation.domain.act import Event
from workstation.domain.claiming import ClaimReport, ReassignReport, ReleaseReport
from workstation.domain.closing import CloseReport
from workstation.domain.decider import event_decoder
from workstation.domain.grading import GradeReport
from workstation.domain.packets import PacketReserved
from workstation.domain.report import Channel, Report, ReportId
from workstation.domain.story import AddNote
from workstation.store.timekeeper import Timekeeper
from workstation.store.verify import verify

CLOSE: dict[str, Any] = {"reason": "advice given", "caller_told": "yes", "told": told_yes(MORNING)}


def calm(world: World, station: Station, count: int = 1) -> list[ReportId]:
    """Reports that were looked at, graded and given back."""
    made = [
        world.receive(Channel.ONLINE, f"The bench {n} in the park is broken.")
        for n in range(count)
    ]
    station.exchange()
    for id in made:
        station.assess(id)
        station.do(GradeReport(report=id, code="R", reason="as told"))
        station.do(ReleaseReport(report=id))
    station.exchange()
    return made


def state(world: World, id: ReportId) -> Report:
    return world.states()[id]


def events(world: World, ids: list[ReportId]) -> list[Event]:
    return [event_decoder.decode(line.event) for id in ids for line in world.journal(id).lines]


def packet_of(station: Station) -> list[ReportId]:
    return [
        id
        for id in station.desk.stock.shelf.ids("holder = ?", [station.desk.person.id])
        if (shown := station.desk.report(id)) and shown.report.lease == "packet"
    ]


def no_packets(*stations: Station) -> None:
    """These desks set nothing aside."""
    for station in stations:
        station.desk._packets._credit = 0


def test_a_pending_claim_foretells_the_fence_of_what_follows(world: World, ann: Station) -> None:
    no_packets(ann)
    [id] = calm(world, ann)
    ann.line.is_cut = True
    ann.do(ClaimReport(report=id))
    ann.do(CloseReport(report=id, **CLOSE))
    ann.line.is_cut = False
    ann.exchange()
    assert state(world, id).closing is not None
    assert ann.desk.attention() == ()


@pytest.mark.fault("F31")
@pytest.mark.invariant("I5", "I19")
def test_a_report_moved_and_moved_back_refuses_the_close_made_offline(
    world: World, ann: Station
) -> None:
    no_packets(ann)
    sue = world.station("sue", "W09")
    [id] = calm(world, ann)
    ann.do(ClaimReport(report=id))
    ann.exchange()
    ann.line.is_cut = True
    ann.do(AddNote(report=id, text="He rang again"))
    ann.do(CloseReport(report=id, **CLOSE))
    sue.exchange()
    for name in ("bob", "ann"):
        colleague = next(one for one in sue.desk.colleagues() if one.id == name)
        author = type(state(world, id).claim.by)(colleague.id, colleague.name)  # type: ignore[union-attr]
        sue.do(ReassignReport(report=id, to=author, reason="Ann is offline"))
    sue.exchange()
    ann.line.is_cut = False
    ann.exchange()
    [case] = ann.desk.attention()
    assert case.case.code == "claim/changed"
    assert "Bob Lee held this report meanwhile" in case.case.sentence
    assert state(world, id).closing is None
    assert "He rang again" in [one.entry.text for one in ann.desk.entries(id)]
    assert verify(world.database) == []


def test_a_desk_sets_calm_reports_aside_and_begins_one_offline_without_a_race(
    world: World, ann: Station, bob: Station
) -> None:
    no_packets(bob)
    ids = calm(world, bob, 5)
    for _ in range(2):
        ann.exchange()
    bob.exchange()
    aside = packet_of(ann)
    assert (len(aside), set(aside) <= set(ids)) == (3, True)
    [row] = bob.desk.rows(aside[:1])
    assert (row.holder, row.reserved_until is not None) == ("Ann Lee", True)
    ann.line.is_cut = True
    refusal = bob.desk.submit(ClaimReport(report=aside[0]))
    assert refusal is not None
    assert refusal.sentence.startswith("Reserved for Ann Lee until 11:00.")
    ann.exchange()
    ann.do(ClaimReport(report=aside[0]))
    ann.do(CloseReport(report=aside[0], **CLOSE))
    world.clock.pass_by(minutes=5)
    ann.line.is_cut = False
    for _ in range(3):
        ann.exchange()
    assert state(world, aside[0]).closing is not None
    assert ann.desk.attention() == ()
    for id in aside[1:]:  # given back on her return; one was taken, so one may be set aside anew
        assert "ReportReleased" in [type(e).__name__ for e in events(world, [id])][6:]
    assert len(packet_of(ann)) <= 1
    assert verify(world.database) == []


def test_no_more_is_set_aside_than_was_taken(world: World, ann: Station, bob: Station) -> None:
    ids = calm(world, bob, 9)
    taken = 0
    for _ in range(4):
        world.clock.pass_by(minutes=2)
        for _ in range(3):
            ann.exchange()
        for id in packet_of(ann)[:1]:
            ann.do(ClaimReport(report=id))
            taken += 1
    for _ in range(20):
        world.clock.pass_by(minutes=10)
        Timekeeper(world.database, world.api.ledger, world.clock).end_packets()
        ann.exchange()
    reserved = [e for e in events(world, ids) if isinstance(e, PacketReserved)]
    mine = [one for one in reserved if one.by.id == "ann"]
    assert taken == 4
    assert len(mine) <= taken + 3
    assert packet_of(ann) == []


@pytest.mark.fault("F30")
@pytest.mark.invariant("I18")
def test_two_desks_never_set_the_same_report_aside(
    world: World, ann: Station, bob: Station
) -> None:
    sue = world.station("sue", "W09")
    calm(world, sue, 4)
    for _ in range(4):
        world.clock.pass_by(minutes=2)
        ann.exchange()
        bob.exchange()
    assert set(packet_of(ann)).isdisjoint(packet_of(bob))
    assert ann.desk.attention() == bob.desk.attention() == ()


def test_colleagues_hear_who_looks_and_an_offline_desk_forgets_in_time(
    world: World, ann: Station, bob: Station
) -> None:
    id = world.receive(Channel.ONLINE, "A bench is broken.")
    heard: list[frozenset[ReportId]] = []
    ann.desk.presence_changed.connect(heard.append)
    bob.exchange()
    bob.desk.view(id)
    bob.exchange()
    ann.exchange()
    [seen] = ann.desk.presence(id)
    assert (seen.name, seen.viewing, seen.stale, seen.offline) == ("Bob Lee", True, False, False)
    assert heard == [frozenset({id})]
    assert bob.desk.presence(id) == ()
    ann.line.is_cut = True  # a line that swallows everything: it is called up until it fails
    world.clock.pass_by(seconds=29)
    ann.desk.tick()
    assert not ann.desk.presence(id)[0].stale
    world.clock.pass_by(seconds=2)
    ann.desk.tick()
    assert ann.desk.presence(id)[0].stale
    ann.exchange()
    assert ann.desk.presence(id)[0].stale
    world.clock.pass_by(seconds=30)
    ann.desk.tick()
    assert ann.desk.presence(id) == ()
    assert len(heard) == 3  # once each that he came, is stale and is gone
    ann.line.is_cut = False
    bob.desk.view(None)
    bob.exchange()
    ann.exchange()
    assert ann.desk.presence(id) == ()
