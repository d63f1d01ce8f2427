"""A world for each test, and two desks in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assessing import low_risk
from tests.flow.meeting import Meeting
from tests.world import Station, World, a_world


@pytest.fixture
def world(tmp_path: Path, qapp: object) -> Iterator[World]:
    """A store with its people."""
    with a_world(tmp_path) as made:
        yield made


@pytest.fixture
def ann(world: World) -> Station:
    """The first handler's workstation."""
    return world.station("ann", "W01")


@pytest.fixture
def bob(world: World) -> Station:
    """The second handler's workstation."""
    return world.station("bob", "W02")


@pytest.fixture
def meeting(world: World, ann: Station, bob: Station) -> Meeting:
    """Everybody has seen that Ann holds the report and has assessed it."""
    sue = world.station("sue", "W03")
    first, id, *others = world.a_day()
    ann.exchange()
    sue.exchange()
    ann.assess(id)
    for other in (first, *others):  # each account has a THRIVE of its own
        sue.do(low_risk(sue.desk, other))
    met = Meeting(world, ann, bob, sue, id)
    met.both(ann, bob, sue)
    return met
