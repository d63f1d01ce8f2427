"""A morning's work as pictures need it: a real store in this process, five people, known reports.

Time stands where the story leaves it, so that a picture is the same each time it is made.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from tests.faults.disk import Disk, WatchedConnection
from tests.reading.reading import suggester_for
from tests.world import DESK_KEY, PASSWORD, STORE_KEY, HandClock, Line, cambridgeshire
from workstation.cache.keys import open_keys
from workstation.cache.reserve import Reserve
from workstation.demand.reports import DemoReport, account_of, channel_of, read_reports
from workstation.desk import Desk, Fittings, open_desk
from workstation.desk.exchange import Exchange
from workstation.desk.stock import Marker
from workstation.domain.act import Command
from workstation.domain.places import PlaceIndex
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.domain.roles import Role
from workstation.machine.ids import Ids
from workstation.machine.resources import lexicon_texts, reference_tables, resource, strip_texts
from workstation.machine.sealed import open_connection
from workstation.reading.lexicon import read_lexicon
from workstation.reading.mentions import Mentions, mention_reader
from workstation.reading.phrases import MARKING_FILES, phrase_marker
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.store.timekeeper import Timekeeper
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.wire.protocol import IntakeReport, SignIn

NOW = datetime(2026, 11, 22, 2, 47, 28, tzinfo=UTC)
MORE_THAN_ANY = 2**62
PEOPLE = {
    "kelly": ("Kelly Rowe", Role.HANDLER),
    "mo": ("Mo Ahmed", Role.HANDLER),
    "alex": ("Alexandra Featherstonehaugh", Role.HANDLER),
    "jo": ("Jo Oakley", Role.DISPATCHER),
    "sam": ("Sam Keane", Role.SUPERVISOR),
    "priya": ("Priya Nair", Role.IMU_REVIEWER),
    "web": ("Public intake", Role.INTAKE_MACHINE),
}


@cache
def lexicon_marker() -> Marker:
    """What marks phrases of risk, as the product's own."""
    return phrase_marker(read_lexicon(lexicon_texts(*MARKING_FILES)))


@cache
def strip_reader() -> Mentions:
    """What reads for the strip, as the product's own."""
    return mention_reader(read_lexicon(strip_texts()))


@cache
def known_places() -> PlaceIndex:
    """The places of the force."""
    return PlaceIndex.from_csv(reference_tables()["places"], "cambridgeshire")


@cache
def demo_reports() -> dict[str, DemoReport]:
    """The demonstration reports of the force, by their own ids."""
    text = resource("demo", "reports.jsonl").read_text(encoding="utf-8")
    return {one.report_id: one for one in read_reports(text.splitlines(), "cambridgeshire")}


class Seat:
    """A person at a workstation: the desk, and the line that can be cut."""

    def __init__(self, desk: Desk, line: Line, credentials: HeldCredentials) -> None:
        self.desk = desk
        self.line = line
        self._courier = Courier(line, credentials)

    def exchange(self) -> None:
        """Send and fetch everything there is."""
        Exchange(self.desk).once(self._courier)

    def beat(self) -> None:
        """Say that this desk is alive."""
        self._courier.beat(Exchange(self.desk).beat())

    @contextmanager
    def file_is_held(self) -> Iterator[None]:
        """Meanwhile another program, such as a scanner for viruses, holds this PC's file."""
        folder = self.desk.stock.profile.folder
        key = open_keys(folder, DESK_KEY).work
        with closing(open_connection(folder / "work.db", key, synchronous="FULL")) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
            other.execute("ROLLBACK")

    @contextmanager
    def disk_is_full(self) -> Iterator[None]:
        """Meanwhile there is no room for anything, the reserve spent."""
        stock, disk = self.desk.stock, Disk()
        before, reserve = stock.work.connection, stock.reserve
        stock.work.connection = WatchedConnection(before, disk, "work")
        stock.reserve = Reserve(stock.profile.folder, MORE_THAN_ANY)
        disk.will("full")
        yield
        stock.work.connection, stock.reserve = before, reserve

    def hear_of_others(self) -> None:
        """Ask who looks at what, and who has unsent words."""
        self.desk.met(self._courier.presence())

    def do(self, *commands: Command) -> None:
        """Do these, none of which may be refused, and send them."""
        for command in commands:
            refusal = self.desk.submit(command)
            assert refusal is None, refusal
        self.exchange()


class Hub:
    """The store, who is signed in where, and how a contact comes in."""

    def __init__(self, folder: Path) -> None:
        self.clock = HandClock()
        self.clock.time = NOW - timedelta(minutes=40)
        self.database = Database.sqlite(folder / "store.db", STORE_KEY)
        ids = Ids(self.clock)
        found(self.database, cambridgeshire(), ids)
        hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
        self.api = Api(self.database, self.clock, ids, lexicon_marker(), hasher)
        for id, (name, role) in PEOPLE.items():
            self.api.accounts.add(id, name, [role], PASSWORD)
        self._machine = self.api.sign_in(SignIn("web", PASSWORD, "web")).token
        self._folder = folder
        self._received = 0

    @contextmanager
    def seat(self, person: str, workstation: str) -> Iterator[Seat]:
        """A person at a workstation, without threads."""
        line, credentials = Line(self.api), HeldCredentials()
        credentials.keep(line.sign_in(SignIn(person, PASSWORD, workstation)))
        fittings = Fittings(
            clock=self.clock,
            ids=Ids(self.clock),
            workstation=workstation,
            mark=lexicon_marker(),
            find_mentions=strip_reader(),
            find_places=known_places().find,
            suggester=suggester_for,
        )
        with open_desk(
            self._folder / workstation, "store", line, credentials, fittings,
            key=DESK_KEY, threads=False,
        ) as desk:  # fmt: skip
            seat = Seat(desk, line, credentials)
            seat.exchange()
            yield seat

    def receive(
        self,
        channel: Channel,
        account: str,
        ago: timedelta,
        facts: Facts,
        location: Location,
        happening_now: bool = False,
    ) -> ReportId:
        """A contact that came in so long before NOW."""
        self._received += 1
        sent = IntakeReport(
            source="web",
            external_id=str(self._received),
            channel=channel,
            received_at=NOW - ago,
            account=account,
            facts=facts,
            location=location,
            receipt_code=f"CAM-{self._received:04}-K7Q2",
            happening_now=happening_now,
        )
        return self.api.intake(self._machine, sent).report

    def demo(self, id: str, ago: timedelta, title: str = "") -> ReportId:
        """One of the demonstration reports, by its own id."""
        one = demo_reports()[id]
        who, where = one.reporter, one.location
        facts = Facts(
            title=title,
            reporter=who.name or "",
            reporter_role=(who.role or "").replace("_", " "),
            phone=who.phone or "",
            email=who.email or "",
            occurred=one.occurred.text or "",
        )
        place = Location(
            text=where.text or "", town=where.town or "", postcode=where.postcode or ""
        )
        return self.receive(channel_of(one), account_of(one), ago, facts, place)

    def until(self, minutes: float = 0) -> None:
        """Let time go on until so long before NOW."""
        self.clock.time = NOW - timedelta(minutes=minutes)

    def detach_silent(self) -> None:
        """What the store does by itself about desks that fell silent."""
        Timekeeper(self.database, self.api.ledger, self.clock).detach_silent()

    def close(self) -> None:
        """Close the store."""
        self.database.close()


@contextmanager
def a_hub(folder: Path) -> Iterator[Hub]:
    """A hub that is closed at the end."""
    hub = Hub(folder)
    try:
        yield hub
    finally:
        hub.close()
