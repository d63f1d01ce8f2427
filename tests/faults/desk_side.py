"""One person at one workstation in a run: opened, closed, killed, wound back, and what they did.

`did` remembers every act whose local commit returned, and `typed` every draft: what must not be
lost. What a rewind takes away with the disk is put into `taken_back`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from msgspec import Struct

from tests.faults.clocks import MachineClock
from tests.faults.disk import Disk, Files, Killed, WatchedConnection, put_back, taken
from tests.faults.store_side import StoreSide
from tests.faults.wire import Weather, Wire
from tests.world import DESK_KEY, mark_knives
from workstation.cache.outbox import turn_of
from workstation.cache.work import CannotKeep
from workstation.desk import Desk, Fittings, open_desk
from workstation.desk.exchange import Exchange
from workstation.desk.opening import NotReady
from workstation.domain.act import Command
from workstation.domain.crime import RecordCrime
from workstation.domain.intake import CreateReport
from workstation.domain.report import ReportId
from workstation.machine.ids import Ids
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.sync.marks import HeldMarks
from workstation.wire.protocol import Envelope, envelope_decoder

Result = TypeVar("Result")
NEARLY_OVER = timedelta(minutes=5)


class Copy(Struct, frozen=True):
    """What a desk of which there is a copy, or that is an old one itself, can know of the other.

    Which acts the store had settled when it last met it; and whether it has begun anew since.
    """

    settled: frozenset[str] = frozenset()
    has_begun_anew: bool = False

    def knows(self, act: str) -> bool:
        """Whether it could know that this act's number is not its own any more."""
        return self.has_begun_anew or act in self.settled


class Done(Struct, frozen=True):
    """An act that is on this desk's disk: on which base it was decided, and what it showed.

    `at`: its place in the history; `copy` is None where no profile was copied or put back.
    """

    id: str
    raw: bytes
    envelope: Envelope
    base: dict[str, tuple[int, tuple[str, ...]]]
    epoch: str
    shown: dict[str, tuple[str, str]]
    at: int
    copy: Copy | None

    @property
    def command(self) -> Command:
        """What was asked for."""
        return self.envelope.command

    @property
    def number(self) -> str:
        """The crime number that was shown, if any."""
        return self.command.number if isinstance(self.command, RecordCrime) else ""

    @property
    def spoken(self) -> str:
        """The number a caller or a victim was told: a crime's, a contact's, or the desk's own."""
        if isinstance(self.command, CreateReport):
            return self.command.incident_number or self.command.local_reference
        return self.number


class Saved(Struct, frozen=True):
    """A copy of the files with what they hold, to wind back to."""

    files: Files
    did: frozenset[str]
    typed: dict[tuple[str, str], str]
    turn: int


