"""A desk proves that it holds what the store holds, and repairs only what differs."""

from collections.abc import Callable

import pytest

from tests.told import TOLD
from tests.world import Station, World, listed
from workstation.desk import QueueFilter
from workstation.domain.closing import CloseReport
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.wire.digest import bucket_of

Harm = Callable[[Station, ReportId], None]


def sql(station: Station, text: str, *values: object) -> None:
    """Behind the desk's back."""
    station.desk.stock.confirmed.connection.execute(text, values)


def wrong_body(ann: Station, id: ReportId) -> None:
    """A valid row that says something else."""
    sql(ann, "UPDATE report SET body = replace(body, 'bike', 'boat') WHERE id = ?", id)


def wrong_version(ann: Station, id: ReportId) -> None:
    """A valid row that says it is older."""
    sql(ann, "UPDATE report SET version = version + 5 WHERE id = ?", id)


def missing(ann: Station, id: ReportId) -> None:
    """The row is not there."""
    sql(ann, "DELETE FROM report WHERE id = ?", id)


def extra_line(ann: Station, id: ReportId) -> None:
    """A line that the store never told."""
    sql(ann, "INSERT INTO entry SELECT 'x', report, 1, body, 1 FROM entry WHERE report = ?", id)


@pytest.mark.parametrize("harm", [wrong_body, wrong_version, missing, extra_line])
def test_what_differs_is_repaired_and_nothing_else_is_touched(
    world: World, ann: Station, harm: Harm
) -> None:
    id, *others = world.a_day()
    assert ann.exchange()
    assert ann.line.buckets == []
    before = {one: ann.desk.report(one) for one in (id, *others)}
    lines = ann.desk.entries(id)
    harm(ann, id)
    world.clock.pass_by(minutes=9)
    assert ann.exchange()
    assert ann.line.buckets == []
    world.clock.pass_by(minutes=1)
    assert ann.exchange()
    assert ann.line.buckets == [bucket_of("x" if harm is extra_line else id)]
    assert {one: ann.desk.report(one) for one in (id, *others)} == before
    assert ann.desk.entries(id) == lines
    assert ann.desk.stock.confirmed.repaired == 1
    assert len(listed(ann.desk, QueueFilter(view="all"))) == len(before)


def test_a_whole_cache_agrees_after_every_kind_of_thing(
    world: World, ann: Station, bob: Station
) -> None:
    id, other = world.a_day()[:2]
    for station in (ann, bob):
        assert station.exchange()
    ann.assess(other)
    assert ann.exchange()
    bob.do(AddNote(report=other, text="Now."))
    assert bob.exchange()
    ann.do(CloseReport(report=other, reason="Advice given.", caller_told="Yes.", told=TOLD))
    ann.do(AddNote(report=id, text="“ünïcödé” 👮"))
    assert ann.exchange()
    (refused,) = ann.desk.attention()
    world.clock.pass_by(minutes=11)
    for station in (ann, bob):
        assert station.exchange()
        assert station.line.buckets == []
        assert station.desk.stock.confirmed.proved_at == world.clock.now()
    assert refused.mine


def test_it_is_proved_after_every_fill(world: World, ann: Station) -> None:
    world.a_day()
    assert ann.exchange()
    assert ann.desk.stock.confirmed.proved_at == world.clock.now()
    world.clock.pass_by(seconds=30)
    ann.restart()
    assert ann.exchange()
    assert ann.desk.stock.confirmed.proved_at == world.clock.now()
