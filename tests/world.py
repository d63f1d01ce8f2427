"""A small world: a real store, real desks, and lines between them that fail when told to.

`Line` carries bytes to the store's `Api` in this process, `tests/flow/test_over_http` by a socket.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from argon2 import PasswordHasher

from tests.assessing import low_risk
from tests.day import DAY
from workstation.desk import Desk, Fittings, QueueFilter, open_desk, queue
from workstation.desk.exchange import Exchange
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.packing import compose_pack, encode_pack
from workstation.domain.report import (
    Channel,
    Facts,
    Location,
    MarkedPhrase,
    Report,
    ReportId,
)
from workstation.domain.roles import Role
from workstation.machine.ids import Ids
from workstation.machine.resources import guide_texts, pack_text, reference_tables
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.store.problems import ApiProblem
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.sync.marks import HeldMarks, Marks
from workstation.sync.transport import LinkDown, ServerRefused, SignedOut, Transport
from workstation.wire.protocol import (
    Bucket,
    Changes,
    Colleague,
    CommandBatch,
    CommandReply,
    Digest,
    Heartbeat,
    Hello,
    IntakeReport,
    Journal,
    LeaseBlock,
    LeasedBlock,
    Presence,
    ReleasedBatch,
    Scan,
    SignedIn,
    SignIn,
    StillHeld,
    WaitingWork,
)
from workstation.wire.searching import Found, Search

FORCE, PASSWORD = "cambridgeshire", "correct horse"
STORE_KEY = bytes(range(32))
DESK_KEY = bytes(range(32, 64))
PEOPLE = {
    "ann": (Role.HANDLER,),
    "bob": (Role.HANDLER,),
    "sue": (Role.SUPERVISOR,),
    "dan": (Role.DISPATCHER,),
    "ivy": (Role.IMU_REVIEWER,),
    "web": (Role.INTAKE_MACHINE,),
}
Result = TypeVar("Result")


MORNING = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


class HandClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.time = MORNING

    def now(self) -> datetime:
        """The time."""
        return self.time

    def monotonic(self) -> float:
        """The same, in seconds."""
        return self.time.timestamp()

    def pass_by(self, **length: float) -> None:
        """Let time go by."""
        self.time += timedelta(**length)


@cache
def cambridgeshire() -> bytes:
    """The pack of the world's force, as it travels."""
    return encode_pack(compose_pack(pack_text(FORCE), reference_tables(), guide_texts()))


def listed(desk: Desk, wanted: QueueFilter) -> list[ReportId]:
    """The ids of a list in its order, all of them."""
    return desk.stock.shelf.ids(*queue.condition(wanted, desk.person.id), queue.order(wanted))


def mark_knives(text: str) -> tuple[MarkedPhrase, ...]:
    """Marks the word knife, so that marking shows."""
    start = text.find("knife")
    return (MarkedPhrase(start, start + 5, "knife", "weapon"),) if start >= 0 else ()