class DeskSide:
    """A person's desk: the real one, its files, its line and its memory."""

    def __init__(
        self,
        store: StoreSide,
        weather: Weather,
        person: str,
        workstation: str,
        root: Path,
        random: Random,
        clock: MachineClock | None = None,
    ) -> None:
        self.name = self.origin = f"{person}@{workstation}"
        self.person = person
        self.workstation = workstation
        self.clock = clock or MachineClock(store.true)
        self.wire = Wire(store, weather, self.name)
        self.credentials = HeldCredentials()
        self.marks = HeldMarks()
        self.disk = Disk()
        self.profile = root / workstation
        self.files = self.profile / "store" / person
        self.did: dict[str, Done] = {}
        self.typed: dict[tuple[str, str], str] = {}
        self.not_kept: dict[tuple[str, str], str] = {}
        self.taken_back: set[str] = set()
        self.versions: dict[tuple[str, str], int] = {}
        self.is_open = False
        self.copied_in: int | None = None  # the turn of the file that has a copy
        self._met: frozenset[str] = frozenset()
        self.was_damaged = False
        self.store = store
        self._weather = weather
        self.history = store.history
        self._random = random
        self._last_n = 0
        self._open = ExitStack()
        self.desk: Desk
        self.exchange: Exchange

    def sign_in(self) -> None:
        """A fresh token from the store."""
        self.credentials.keep(self.store.sign_in(self.person, self.workstation))

    def open(self) -> None:
        """Start the program; where it needs the store for that, as soon as all is well."""
        try:
            self._start()
        except (NotReady, Killed):
            with self._all_well():
                self.sign_in()
                self._start()

    @contextmanager
    def _all_well(self) -> Iterator[None]:
        """The line is mended and the store is up, for a while."""
        store, weather = self.store, self._weather
        before = self.wire.is_cut, weather.is_fair, store.is_up, store.fails_commits
        self.wire.is_cut, weather.is_fair, store.is_up, store.fails_commits = False, True, True, 0
        try:
            yield
        finally:
            self.wire.is_cut, weather.is_fair, store.is_up, store.fails_commits = before

    @property
    def is_sound(self) -> bool:
        """Whether the program has met no damage in its cache."""
        stock = self.desk.stock
        return stock.shelf.is_sound and stock.confirmed.is_sound

    def _start(self) -> None:
        fittings = Fittings(
            clock=self.clock,
            ids=Ids(self.clock, self._random.randbytes),
            workstation=self.workstation,
            mark=mark_knives,
            marks=self.marks,
            key_of=lambda _: DESK_KEY,
        )
        opening = open_desk(
            self.profile,
            "store",
            self.wire,
            self.credentials,
            fittings,
            key=DESK_KEY,
            threads=False,
        )
        self.desk = self._open.enter_context(opening)
        stock = self.desk.stock
        stock.work.connection = WatchedConnection(stock.work.connection, self.disk, "work")
        stock.confirmed.connection = WatchedConnection(
            stock.confirmed.connection, self.disk, "cache"
        )
        self.exchange = Exchange(self.desk)
        self.is_open = True
        self._last_n = self._newest_n()

    def close(self) -> None:
        """End the program in order."""
        self.disk.fate = ""
        self.is_open = False
        self._open.close()

    def kill(self) -> None:
        """End the program in disorder: the files are left as the last commit left them."""
        releasing = self.desk.releasing
        folders = [self.files]
        if releasing is not None:  # a colleague's file is open here, too
            folders.append(self.files.parent / releasing.person.id)
        files = [(folder, taken(folder)) for folder in folders]
        self.close()
        for folder, left in files:
            put_back(folder, left)
        self.history.tell("info", self.name, "killed")

    def lives(self, work: Callable[[], Result]) -> Result | None:
        """Do something that may end in a kill; then the program is opened again."""
        try:
            return work()
        except Killed:
            self.history.met("killed at a commit or in a call")
            self._note_kept()
            self.kill()
            self.open()
            return None
        except CannotKeep as full:
            self.history.met("a full disk stopped the exchange")
            self.history.tell("fail", self.name, "disk", said=str(full))
            return None

    def exchange_once(self) -> bool:
        """One exchange with the store, with its sign of life, as the running program gives it."""
        settled = frozenset(self.store.answers) if self.was_wound_back else self._met
        is_well = self.exchange.once(Courier(self.wire, self.credentials))
        self._met = settled if is_well else self._met
        return is_well

    def check_typed(self) -> None:
        """Every draft that was kept is there, or what was typed since (I6)."""
        for (report, field), text in self.typed.items():
            draft = self.desk.draft(ReportId(report), field)
            newest = self.not_kept.get((report, field))
            there = draft is not None and draft.text in (text, newest)
            self.history.hold("I6", there, f"{self.name} lost the draft {text!r} on {report}")

    def save(self) -> Saved:
        """A copy of the whole profile as it is now."""
        turn = turn_of(self.desk.stock.work)
        return Saved(taken(self.files), frozenset(self.did), dict(self.typed), turn)

    def wind_back(self, saved: Saved) -> None:
        """An old copy of the profile is put back: what was done since is gone with the disk."""
        self.close()
        put_back(self.files, saved.files)
        self.taken_back |= set(self.did) - saved.did
        self.typed = dict(saved.typed)
        self.versions.clear()
        self._met = frozenset()
        self.copied_in = saved.turn
        self.open()

    @property
    def was_wound_back(self) -> bool:
        """Whether its profile was ever put back or copied."""
        return self.copied_in is not None

    def has_a_copy(self) -> None:
        """From now on somebody else, or this desk in the lost time, has what it has."""
        self.copied_in = turn_of(self.desk.stock.work)

    def _copy(self) -> Copy | None:
        if self.copied_in is None:
            return None
        return Copy(self._met, turn_of(self.desk.stock.work) != self.copied_in)

    def submit(self, ask: Callable[[], Any], what: str, report: str) -> Any:
        """Ask the desk for an act, and remember what it kept."""
        self._note_kept()  # what the desk did of itself, such as setting a report aside
        self.history.tell("invoke", self.name, what, report=report)
        base = {id: self._base(id) for id in self._known(report)}
        answer = self.lives(ask)
        kept = self._note_kept(base)
        said = type(answer).__name__ if answer is not None else ""
        code = getattr(answer, "code", "")
        if code == "desk/not-saved":
            self.history.met("a full disk refused an act")
            self.history.hold("I42", not kept, f"{self.name} kept what it said was not saved")
        self.history.tell(
            "ok" if kept else "fail", self.name, what, report=report, said=code or said
        )
        return answer

    def note_what_is_kept(self) -> None:
        """Remember acts of which the program could not tell any more."""
        self._note_kept()

    def _known(self, report: str) -> tuple[str, ...]:
        return (report,) if report else ()

    def _base(self, id: str) -> tuple[int, tuple[str, ...]]:
        """The store's version this desk knows, and its own commands that lie upon it."""
        stock = self.desk.stock
        report = stock.shelf.report(ReportId(id))
        version = report.version if report is not None else 0
        kept = stock.outbox.since(stock.shelf.standing().position)
        upon = [
            one.envelope.command_id
            for one in kept
            if id in one.envelope.command.reports()
            and not (one.outcome is not None and one.outcome.word == "refused")
            and not stock.shelf.has_entry(f"{one.envelope.command_id}:0")
        ]
        return version, tuple(upon)

    def _note_kept(self, base: dict[str, tuple[int, tuple[str, ...]]] | None = None) -> list[Done]:
        query = "SELECT n, command_id, body FROM outbox WHERE n > ? ORDER BY n"
        rows = self.desk.stock.work.connection.execute(query, (self._last_n,)).fetchall()
        kept = []
        epoch = self.desk.stock.shelf.standing().epoch if rows and base else ""
        for n, id, body in rows:
            envelope = envelope_decoder.decode(bytes(body))
            shown = self._shown(envelope) if base else {}
            at, copy = len(self.history.happenings), self._copy()
            done = Done(id, bytes(body), envelope, base or {}, epoch, shown, at, copy)
            self._last_n = n
            self.did[id] = done
            kept.append(done)
            self.history.tell("info", self.name, "kept", id=id, report=envelope.command.report)
        return kept

    def _shown(self, envelope: Envelope) -> dict[str, tuple[str, str]]:
        """The lines this act adds to the log on the screen."""
        lines = self.desk.entries(envelope.command.report)
        mine = [one.entry for one in lines if one.entry.id.startswith(envelope.command_id)]
        return {entry.id: (entry.title, entry.text) for entry in mine}

    def _newest_n(self) -> int:
        row = self.desk.stock.work.connection.execute("SELECT max(n) FROM outbox").fetchone()
        return int(row[0] or 0)
