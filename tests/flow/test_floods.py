"""A live line that says too much: a million pokes are two looks a second, and news still come."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.world import DESK_KEY, Line, World
from workstation.desk import Fittings, open_desk
from workstation.desk.threads import APART_S
from workstation.machine.ids import Ids
from workstation.sync.credentials import HeldCredentials
from workstation.sync.live import Heard
from workstation.wire.protocol import Changes, SignIn

MILLION = 1_000_000
OWN_JOBS = 10  # at its opening a desk leases, asks and beats, and looks after each


class Flood:
    """A live line that pokes a million times and then says nothing."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self._ended = threading.Event()

    def listen(self) -> Iterator[Heard]:
        """Pokes."""
        for _ in range(0 if self.over.is_set() else MILLION):
            yield Heard("head", b"7")
        self.over.set()
        self._ended.wait()

    def hang_up(self) -> None:
        """End it."""
        self._ended.set()


class Counted(Line):
    """Counts how often the desk looks."""

    looks = 0

    def changes(self, token: str, cursor: str) -> Changes:
        """A page of newest states."""
        self.looks += 1
        return super().changes(token, cursor)


@pytest.mark.fault("F13")
@pytest.mark.invariant("I38")
def test_a_million_pokes_are_two_looks_a_second_and_the_last_is_heard(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    line, flood = Counted(world.api), Flood()
    kept = HeldCredentials(line.sign_in(SignIn("ann", "correct horse", "W01")))
    fittings = Fittings(clock=world.clock, ids=Ids(world.clock), workstation="W01")
    began = time.monotonic()
    with open_desk(
        tmp_path / "profiles", "store", line, kept, fittings, key=DESK_KEY, live=flood
    ) as desk:
        qtbot.waitUntil(flood.over.is_set, timeout=60_000)
        assert line.looks <= (time.monotonic() - began) / APART_S + OWN_JOBS
        id = world.a_day()[0]
        desk.wants_news.emit()
        qtbot.waitUntil(lambda: desk.report(id) is not None)