class Line(Transport):
    """The transport to a store in this process, in bytes; `is_cut` and the rest break it."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.is_cut = False
        self.lost_replies = 0
        self.sent = 0
        self.buckets: list[int] = []
        self.unreadable = b""
        self.complaint: Exception = ServerRefused(400, "malformed", "This cannot be read.")
        self.breaks_after_sending = False

    def hang_up(self) -> None:
        """Nothing here ever waits."""

    def hello(self) -> Hello:
        """Which store this is."""
        return self._call(Hello, self._api.hello)

    def sign_in(self, ask: SignIn) -> SignedIn:
        """A token for a person."""
        return self._call(SignedIn, self._api.sign_in, _over(ask))

    def sign_out(self, token: str) -> None:
        """End a token."""
        self._carried(self._api.sign_out, token)

    def commands(self, token: str, batch: CommandBatch) -> CommandReply:
        """Send commands; this is the reply that gets lost."""
        if self.unreadable and any(self.unreadable in bytes(raw) for raw in batch.commands):
            raise self.complaint
        self.sent += len(batch.commands)
        reply = self._call(CommandReply, self._api.commands, token, _over(batch))
        if not batch.commands:
            return reply
        if self.lost_replies:
            self.lost_replies -= 1
            raise LinkDown("The reply was lost.")
        if self.breaks_after_sending:
            self.is_cut, self.breaks_after_sending = True, False
        return reply

    def release(self, token: str, batch: ReleasedBatch) -> CommandReply:
        """Send a colleague's commands."""
        self.sent += len(batch.commands)
        return self._call(CommandReply, self._api.release, token, _over(batch))

    def waiting(self, token: str) -> tuple[WaitingWork, ...]:
        """What waits where."""
        return self._call(tuple[WaitingWork, ...], self._api.waiting, token)

    def changes(self, token: str, cursor: str) -> Changes:
        """A page of newest states."""
        return self._call(Changes, self._api.changes, token, cursor)

    def scan(self, token: str, after: str) -> Scan:
        """A page of the first fill."""
        return self._call(Scan, self._api.scan, token, after)

    def digest(self, token: str, cursor: str) -> Digest:
        """What the store holds, in sums."""
        return self._call(Digest, self._api.digest, token, cursor)

    def bucket(self, token: str, number: int, after: str) -> Bucket:
        """The states of one bucket."""
        self.buckets.append(number)
        return self._call(Bucket, self._api.bucket, token, number, after)

    def lease_block(self, token: str, ask: LeaseBlock) -> LeasedBlock:
        """Numbers for this desk."""
        return self._call(LeasedBlock, self._api.lease_block, token, _over(ask))

    def pack(self, token: str, name: str) -> bytes:
        """A force pack."""
        return self._carried(self._api.pack, token, name)

    def journal(self, token: str, report: ReportId) -> Journal:
        """The story of a report."""
        return self._call(Journal, self._api.journal, token, report)

    def search(self, token: str, search: Search) -> Found:
        """Records by what they are found by."""
        return self._call(Found, self._api.search, token, _over(search))

    def heartbeat(self, token: str, beat: Heartbeat) -> StillHeld:
        """The desk is alive."""
        return self._call(StillHeld, self._api.heartbeat, token, _over(beat))

    def presence(self, token: str) -> Presence:
        """Who looks at which report."""
        return self._call(Presence, self._api.presence, token)

    def colleagues(self, token: str) -> tuple[Colleague, ...]:
        """Who work can be given to."""
        return self._call(tuple[Colleague, ...], self._api.colleagues, token)

    def _call(self, kind: type[Result], call: Callable[..., Any], *asked: Any) -> Result:
        return msgspec.json.decode(msgspec.json.encode(self._carried(call, *asked)), type=kind)

    def _carried(self, call: Callable[..., Result], *asked: Any) -> Result:
        if self.is_cut:
            raise LinkDown("The store cannot be reached (the wire is cut).")
        try:
            return call(*asked)
        except ApiProblem as wrong:
            problem, expected = wrong.problem, wrong.more.get("expected")
            if problem.status == 401:
                raise SignedOut(problem.detail) from wrong
            if problem.status >= 500:
                raise LinkDown(problem.detail) from wrong
            number = expected if isinstance(expected, int) else None
            raise ServerRefused(
                problem.status, problem.type, problem.detail, number, problem.field
            ) from wrong


