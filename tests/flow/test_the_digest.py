"""A desk proves that it holds what the store holds, and repairs only what differs."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from tests.told import told_yes
from tests.world import MORNING, Station, World, listed
from workstation.desk import QueueFilter
from workstation.desk.proof import AGAIN_S
from workstation.desk.threads import Job, LinkThread, look
from workstation.domain.closing import CloseReport
from workstation.domain.report import Channel, ReportId
from workstation.domain.story import AddNote
from workstation.sync.courier import Courier
from workstation.sync.transport import ServerRefused
from workstation.wire.digest import bucket_of
from workstation.wire.protocol import Digest

Harm = Callable[[Station, ReportId], None]
Answer = TypeVar("Answer")


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
    ann.do(
        CloseReport(
            report=other, reason="Advice given.", caller_told="Yes.", told=told_yes(MORNING)
        )
    )
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


@pytest.fixture
def link(ann: Station) -> Iterator[LinkThread]:
    """Ann's link, not started: its steps are taken one by one."""
    courier = Courier(ann.line, ann.credentials)
    link = LinkThread(courier, ann.desk.stock.confirmed, ann.desk.clock)
    yield link
    link._fill.shutdown()


def proves(link: LinkThread) -> None:
    """One look at the store, and the steps of the proof that follow it, if any does."""
    link._do(Job(look))
    while link._proof._is_under_way:
        link._do(link._jobs.get(timeout=30) or Job(look))


def news_before(world: World, asked: Callable[..., Answer], times: int) -> Callable[..., Answer]:
    """Something new arrives just before each of the first calls."""
    left = iter(range(times))

    def asked_late(*what: object) -> Answer:
        if next(left, None) is not None:
            world.receive(Channel.ONLINE, "A bench is broken.")
        return asked(*what)

    return asked_late


@pytest.mark.invariant("I12")
@pytest.mark.parametrize("question", ["digest", "bucket"])
def test_what_differs_is_repaired_within_seconds_though_news_comes_between(
    world: World,
    ann: Station,
    link: LinkThread,
    monkeypatch: pytest.MonkeyPatch,
    question: str,
) -> None:
    id = world.a_day()[0]
    assert ann.exchange()
    proved_at = ann.desk.stock.confirmed.proved_at
    assert proved_at == world.clock.now()
    wrong_body(ann, id)
    asked = news_before(world, getattr(ann.line, question), 2)
    monkeypatch.setattr(ann.line, question, asked)
    world.clock.pass_by(minutes=10)
    for _ in range(2):
        proves(link)
        assert ann.desk.stock.confirmed.proved_at == proved_at
        world.clock.pass_by(seconds=AGAIN_S + 1)
    proves(link)
    assert ann.desk.stock.confirmed.repaired == 1
    assert ann.desk.stock.confirmed.proved_at == world.clock.now()


def test_a_proof_that_news_came_between_is_not_tried_again_at_once(
    world: World, ann: Station, link: LinkThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.a_day()
    assert ann.exchange()
    world.clock.pass_by(minutes=10)
    asked: list[object] = []
    moved = news_before(world, ann.line.digest, 9)

    def counted(token: str, cursor: str) -> Digest:
        asked.append(cursor)
        return moved(token, cursor)

    monkeypatch.setattr(ann.line, "digest", counted)
    for _ in range(4):
        proves(link)
        world.clock.pass_by(seconds=AGAIN_S / 4.5)
    assert len(asked) == 1
    world.clock.pass_by(seconds=1)
    proves(link)
    assert len(asked) == 2


def test_a_store_of_an_earlier_release_is_asked_for_its_sums_every_ten_minutes(
    world: World, ann: Station, link: LinkThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.a_day()
    assert ann.exchange()
    world.clock.pass_by(minutes=10)
    asked: list[object] = []

    def unknown(*what: object) -> None:
        asked.append(what)
        raise ServerRefused(404, "not-found", "There is nothing here.")

    monkeypatch.setattr(ann.line, "digest", unknown)
    for _ in range(2):
        proves(link)
        world.clock.pass_by(minutes=9)
    assert len(asked) == 1
    proves(link)
    world.clock.pass_by(minutes=1)
    proves(link)
    assert len(asked) == 2
