"""The same over a real socket, with the desk's own threads."""

import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.flow.test_sure_claims import TwoClocks
from tests.world import DESK_KEY, PASSWORD, HandClock, World
from workstation.desk import Desk, Fittings, open_desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.machine.ids import Ids
from workstation.store.serving import Background, Service
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link, LiveLink
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut
from workstation.wire.protocol import Changes, CommandBatch, OutboxId, SignIn


@pytest.fixture
def address(world: World) -> Iterator[str]:
    """A store that answers at an address."""
    service = Service(world.api, world.database, world.clock)
    with Background(service) as running:
        yield running.url


@pytest.fixture
def desks(world: World, address: str, tmp_path: Path) -> Iterator[list[Desk]]:
    """Two desks with their threads."""
    with ExitStack() as stack:
        yield [stack.enter_context(_desk(world, address, tmp_path, p)) for p in ("ann", "bob")]


def test_a_grade_travels_over_the_network_within_seconds(
    world: World, desks: list[Desk], qtbot: QtBot
) -> None:
    id = world.a_day()[2]
    ann, bob = desks
    for desk in desks:
        qtbot.waitUntil(lambda desk=desk: desk.report(id) is not None)  # type: ignore[misc]
    assert ann.submit(EscalateEmergency(report=id, why="A knife, now.")) is None
    qtbot.waitUntil(lambda: _is_graded(bob, id))
    qtbot.waitUntil(lambda: ann.report(id).stage == "confirmed")  # type: ignore[union-attr]
    assert ann.link().online
    assert ann.undelivered() == ()
    assert {one.id for one in ann.colleagues()} >= {"ann", "bob", "sue"}
    qtbot.waitUntil(lambda: ann.link().blocks_left == 10)


