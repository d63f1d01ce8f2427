"""Two scripted shifts that are killed: a handler's at her desk, and the store's own.

The handler's is one thread with the store in the same process, so that each run makes the same
calls. Each act is recorded when it was acknowledged: the person saw it done.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
import sqlcipher3.dbapi2 as sqlcipher

from tests.faults.kill_rig import an_api, lines
from tests.world import DESK_KEY, PASSWORD, STORE_KEY, HandClock, Line, mark_knives
from workstation.cache.keys import open_keys
from workstation.cache.marks import Mark
from workstation.desk import Desk, Fittings, open_desk
from workstation.desk.exchange import Exchange
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency
from workstation.domain.numbers import LONDON
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    Channel,
    EarlierContacts,
    Facts,
    Location,
    ReportId,
    Victim,
)
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.machine.sealed import open_connection
from workstation.store.database import Database
from workstation.store.serving import Service
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.wire.protocol import SignIn

NOBODY = Victim(kind="not yet known")
RECORD = "acts.jsonl"
MARKS = "marks.jsonl"
PORT = "port"
STOP = "stop"
FILLED = "filled"
TENTH = timedelta(seconds=0.1)


class Workplace:
    """The files of one handler and her store, opened again after every kill."""

    def __init__(self, folder: Path, clock: HandClock) -> None:
        self.folder = folder
        self.clock = clock
        self.database = Database.sqlite(folder / "store.db", STORE_KEY)
        self.api = an_api(self.database, clock)
        self.line = Line(self.api)
        self.credentials = HeldCredentials(self.line.sign_in(SignIn("ann", PASSWORD, "W07")))

    def go_on(self, time: datetime) -> None:
        """It is later, and she signs in again."""
        self.clock.time = time
        self.credentials.keep(self.line.sign_in(SignIn("ann", PASSWORD, "W07")))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Her desk, without threads."""
        fittings = Fittings(
            clock=self.clock, ids=Ids(self.clock), workstation="W07", mark=mark_knives,
            marks=FileMarks(self.folder / MARKS),
        )  # fmt: skip
        with open_desk(
            self.folder / "profiles", "store", self.line, self.credentials, fittings,
            key=DESK_KEY, threads=False,
        ) as desk:  # fmt: skip
            yield desk

    def exchange(self, desk: Desk) -> bool:
        """One whole exchange with the store."""
        return Exchange(desk).once(Courier(self.line, self.credentials))


class FileMarks:
    """The keyring: apart from the profile, a line for each mark kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Mark | None:
        """The mark last kept."""
        kept = lines(self._path)
        return msgspec.convert(kept[-1], Mark) if kept else None

    def keep(self, mark: Mark) -> None:
        """This is how far the desk has got."""
        with self._path.open("ab", buffering=0) as file:
            file.write(msgspec.json.encode(mark) + b"\n")


class Handler:
    """Does things at a desk and writes down what was acknowledged."""

    def __init__(self, desk: Desk, record: Path) -> None:
        self._desk = desk
        self._record = os.open(record, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._drafts = 0

    def close(self) -> None:
        """Put the pen down."""
        os.close(self._record)

    def work_on(self, report: ReportId) -> None:
        """What a handler does with a report: claim, assess, write, record a crime."""
        self.do(ClaimReport(report=report))
        levels = lowest_levels(self._desk.pack)
        self.do(
            AssessRisk(
                report=report,
                levels=levels,
                earlier=EarlierContacts(),
                interim="Nobody is near",
                rara=("avoid",),
            )
        )
        self.draft(report)
        self.do(AddNote(report=report, text=f"Rang the owner of {report}."))
        self.crime(report)

    def do(self, command: Command) -> None:
        """Submit; what the desk has kept is acknowledged."""
        refusal = self._desk.submit(command)
        self._write({"command": self._newest()} if refusal is None else refused(refusal))

    def crime(self, report: ReportId) -> None:
        """Record a crime and speak its number; she is on the phone where that is asked."""
        shown = self._desk.report(report)
        if shown is not None and shown.held_back:
            self.do(WorkOnThePhone(report=report))
        said = self._desk.record_crime(report, self._desk.offences("theft")[0].code, NOBODY)
        if isinstance(said, Refusal):
            self._write(refused(said))
        else:
            self._write({"command": self._newest(), "number": said, "report": report})

    def call(self, account: str) -> None:
        """Take a call."""
        taken = self._desk.take_contact(
            Channel.CALL_101, account, Facts(title=account), Location(text="Wisbech")
        )
        if isinstance(taken, Refusal):
            self._write(refused(taken))
            return
        self._write({"command": self._newest(), **self._spoken(taken)})
        self.do(EscalateEmergency(report=taken, why="A knife."))

    def draft(self, report: ReportId) -> None:
        """Type a little more."""
        self._drafts += 1
        text = f"draft {self._drafts:04}"
        try:
            is_kept = self._desk.save_draft(report, "note", text) is not None
        except sqlcipher.DatabaseError:
            is_kept = False
        self._write({"draft": report, "text": text} if is_kept else {"refused": "draft"})

    def _spoken(self, taken: ReportId) -> dict[str, str]:
        """The incident number that the caller was told, where it is the store's kind."""
        shown = self._desk.report(taken)
        assert shown is not None
        number = shown.report.incident_number
        return {"number": number} if number else {}

    def _newest(self) -> str:
        row = self._desk.stock.work.connection.execute(
            "SELECT command_id FROM outbox ORDER BY n DESC LIMIT 1"
        ).fetchone()
        return str(row[0])

    def _write(self, act: dict[str, str]) -> None:
        os.write(self._record, msgspec.json.encode(act) + b"\n")


