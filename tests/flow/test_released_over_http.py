"""The same over a socket, by the desk's own threads: what stays behind is told, and released."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.faults.proxy import Proxy
from tests.flow.test_sign_in_ends import told_of
from tests.world import DESK_KEY, PASSWORD, World
from workstation.desk import Desk, Fittings, open_desk
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.domain.story import AddNote
from workstation.machine.ids import Ids
from workstation.store.problems import ApiProblem
from workstation.store.serving import Background, Service
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link, LiveLink
from workstation.wire.protocol import CommandBatch, CommandReply, SignIn

PC, ANN = "W07", PersonId("ann")


@pytest.fixture
def wire(world: World) -> Iterator[Proxy]:
    """A wire that can be cut, to a real store."""
    with ExitStack() as until_end:
        service = Service(world.api, world.database, world.clock)
        proxy = Proxy(until_end.enter_context(Background(service)).url)
        until_end.callback(proxy.close)
        yield proxy


def sits_down(
    world: World, wire: Proxy, folder: Path, person: str
) -> AbstractContextManager[Desk]:
    """A person's desk at that PC, with its threads."""
    session = world.api.sign_in(SignIn(person, PASSWORD, PC))
    fittings = Fittings(
        clock=world.clock, ids=Ids(world.clock), workstation=PC, key_of=lambda _: DESK_KEY
    )
    live = LiveLink(wire.url, lambda: session.token)
    credentials = HeldCredentials(session)
    return open_desk(
        folder / "profiles",
        "store",
        Link(wire.url),
        credentials,
        fittings,
        key=DESK_KEY,
        live=live,
    )


def writes(desk: Desk, id: ReportId, count: int) -> None:
    """So many notes."""
    for n in range(count):
        assert desk.submit(AddNote(report=id, text=f"Note {n}")) is None


@pytest.mark.fault("F6")
@pytest.mark.invariant("I3", "I37")
def test_a_release_goes_on_over_the_wire_and_is_told_when_it_is_over(
    world: World, wire: Proxy, tmp_path: Path, qtbot: QtBot
) -> None:
    id = world.a_day()[0]
    with sits_down(world, wire, tmp_path, "ann") as ann:
        qtbot.waitUntil(lambda: ann.report(id) is not None, timeout=20_000)
        wire.cut()
        writes(ann, id, 60)
    wire.heal()
    with sits_down(world, wire, tmp_path, "sue") as sue:
        qtbot.waitUntil(lambda: sue.link().online, timeout=20_000)
        assert sue.left_here()[0].count == 60
        assert sue.release(ANN, "Ann is ill.") is None
        qtbot.waitUntil(lambda: _is_over(sue), timeout=30_000)
        told = sue.released(ANN)
        assert told is not None
        assert (told.accepted, told.left) == (60, 0)
        qtbot.waitUntil(lambda: _notes(sue, id) == 60, timeout=20_000)
    assert told_of(world, id) == [f"Note {n}" for n in range(60)]
    with sits_down(world, wire, tmp_path, "ann") as ann:
        qtbot.waitUntil(lambda: ann.link().online, timeout=20_000)
        assert ann.link().waiting == 0
    assert len(told_of(world, id)) == 60


@pytest.mark.fault("F52")
def test_a_desk_closed_in_the_middle_of_a_release_lets_the_file_go(
    world: World, wire: Proxy, tmp_path: Path, qtbot: QtBot
) -> None:
    id = world.a_day()[0]
    with sits_down(world, wire, tmp_path, "ann") as ann:
        qtbot.waitUntil(lambda: ann.report(id) is not None, timeout=20_000)
        wire.cut()
        writes(ann, id, 60)
    wire.heal()
    with sits_down(world, wire, tmp_path, "sue") as sue:
        qtbot.waitUntil(lambda: sue.link().online, timeout=20_000)
        wire.next("POST /v1/commands/release", hold=True)
        assert sue.release(ANN, "Ann is ill.") is None
        qtbot.waitUntil(
            lambda: any(b"/release" in one.request for one in wire.seen), timeout=20_000
        )
    wire.heal()
    with sits_down(world, wire, tmp_path, "ann") as ann:
        qtbot.waitUntil(lambda: ann.link().waiting == 0, timeout=30_000)
    assert sorted(told_of(world, id)) == sorted(f"Note {n}" for n in range(60))


def test_the_store_is_told_last_what_stays_behind(
    world: World, wire: Proxy, tmp_path: Path, qtbot: QtBot
) -> None:
    id = world.a_day()[0]
    commands = world.api.commands

    def refusing(token: str, batch: CommandBatch) -> CommandReply:
        if batch.commands:
            raise ApiProblem(422, "idempotency-mismatch", "Settled with other content.")
        return commands(token, batch)

    with sits_down(world, wire, tmp_path, "ann") as ann:
        qtbot.waitUntil(lambda: ann.report(id) is not None, timeout=20_000)
        world.api.commands = refusing  # type: ignore[method-assign]
        writes(ann, id, 1)
        qtbot.waitUntil(lambda: "disagree" in ann.link().problem, timeout=20_000)
        assert ann.link().online
    (waiting,) = world.api.waiting(world.sign_in_again("sue", "W03").token)
    assert (waiting.name, waiting.workstation, waiting.count) == ("Ann Lee", PC, 1)


def _is_over(desk: Desk) -> bool:
    told = desk.released(ANN)
    return told is not None and told.is_over


def _notes(desk: Desk, id: ReportId) -> int:
    return sum(one.entry.text.startswith("Note") for one in desk.entries(id))