@pytest.mark.invariant("I8", "I37")
def test_a_desk_opens_and_works_without_the_store(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    id = world.a_day()[0]
    service = Service(world.api, world.database, world.clock)
    port = service.port
    with (
        Background(service) as running,
        _desk(world, running.url, tmp_path, "ann") as desk,
    ):
        qtbot.waitUntil(lambda: desk.report(id) is not None)
        session = desk.link()
        assert session.problem == ""
        kept = HeldCredentials(Link(running.url).sign_in(SignIn("ann", PASSWORD, "W-ann")))
    with _desk(world, f"http://127.0.0.1:{port}", tmp_path, "ann", kept) as desk:
        assert desk.submit(ClaimReport(report=id)) is None
        qtbot.waitUntil(lambda: "cannot be reached" in desk.link().problem)
        assert not desk.link().online
        assert desk.link().waiting == 1
        again = Service(world.api, world.database, world.clock, port=port)
        with Background(again):
            assert desk.submit(AddNote(report=id, text="Back.")) is None
            qtbot.waitUntil(lambda: desk.link().waiting == 0)
        assert world.states()[id].claim is not None


def test_a_desk_that_does_nothing_says_soon_that_the_store_is_gone(
    world: World, tmp_path: Path, qtbot: QtBot
) -> None:
    with ExitStack() as until_gone:
        service = Service(world.api, world.database, world.clock)
        running = until_gone.enter_context(Background(service))
        with _desk(world, running.url, tmp_path, "ann") as desk:
            qtbot.waitUntil(lambda: desk.link().online)
            until_gone.close()
            qtbot.waitUntil(lambda: not desk.link().online, timeout=10_000)


@pytest.mark.fault("F17")
@pytest.mark.invariant("I19", "I37")
@pytest.mark.parametrize("slept", [timedelta(hours=8), timedelta(hours=-8)], ids=["on", "back"])
def test_a_pc_that_slept_doubts_its_claims_asks_at_once_and_has_one_conversation_still(
    world: World, address: str, tmp_path: Path, qtbot: QtBot, slept: timedelta
) -> None:
    id, clock = world.a_day()[0], TwoClocks(world)
    with _desk(world, address, tmp_path, "ann", clock=clock) as desk:
        qtbot.waitUntil(lambda: desk.report(id) is not None)
        assert desk.submit(ClaimReport(report=id)) is None
        desk.save_draft(id, "close.reason", "Half a sent")
        qtbot.waitUntil(lambda: _is_sure(desk, id))
        assert _conversation() == ["link", "live"]
        assert desk.submit(AddNote(report=id, text="Before the lid was closed")) is None
        clock.jump(wall=slept)
        assert not _is_sure(desk, id)
        clock.jump(counted=timedelta(seconds=1))
        desk.tick()
        qtbot.waitUntil(lambda: _is_sure(desk, id), timeout=10_000)
        qtbot.waitUntil(lambda: desk.link().waiting == 0)
        assert _conversation() == ["link", "live"]
        draft = desk.draft(id, "close.reason")
        assert draft is not None
        assert draft.text == "Half a sent"
    lines = world.journal(id).lines
    assert any(b"Before the lid was closed" in bytes(line.event) for line in lines)


def test_the_three_ways_to_fail_are_told_apart(world: World, address: str) -> None:
    link = Link(address)
    with pytest.raises(SignedOut):
        link.changes("no such token", "")
    with pytest.raises(SignedOut):
        link.sign_in(SignIn("ann", "wrong password", "W01"))
    token = link.sign_in(SignIn("ann", PASSWORD, "W01")).token
    with pytest.raises(ServerRefused) as refused:
        link.changes(token, "not a cursor")
    assert refused.value.code == "cursor-malformed"
    with pytest.raises(LinkDown, match="cannot be reached"):
        Link("http://127.0.0.1:9").hello()
    assert isinstance(link.changes(token, ""), Changes)
    assert link.commands(token, CommandBatch(OutboxId("o"), ())).outcomes == ()
    link.sign_out(token)
    with pytest.raises(SignedOut):
        link.changes(token, "")
    link.close()


@pytest.mark.fault("F11")
def test_a_redirect_is_never_followed(qapp: object) -> None:
    with _answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n") as address:
        with pytest.raises(ServerRefused) as refused:
            Link(address).hello()
        assert refused.value.status == 302


@pytest.mark.fault("F10")
def test_an_answer_that_is_no_answer_is_a_line_that_is_down(qapp: object) -> None:
    page = b"<html>Please sign in to the guest network</html>"
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(page)
    with _answering(head + page) as address, pytest.raises(LinkDown, match="could not be read"):
        Link(address).hello()


class _answering:  # noqa: N801 - used like a function
    """A server of one canned answer."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        caller, _ = self._socket.accept()
        with caller:
            caller.recv(65536)
            caller.sendall(self._answer)


def _desk(
    world: World,
    address: str,
    folder: Path,
    person: str,
    credentials: HeldCredentials | None = None,
    clock: HandClock | None = None,
) -> AbstractContextManager[Desk]:
    if credentials is None:
        session = Link(address).sign_in(SignIn(person, PASSWORD, f"W-{person}"))
        credentials = HeldCredentials(session)
    clock = clock or world.clock
    fittings = Fittings(clock=clock, ids=Ids(clock), workstation=f"W-{person}")
    kept = credentials.session()
    assert kept is not None
    return open_desk(
        folder / "profiles",
        "store",
        Link(address),
        credentials,
        fittings,
        key=DESK_KEY,
        live=LiveLink(address, lambda: kept.token),
    )


def _conversation() -> list[str]:
    """The threads of this process by which desks speak to the store."""
    return sorted(t.name for t in threading.enumerate() if t.name in ("link", "live"))


def _is_sure(desk: Desk, id: ReportId) -> bool:
    """Whether the store has the claim, and the desk knows that it is good."""
    shown = desk.report(id)
    return shown is not None and shown.stage == "confirmed" and not shown.doubt


def _is_graded(desk: Desk, id: ReportId) -> bool:
    shown = desk.report(id)
    return shown is not None and shown.report.is_emergency
