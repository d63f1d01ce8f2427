"""A whole store on either engine, a clock that stands still, and people to sign in as."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
import pytest
from argon2 import PasswordHasher
from msgspec import Raw

from workstation.domain.act import Command
from workstation.domain.packing import compose_pack, encode_pack
from workstation.domain.report import Channel, Facts, MarkedPhrase, Report, ReportId
from workstation.domain.roles import PersonId, Role
from workstation.machine.ids import Ids
from workstation.machine.resources import guide_texts, pack_text, reference_tables
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.wire.protocol import (
    CommandBatch,
    CommandId,
    Envelope,
    IntakeReport,
    OutboxId,
    Outcome,
    Receipt,
    SignIn,
    sealed,
)

PASSWORD = "correct horse"
KEY = bytes(range(32))
PEOPLE = {
    "ann": (Role.HANDLER,),
    "bob": (Role.HANDLER,),
    "sue": (Role.SUPERVISOR,),
    "dan": (Role.DISPATCHER,),
    "web": (Role.INTAKE_MACHINE,),
}
NO_FACTS = Facts()


@cache
def cambridgeshire() -> bytes:
    """The pack every store of these tests is founded with."""
    return encode_pack(
        compose_pack(pack_text("cambridgeshire"), reference_tables(), guide_texts())
    )


class StillClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    def pass_by(self, length: timedelta) -> None:
        self.time += length


def mark_knives(text: str) -> tuple[MarkedPhrase, ...]:
    """Marks the word knife, so that marking shows."""
    start = text.find("knife")
    return (MarkedPhrase(start, start + 5, "knife", "weapon"),) if start >= 0 else ()


class Store:
    """A store under test and everything around it."""

    def __init__(
        self, database: Database, clock: StillClock | None = None, *, new: bool = True
    ) -> None:
        self.database = database
        self.clock = clock or StillClock()
        self.ids = Ids(self.clock)
        if new:
            found(database, cambridgeshire(), self.ids)
        hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
        self.api = Api(database, self.clock, self.ids, mark_knives, hasher)
        for id, roles in PEOPLE.items():
            self.api.accounts.add(id, id.title(), roles, PASSWORD)

    def token(self, person: str, workstation: str = "W01") -> str:
        return self.api.sign_in(SignIn(person, PASSWORD, workstation)).token

    def receive(
        self,
        account: str = "Somebody broke my window",
        external_id: str = "",
        facts: Facts = NO_FACTS,
    ) -> Receipt:
        sent = IntakeReport(
            source="web",
            external_id=external_id or self.ids.new(),
            channel=Channel.ONLINE,
            received_at=self.clock.now(),
            account=account,
            facts=facts,
        )
        return self.api.intake(self.token("web"), sent)

    def desk(self, person: str, workstation: str = "W01") -> "DeskOf":
        return DeskOf(self, person, workstation)

    def report(self, id: str) -> Report:
        reader = self.token("sue")
        bodies = [c.body for c in self.api.changes(reader).changes if c.id == id]
        return msgspec.json.decode(bodies[0], type=Report)


class DeskOf:
    """The least of a desk: an outbox that numbers what its person sends."""

    def __init__(self, store: Store, person: str, workstation: str) -> None:
        self.store = store
        self.person = PersonId(person)
        self.workstation = workstation
        self.token = store.token(person, workstation)
        self.outbox = OutboxId(store.ids.new())
        self.seq = 0

    def at(self, store: Store) -> "DeskOf":
        """The same desk, with the same outbox, signed in at this store (a restored one)."""
        there = DeskOf(store, self.person, self.workstation)
        there.outbox, there.seq = self.outbox, self.seq
        return there

    def seal(self, command: Command, seen: dict[ReportId, int] | None = None) -> bytes:
        self.seq += 1
        return sealed(
            Envelope(
                command_id=CommandId(self.store.ids.new()),
                outbox_id=self.outbox,
                seq=self.seq,
                author=self.person,
                workstation=self.workstation,
                made_at=self.store.clock.now(),
                pack=self.store.api.hello().pack,
                command=command,  # type: ignore[arg-type]
                seen=seen or {},
            )
        )

    def send(self, *envelopes: bytes) -> list[bytes]:
        batch = CommandBatch(self.outbox, tuple(Raw(raw) for raw in envelopes))
        return [bytes(raw) for raw in self.store.api.commands(self.token, batch).outcomes]

    def do(self, command: Command, seen: dict[ReportId, int] | None = None) -> Outcome:
        return msgspec.json.decode(self.send(self.seal(command, seen))[0], type=Outcome)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database of either engine."""
    if request.param == "sqlite":
        opened = Database.sqlite(tmp_path / "store.db", KEY)
    else:
        opened = Database.postgres(request.getfixturevalue("postgres_database"))
    yield opened
    opened.close()


@pytest.fixture
def store(database: Database) -> Store:
    """A founded store with people."""
    return Store(database)