def refused(refusal: Refusal) -> dict[str, str]:
    """How a refused act is written down: it was not acknowledged."""
    return {"refused": refusal.code}


@contextmanager
def handler_at(place: Workplace) -> Iterator[tuple[Desk, Handler]]:
    """Her desk with herself at it."""
    with place.desk() as desk:
        handler = Handler(desk, place.folder / RECORD)
        try:
            yield desk, handler
        finally:
            handler.close()


def handlers_shift(folder: Path) -> None:
    """Online, offline over a restart, then online again with one lost reply."""
    ids = reports_of(folder)
    place = Workplace(folder, HandClock())
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        handler.work_on(ids[0])
        place.exchange(desk)
        handler.work_on(ids[1])
        place.line.is_cut = True
        handler.work_on(ids[2])
        place.exchange(desk)
        handler.call("A man with a knife is outside.")
    with handler_at(place) as (desk, handler):
        handler.work_on(ids[3])
        place.line.is_cut = False
        place.line.lost_replies = 1
        place.exchange(desk)
        handler.work_on(ids[4])
        place.exchange(desk)
        handler.call("Somebody is at the back door.")
        place.exchange(desk)
        handler.crime(ids[0])
    place.database.close()


def repair_shift(folder: Path) -> None:
    """The first page of work.db is harmed between two openings, its log still beside it."""
    ids = reports_of(folder)
    place = Workplace(folder, HandClock())
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        handler.work_on(ids[0])
        place.exchange(desk)
        handler.work_on(ids[1])
        harmed = desk.stock.profile.work
        key = open_keys(harmed.parent, DESK_KEY).work
        other = open_connection(harmed, key, synchronous="FULL")
        other.execute("SELECT count(*) FROM outbox").fetchone()  # so that closing keeps the log
    file = os.open(harmed, os.O_WRONLY)
    os.pwrite(file, bytes(1), 3)
    os.fsync(file)
    os.close(file)
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        handler.work_on(ids[2])
    assert list(harmed.parent.glob("work.damaged-*-wal"))
    place.database.close()


def numbers_shift(folder: Path, midnight: datetime) -> None:
    """Numbers are lent, loaded ahead and given back; then a day, and perhaps a year, is over."""
    ids = reports_of(folder)
    place = Workplace(folder, HandClock())
    place.go_on(midnight - timedelta(hours=3))
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        handler.crime(ids[0])
        desk.load_numbers()
        place.exchange(desk)
        handler.call("The door was forced.")
        desk.give_back_numbers()
        place.exchange(desk)
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        for time in (midnight - TENTH, midnight + TENTH):
            place.clock.time = time
            handler.crime(ids[1])
            handler.call("Somebody is in the yard.")
        place.exchange(desk)
        place.go_on(midnight + timedelta(minutes=70))
        place.exchange(desk)
        handler.crime(ids[2])
    place.database.close()


def offline_shift(folder: Path) -> None:
    """Filled once, then an afternoon without the store: only her own work is kept."""
    ids = reports_of(folder)
    place = Workplace(folder, HandClock())
    with handler_at(place) as (desk, handler):
        place.exchange(desk)
        place.database.close()
        place.line.is_cut = True
        (folder / FILLED).touch()
        for report in ids * 3:
            handler.draft(report)
            handler.do(AddNote(report=report, text=f"Rang the owner of {report}."))
            handler.crime(report)


def stores_shift(folder: Path) -> None:
    """Serve until told to end; the writers are elsewhere."""
    clock = SystemClock()
    database = Database.sqlite(folder / "store.db", STORE_KEY)
    service = Service(an_api(database, clock), database, clock)
    (folder / PORT).write_text(str(service.port), encoding="ascii")
    os.mkfifo(folder / STOP)
    threading.Thread(target=_stop_when_told, args=(service, folder / STOP), daemon=True).start()
    service.run()
    database.close()


def _stop_when_told(service: Service, told: Path) -> None:
    told.read_bytes()
    service.stop()


def reports_of(folder: Path) -> list[ReportId]:
    """The reports the store was founded with."""
    return msgspec.json.decode((folder / "reports.json").read_bytes(), type=list[ReportId])


MIDNIGHTS = {
    "new-year": datetime(2027, 1, 1, tzinfo=LONDON),
    "spring": datetime(2027, 3, 29, tzinfo=LONDON),
    "autumn": datetime(2027, 11, 1, tzinfo=LONDON),
}
LOOKED_AT = {name: midnight + timedelta(hours=71) for name, midnight in MIDNIGHTS.items()}
SHIFTS: dict[str, Callable[[Path], None]] = {
    "handler": handlers_shift,
    "repair": repair_shift,
    "offline": offline_shift,
    "store": stores_shift,
    **{name: partial(numbers_shift, midnight=at) for name, at in MIDNIGHTS.items()},
}
