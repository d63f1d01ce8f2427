"""Two desks take the same report, and end it: every order their steps can fall in is played."""

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest

from tests.flow.meeting import CLOSE
from tests.flow.test_leases import calm, no_packets
from tests.world import Station, World
from workstation.domain.act import Event
from workstation.domain.claiming import ClaimReport, ReleaseReport
from workstation.domain.closing import CloseReport, ReportClosed
from workstation.domain.decider import event_decoder, evolve
from workstation.domain.report import Report, ReportId
from workstation.store.verify import verify

Step = Callable[[Station, ReportId], None]


def take(station: Station, id: ReportId) -> None:
    """Press the key on what this desk shows; it may know already that somebody was first."""
    station.desk.submit(ClaimReport(report=id))


def send(station: Station, _id: ReportId) -> None:
    """What waits leaves and is settled; the answer is lost on its way."""
    station.line.lost_replies = 1
    station.exchange()
    station.line.lost_replies = 0


def hear(station: Station, _id: ReportId) -> None:
    """A whole exchange."""
    station.exchange()


def end(station: Station, id: ReportId) -> None:
    """Close it, if this desk thinks that it may."""
    station.desk.submit(CloseReport(report=id, **CLOSE))


def give_back(station: Station, id: ReportId) -> None:
    station.desk.submit(ReleaseReport(report=id))


LOSING: tuple[Step, ...] = (take, send, end, hear)
HEARING: tuple[Step, ...] = (take, hear, end, hear)
RETURNING: tuple[Step, ...] = (take, hear, give_back, hear)


def orders(first: int, second: int) -> Iterator[tuple[bool, ...]]:
    """Every order of the steps of two: True is a step of the first."""
    for places in combinations(range(first + second), first):
        yield tuple(n in places for n in range(first + second))


@pytest.mark.fault("F30")
@pytest.mark.invariant("I18", "I19")
@pytest.mark.parametrize(
    ("anns", "bobs"),
    [(LOSING, HEARING), (RETURNING, HEARING)],
    ids=["an answer is lost", "one gives it back"],
)
def test_in_every_order_of_their_steps_one_holds_it_and_one_ends_it(
    world: World, ann: Station, bob: Station, anns: tuple[Step, ...], bobs: tuple[Step, ...]
) -> None:
    no_packets(bob)
    wanted = list(orders(len(anns), len(bobs)))
    ids = calm(world, bob, len(wanted))
    for station in (ann, bob):
        no_packets(station)
        station.exchange()
    for order, id in zip(wanted, ids, strict=True):
        steps = {True: iter(anns), False: iter(bobs)}
        for is_ann in order:
            next(steps[is_ann])(ann if is_ann else bob, id)
        for station in (ann, bob, ann):
            assert station.exchange(), order
        held_one_after_the_other(world, id, order)
        settle_all(ann, bob)
    assert len(wanted) == 70
    assert verify(world.database) == []


def held_one_after_the_other(world: World, id: ReportId, order: tuple[bool, ...]) -> None:
    """At each of its versions one person at most holds it, and its fence rises at each change."""
    report: Report | None = None
    ends = 0
    for line in world.journal(id).lines:
        event: Event = event_decoder.decode(line.event)
        before, report = report, evolve(report, event)
        if before is None:
            continue
        changed = holder(before) != holder(report)
        assert report.fence > before.fence if changed else report.fence >= before.fence, order
        if isinstance(event, ReportClosed):
            ends += 1
            assert holder(before) == event.by.id, order
    assert ends <= 1, order


def holder(report: Report) -> str:
    return report.claim.by.id if report.claim is not None else ""


def settle_all(*stations: Station) -> None:
    """Who came second is told, and sees to it."""
    for station in stations:
        for one in station.desk.attention():
            assert one.case.code.startswith(("claim/", "report/")), one
            if one.mine:
                assert station.desk.settle(one.case.id, "Bob has it.") is None
