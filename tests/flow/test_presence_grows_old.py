"""What is known of others is fresh for half a minute after it was heard, and no longer."""

from collections.abc import Iterator

import msgspec
import pytest

from tests.world import Station, World
from workstation.desk.threads import UNCHANGED, LinkThread, LiveThread
from workstation.domain.report import Channel, ReportId
from workstation.sync.courier import Courier
from workstation.sync.live import COMMENT, Heard
from workstation.wire.protocol import Presence


class Said:
    """A live line that says this, and no more."""

    def __init__(self, *events: Heard) -> None:
        self._events = events

    def listen(self) -> Iterator[Heard]:
        """What it says."""
        yield from self._events

    def hang_up(self) -> None:
        """Nothing to end."""


@pytest.fixture
def looked_at(world: World, ann: Station, bob: Station) -> ReportId:
    """A report at which Bob looks, as Ann has just heard."""
    id = world.receive(Channel.ONLINE, "A bench is broken.")
    bob.exchange()
    bob.desk.view(id)
    bob.exchange()
    ann.exchange()
    return id


def look_every_second(world: World, ann: Station, seconds: int) -> None:
    """Time goes by on Ann's screen."""
    for _ in range(seconds):
        world.clock.pass_by(seconds=1)
        ann.desk.tick()


@pytest.mark.fault("F6")
def test_on_a_line_that_swallows_everything_nobody_looks_for_longer_than_half_a_minute(
    world: World, ann: Station, looked_at: ReportId
) -> None:
    told: list[frozenset[ReportId]] = []
    ann.desk.presence_changed.connect(told.append)
    ann.line.is_cut = True
    look_every_second(world, ann, 30)
    assert not ann.desk.presence(looked_at)[0].stale
    look_every_second(world, ann, 1)
    assert ann.desk.link().online
    assert ann.desk.presence(looked_at)[0].stale
    ann.exchange()
    assert not ann.desk.link().online
    look_every_second(world, ann, 29)
    assert ann.desk.presence(looked_at)[0].stale
    look_every_second(world, ann, 1)
    assert ann.desk.presence(looked_at) == ()
    assert told == [frozenset({looked_at})] * 2


def test_who_is_not_told_of_on_a_line_that_speaks_is_still_there(
    world: World, ann: Station, looked_at: ReportId
) -> None:
    look_every_second(world, ann, 31)
    told: list[frozenset[ReportId]] = []
    ann.desk.presence_changed.connect(told.append)
    ann.desk.met(UNCHANGED)
    assert not ann.desk.presence(looked_at)[0].stale
    look_every_second(world, ann, 30)
    assert not ann.desk.presence(looked_at)[0].stale
    assert told == [frozenset({looked_at})]


def test_whatever_the_live_line_says_tells_that_nobody_left(ann: Station) -> None:
    nobody = Presence(())
    told: list[Presence] = []
    link = LinkThread(Courier(ann.line, ann.credentials), ann.desk.stock.confirmed, ann.desk.clock)
    link.crossing.present.connect(told.append)
    presence = Heard("presence", msgspec.json.encode(nobody))
    listener = LiveThread(Said(Heard(COMMENT), presence, Heard(COMMENT), Heard("head")), link)
    link.crossing.present.connect(lambda _: listener._ended.set())
    listener.run()
    assert told == [nobody, UNCHANGED, UNCHANGED]
    assert not listener.hears
    link._fill.shutdown()