class Station:
    """One person's workstation: it can be opened, closed, cut off and opened again."""

    def __init__(
        self, world: "World", person: str, name: str, clock: "HandClock | None" = None
    ) -> None:
        self.line = Line(world.api)
        self.credentials = HeldCredentials()
        self.marks: Marks | None = HeldMarks()
        self.reserve_bytes = 0
        self.profile = world.folder / name
        self._world = world
        self._name = name
        self._clock = clock or world.clock
        self._open = ExitStack()
        self.ask = SignIn(person, PASSWORD, name)
        self.credentials.keep(self.line.sign_in(self.ask))
        self.desk = self._opened()

    @property
    def files(self) -> Path:
        """Where this person's files are."""
        return self.desk.stock.profile.folder

    def exchange(self) -> bool:
        """One whole exchange with the store, here and now."""
        return Exchange(self.desk).once(Courier(self.line, self.credentials))

    def restart(self) -> Desk:
        """Close the program and open it again, whatever the line does."""
        self.close()
        self.desk = self._opened()
        return self.desk

    def close(self) -> None:
        """Close the program."""
        self._open.close()

    def reopen(self) -> Desk:
        """Open the program after `close`."""
        self.desk = self._opened()
        return self.desk

    def do(self, command: Command) -> None:
        """Submit something that must not be refused here."""
        refusal = self.desk.submit(command)
        assert refusal is None, refusal

    def assess(self, report: ReportId) -> None:
        """Claim the report if need be and record that the risk is low."""
        self.do(ClaimReport(report=report))
        self.do(low_risk(self.desk, report))

    def go_on(self, report: ReportId) -> None:
        """Be on the phone, where what only one person may do would wait for the store."""
        shown = self.desk.report(report)
        if shown is not None and shown.held_back:
            self.do(WorkOnThePhone(report=report))

    def _opened(self) -> Desk:
        fittings = Fittings(
            clock=self._clock,
            ids=Ids(self._clock),
            workstation=self._name,
            mark=mark_knives,
            marks=self.marks,
            reserve_bytes=self.reserve_bytes,
            key_of=lambda _: DESK_KEY,
        )
        opening = open_desk(
            self.profile,
            "store",
            self.line,
            self.credentials,
            fittings,
            key=DESK_KEY,
            threads=False,
        )
        return self._open.enter_context(opening)


class World:
    """A store with its people and a day's reports."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = HandClock()
        self.database = Database.sqlite(folder / "store.db", STORE_KEY)
        found(self.database, cambridgeshire(), ids := Ids(self.clock))
        hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
        self.api = Api(self.database, self.clock, ids, mark_knives, hasher)
        for id, roles in PEOPLE.items():
            self.api.accounts.add(id, f"{id.title()} Lee", roles, PASSWORD)
        self._machine = self.api.sign_in(SignIn("web", PASSWORD, "web")).token
        self._reader = self.api.sign_in(SignIn("sue", PASSWORD, "reading")).token
        self._received = 0
        self._stations: list[Station] = []

    def station(self, person: str, name: str, clock: HandClock | None = None) -> Station:
        """A workstation with this person signed in."""
        station = Station(self, person, name, clock)
        self._stations.append(station)
        return station

    def sign_in_again(self, person: str, name: str) -> SignedIn:
        """A fresh token, where the one before has ended."""
        return self.api.sign_in(SignIn(person, PASSWORD, name))

    def receive(self, channel: Channel, account: str, town: str = "", **more: Any) -> ReportId:
        """A contact from the public."""
        self._received += 1
        self.clock.pass_by(milliseconds=1)
        sent = IntakeReport(
            source="web",
            external_id=str(self._received),
            channel=channel,
            received_at=self.clock.now(),
            account=account,
            facts=more.pop("facts", Facts(title=account[:30])),
            location=Location(text=town),
            **more,
        )
        return self.api.intake(self._machine, sent).report

    def a_day(self) -> list[ReportId]:
        """A day's reports, one on each channel."""
        return [self.receive(channel, account, town) for channel, account, town in DAY]

    def states(self) -> dict[ReportId, Report]:
        """Every report as the store holds it."""
        cursor, found = "", {}
        reader = self.sign_in_again("sue", "reading").token
        while True:
            page = self.api.changes(reader, cursor)
            for change in page.changes:
                if change.kind == "report":
                    found[ReportId(change.id)] = msgspec.json.decode(change.body, type=Report)
            if not page.more:
                return found
            cursor = page.cursor

    def journal(self, report: ReportId) -> Journal:
        """The story of a report as the store tells it."""
        return self.api.journal(self._reader, report)

    def close(self) -> None:
        """Close every desk and the store."""
        for station in self._stations:
            station.close()
        self.database.close()


@contextmanager
def a_world(folder: Path) -> Iterator[World]:
    """A world that is closed at the end."""
    world = World(folder)
    try:
        yield world
    finally:
        world.close()


def _over(sent: Result) -> Result:
    """What the other end makes of the bytes."""
    return msgspec.json.decode(msgspec.json.encode(sent), type=type(sent))
