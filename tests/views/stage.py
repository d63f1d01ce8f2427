"""A night's work on a real store: who is signed in where, and its reports by short names.

Time stands at NOW. A view is tested as a real widget over the real desk of one of these seats.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.reading.reading import suggester_for
from tests.world import DESK_KEY, PASSWORD, Station, World, a_world
from workstation.desk import Desk, Fittings, open_desk
from workstation.domain.act import Command
from workstation.domain.places import PlaceIndex
from workstation.domain.report import Channel, Facts, Location, Report, ReportId
from workstation.domain.roles import Role
from workstation.machine.ids import Ids
from workstation.machine.resources import lexicon_texts, reference_tables, strip_texts
from workstation.reading.lexicon import read_lexicon
from workstation.reading.mentions import mention_reader
from workstation.reading.phrases import phrase_marker
from workstation.store.api import Api
from workstation.store.timekeeper import Timekeeper
from workstation.wire.protocol import IntakeReport, SignIn

NOW = datetime(2026, 11, 22, 2, 47, 28, tzinfo=UTC)
KELLY, MO, DEE, SAM = "kelly", "mo", "dee", "sam"
PEOPLE = {
    KELLY: ("Kelly Rowe", Role.HANDLER),
    MO: ("Mo Ahmed", Role.HANDLER),
    DEE: ("Dee Dunn", Role.DISPATCHER),
    SAM: ("Sam Shaw", Role.SUPERVISOR),
}
FORCE = "cambridgeshire"
LEXICON = """
[concepts.stalking]
says = "knows where I park"
[concepts.threat]
says = "said I will regret it"
[concepts.child]
says = "my daughter's school"
[[marks]]
name = "Stalking"
concepts = ["stalking"]
[[marks]]
name = "Threat"
concepts = ["threat"]
[[marks]]
name = "Child"
concepts = ["child"]
"""
mark = phrase_marker(read_lexicon({**lexicon_texts("grammar.toml"), "stage.toml": LEXICON}))


strip_reader = mention_reader(read_lexicon(strip_texts()))


@cache
def known_places() -> PlaceIndex:
    """The places of the force."""
    return PlaceIndex.from_csv(reference_tables()["places"], FORCE)


class Seat(Station):
    """A workstation that marks the phrases above and knows the force's places."""

    def _opened(self) -> Desk:
        fittings = Fittings(
            clock=self._clock,
            ids=Ids(self._clock),
            workstation=self._name,
            mark=mark,
            find_mentions=strip_reader,
            find_places=known_places().find,
            suggester=suggester_for,
            key_of=lambda _: DESK_KEY,
        )
        opening = open_desk(
            self.profile, "store", self.line, self.credentials, fittings,
            key=DESK_KEY, threads=False,
        )  # fmt: skip
        return self._open.enter_context(opening)


class Night:
    """The store, its people's seats, and `night["r1"]`, the id of a report that came in."""

    def __init__(self, world: World) -> None:
        self.world, self.clock = world, world.clock
        self.clock.time = NOW - timedelta(hours=1)
        hasher = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
        world.api = Api(world.database, self.clock, Ids(self.clock), mark, hasher)
        for id, (name, role) in PEOPLE.items():
            world.api.accounts.add(id, name, (role,), PASSWORD)
        self._machine = world.api.sign_in(SignIn("web", PASSWORD, "web")).token
        self._reports: dict[str, ReportId] = {}
        self._seats: dict[str, Seat] = {}

    def __getitem__(self, name: str) -> ReportId:
        return self._reports[name]

    @property
    def desk(self) -> Desk:
        """Kelly's desk."""
        return self.seat().desk

    def seat(self, person: str = KELLY) -> Seat:
        """Where a person is signed in; the first time, with all there is fetched."""
        if person not in self._seats:
            self.unfilled_seat(person).exchange()
        return self._seats[person]

    def unfilled_seat(self, person: str) -> Seat:
        """Where a person has just signed in for the first time, with nothing fetched yet."""
        self._seats[person] = Seat(self.world, person, f"W-{person}")
        return self._seats[person]

    def until(self, minutes: float = 0) -> None:
        """Let time go on until so long before NOW."""
        self.clock.time = NOW - timedelta(minutes=minutes)

    def receive(
        self,
        name: str,
        account: str,
        facts: Facts,
        location: Location,
        channel: Channel = Channel.ONLINE,
    ) -> ReportId:
        """A contact of the public, now."""
        sent = IntakeReport(
            source="web",
            external_id=name,
            channel=channel,
            received_at=self.clock.now(),
            account=account,
            facts=facts,
            location=location,
        )
        self._reports[name] = self.world.api.intake(self._machine, sent).report
        return self._reports[name]

    def meanwhile(self, person: str, *commands: Command) -> None:
        """What a colleague does at another workstation, until Kelly's desk has it."""
        there = self.seat(person)
        there.exchange()
        for command in commands:
            there.do(command)
        there.exchange()
        self.seat().exchange()

    def fall_silent(self) -> None:
        """No desk is heard for two minutes; then Kelly's fetches what the store did of it."""
        self.clock.pass_by(minutes=2)
        Timekeeper(self.world.database, self.world.api.ledger, self.clock).detach_silent()
        self.seat().exchange()

    def close(self) -> None:
        """Close every seat, after the widgets that stood on it."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for seat in self._seats.values():
            seat.close()


@contextmanager
def a_night(folder: Path) -> Iterator[Night]:
    """A night that is closed at the end."""
    with a_world(folder) as world:
        night = Night(world)
        try:
            yield night
        finally:
            night.close()


def effective(desk: Desk, id: ReportId) -> Report:
    """A report as this desk shows it."""
    shown = desk.report(id)
    assert shown is not None, f"{id} is not on this desk."
    return shown.report


def undone(desk: Desk, id: ReportId) -> tuple[str, ...]:
    """What was done here with a report and has not reached the store, in order."""
    shown = desk.report(id)
    return shown.pending if shown is not None else ()
