"""A store for the module, and for each test a handler's window and a colleague's desk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.journeys.relay import Relay, relay
from tests.journeys.stage import LARGE, SMALL, Seat, Store, running_store, seat, second_desk
from tests.keyrings import MemoryKeyring
from workstation.app.people import PEOPLE
from workstation.app.start import dress
from workstation.app.workstation import Visit
from workstation.desk.desk import Desk


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store in a process of its own."""
    with running_store(tmp_path_factory.mktemp("store")) as running:
        yield running


@pytest.fixture
def sit_down(
    qtbot: QtBot, qapp: QApplication, store: Store, tmp_path: Path, keyring: MemoryKeyring
) -> Iterator[Callable[..., Seat]]:
    """Makes workstations: `sit_down(account)` signs somebody in by keyboard."""
    qapp.setStyle("Fusion")
    dress(qapp, "dark")
    with ExitStack() as opened:

        def sit(account: str, address: str = "", size: tuple[int, int] = LARGE) -> Seat:
            profiles = tmp_path / f"{account} {len(list(tmp_path.iterdir()))}"
            there = opened.enter_context(seat(qtbot, store, profiles, address, size))
            there.sign_in(account, store.password)
            there.until(lambda: there.is_working and there.desk.link().online)
            there.sit()
            return there

        yield sit


@pytest.fixture
def handler(sit_down: Callable[..., Seat]) -> Seat:
    """Kelly Rowe at her window."""
    return sit_down("handler")


@pytest.fixture
def handler_at_small_screen(sit_down: Callable[..., Seat]) -> Seat:
    """Kelly Rowe at the smallest screen there is."""
    return sit_down("handler", size=SMALL)


@pytest.fixture
def colleague(store: Store, tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    """The desk of Sam Keane, a supervisor, at another workstation."""
    with second_desk(store, "supervisor", tmp_path / "colleague") as desk:
        yield desk


@pytest.fixture
def wired(store: Store, sit_down: Callable[..., Seat]) -> Iterator[tuple[Seat, Relay]]:
    """Kelly Rowe at her window, and the wire to the store that can be cut."""
    with relay(store.url) as wire:
        yield sit_down("handler", wire.url), wire


@pytest.fixture
def visitor(qtbot: QtBot, qapp: QApplication, store: Store, tmp_path: Path) -> Iterator[Seat]:
    """A demonstration's window, signed in as its handler."""
    dress(qapp, "dark")
    accounts = {person.role: person.account for person in reversed(PEOPLE)}
    visit = Visit(store.password, accounts, bytes(32))
    with seat(qtbot, store, tmp_path / "visit", visit=visit) as there:
        there.until(lambda: there.is_working and there.desk.link().online)
        there.sit()
        yield there


@pytest.fixture
def empty_seat(
    qtbot: QtBot, qapp: QApplication, store: Store, tmp_path: Path, keyring: MemoryKeyring
) -> Iterator[Seat]:
    """A workstation at its sign-in."""
    dress(qapp, "dark")
    with seat(qtbot, store, tmp_path / "empty") as there:
        yield there
