"""A sign-in that ends, is lost on its way or is withdrawn: nobody's work is lost by it."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.faults.proxy import Proxy
from tests.flow.test_left_behind import sit_down
from tests.flow.test_over_http import _desk
from tests.told import told_yes
from tests.world import MORNING, PASSWORD, Station, World
from workstation.app.person import Attempt, Entry, SigningIn
from workstation.desk import Desk
from workstation.domain.closing import CloseReport
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.domain.story import AddNote
from workstation.store import schema
from workstation.store.serving import Background, Service
from workstation.store.verify import verify
from workstation.sync.credentials import HeldCredentials, KeyringCredentials
from workstation.wire.protocol import CommandBatch, CommandReply, SignIn

MANY = 500


def works_offline(ann: Station, id: ReportId, count: int) -> None:
    """So many notes that do not leave."""
    ann.line.is_cut = True
    with ann.desk.stock.work.transaction():
        for n in range(count):
            ann.do(AddNote(report=id, text=f"Note number {n} about Mr Halloran"))
    ann.line.is_cut = False


def told_of(world: World, id: ReportId) -> list[str]:
    """The notes on record, in their order."""
    token = world.sign_in_again("sue", "reading").token
    events = [msgspec.json.decode(line.event) for line in world.api.journal(token, id).lines]
    return [event["text"] for event in events if event["type"] == "NoteAdded"]


@pytest.mark.fault("F28")
@pytest.mark.invariant("I1", "I3", "I4", "I37")
@pytest.mark.parametrize("is_another_between", [False, True])
def test_five_hundred_unsent_acts_outlive_the_sign_in_and_leave_after_the_next(
    world: World, ann: Station, is_another_between: bool
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    works_offline(ann, id, MANY)
    world.clock.pass_by(hours=13)
    told: list[str] = []
    ann.desk.signed_out.connect(told.append)
    assert not ann.exchange()
    assert len(told) == 1
    assert "work is kept" in told[0]
    assert ann.desk.link().waiting == MANY
    files = ann.files
    ann.close()
    sealed = b"".join(path.read_bytes() for path in files.iterdir() if path.is_file())
    assert b"Halloran" not in sealed
    if is_another_between:
        bob = sit_down(ann, world, "bob")
        assert bob.exchange()
        assert bob.desk.link().waiting == 0
        bob.do(AddNote(report=id, text="Bob's own"))
        assert bob.exchange()
        bob.close()
    ann.credentials = HeldCredentials(world.sign_in_again("ann", "W01"))
    ann.reopen()
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    mine = [text for text in told_of(world, id) if "Halloran" in text]
    assert mine == [f"Note number {n} about Mr Halloran" for n in range(MANY)]
    assert verify(world.database) == []


@pytest.fixture
def wire(world: World) -> Iterator[Proxy]:
    """A harmful wire to a real store."""
    with ExitStack() as until_end:
        running = until_end.enter_context(
            Background(Service(world.api, world.database, world.clock))
        )
        proxy = Proxy(running.url)
        until_end.callback(proxy.close)
        yield proxy


def attempt(url: str, told: list[object]) -> Attempt:
    """A sign-in begins, as the sign-in screen begins it; what comes of it is told."""
    made = SigningIn(url, SignIn("ann", PASSWORD, "W-ann"))
    for signal in (made.done, made.failed):
        signal.connect(told.append, Qt.ConnectionType.DirectConnection)
    made.begin()
    return made


@pytest.mark.fault("F29")
@pytest.mark.invariant("I1")
def test_a_sign_in_whose_reply_is_lost_is_told_and_done_again_with_the_work_kept(
    world: World, wire: Proxy, tmp_path: Path, qtbot: QtBot
) -> None:
    id = world.a_day()[0]
    with _desk(world, wire.url, tmp_path, "ann") as desk:
        qtbot.waitUntil(lambda: desk.report(id) is not None)
        wire.cut()
        for n in range(20):
            assert desk.submit(AddNote(report=id, text=f"Note {n}")) is None
    wire.heal()
    wire.next("POST /v1/sign-in", answer_cut=0)
    told: list[object] = []
    assert attempt(wire.url, told).wait(20)
    assert isinstance(told[0], str)
    assert "cannot be reached" in told[0]
    assert attempt(wire.url, told).wait(20)
    entry = told[1]
    assert isinstance(entry, Entry)
    with _desk(world, wire.url, tmp_path, "ann", HeldCredentials(entry.session)) as desk:
        qtbot.waitUntil(lambda: desk.link().waiting == 0, timeout=20_000)
    assert told_of(world, id) == [f"Note {n}" for n in range(20)]


@pytest.mark.fault("F29")
@pytest.mark.invariant("I1", "I3")
def test_of_two_sign_ins_at_once_either_holds_and_each_act_is_sent_once(
    world: World, wire: Proxy, tmp_path: Path, qtbot: QtBot, keyring: object
) -> None:
    id = world.a_day()[0]
    told: list[object] = []
    both = [attempt(wire.url, told) for _ in range(2)]
    assert all(one.wait(20) for one in both)
    entries = [one for one in told if isinstance(one, Entry)]
    assert len(entries) == 2
    for n, entry in enumerate(entries):
        kept = KeyringCredentials(wire.url, "ann")
        kept.keep(entry.session)
        first = HeldCredentials(entries[0].session)
        for credentials in (KeyringCredentials(wire.url, "ann"), first):
            with _desk(world, wire.url, tmp_path, "ann", credentials) as desk:  # type: ignore[arg-type]
                act(desk, qtbot, id, f"Sign-in {n} of {type(credentials).__name__}")
    told_now = told_of(world, id)
    assert len(told_now) == len(set(told_now)) == 4
    assert verify(world.database) == []


def act(desk: Desk, qtbot: QtBot, id: ReportId, text: str) -> None:
    """A note, until the store has it."""
    qtbot.waitUntil(lambda: desk.report(id) is not None, timeout=20_000)
    assert desk.submit(AddNote(report=id, text=text)) is None
    qtbot.waitUntil(lambda: desk.link().waiting == 0, timeout=20_000)


def withdrawn_after_the_first_batch(world: World, roles: tuple[Role, ...]) -> None:
    """Her account changes while her commands are on their way."""
    commands = world.api.commands
    calls: list[int] = []

    def changing(token: str, batch: CommandBatch) -> CommandReply:
        reply = commands(token, batch)
        if batch.commands and not calls:
            calls.append(1)
            world.api.accounts.add("ann", "Ann Lee", roles, PASSWORD)
        return reply

    world.api.commands = changing  # type: ignore[method-assign]


@pytest.mark.fault("F27")
@pytest.mark.invariant("I5", "I7")
def test_a_role_taken_away_mid_batch_holds_what_it_may_not_do_and_loses_nothing(
    world: World, ann: Station
) -> None:
    other, id = world.a_day()[:2]
    sue = world.station("sue", "W03")
    ann.exchange()
    ann.assess(id)
    ann.exchange()
    works_offline(ann, other, 40)
    ann.line.is_cut = True
    ann.do(
        CloseReport(
            report=id,
            reason="Every word of the reason",
            caller_told="Yes.",
            told=told_yes(MORNING),
        )
    )
    ann.line.is_cut = False
    world.clock.pass_by(minutes=10)
    withdrawn_after_the_first_batch(world, (Role.DISPATCHER,))
    assert not ann.exchange()
    assert ann.desk.link().waiting == 16
    sit_down(ann, world, "ann")
    assert ann.exchange()
    assert ann.desk.link().waiting == 0
    assert len(told_of(world, other)) == 40
    (held,) = ann.desk.attention()
    assert held.case.code == "held/author"
    assert "Every word of the reason" in held.text
    sue.exchange()
    assert "Every word of the reason" in sue.desk.attention()[0].text
    assert world.states()[id].closing is None


@pytest.mark.fault("F27")
@pytest.mark.invariant("I5", "I7")
def test_an_account_removed_offline_leaves_work_that_a_supervisor_gets_in_as_held(
    world: World, ann: Station
) -> None:
    id = world.a_day()[0]
    ann.exchange()
    works_offline(ann, id, 3)
    with world.database.write() as connection:
        connection.execute(schema.account.delete().where(schema.account.c.id == "ann"))
    assert not ann.exchange()
    assert ann.desk.link().waiting == 3
    sue = sit_down(ann, world, "sue")
    assert sue.exchange()
    (left,) = sue.desk.left_here()
    assert sue.desk.release(left.person, "Ann has left the force.") is None
    assert sue.exchange()
    held = sue.desk.attention()
    assert [one.case.code for one in held] == ["held/author"] * 3
    assert all("Halloran" in one.text for one in held)
    assert told_of(world, id) == []
    assert verify(world.database) == []
