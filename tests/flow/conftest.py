"""A world for each test, and two desks in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
