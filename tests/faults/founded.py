"""What every run begins from: a founded store and filled desks, made once for each start.

A run gets copies of the files; the engine and its compiled statements stay for the whole process.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import psycopg
from msgspec import Struct
from msgspec.structs import replace
from psycopg import sql

from tests.day import DAY
from tests.faults.clocks import TrueTime
from tests.faults.desk_side import DeskSide
from tests.faults.disk import FallibleDatabase, copied
from tests.faults.history import History
from tests.faults.store_side import StoreSide
from tests.faults.wire import Weather
from tests.postgres import plain, server_programs, throwaway_server
from tests.world import PASSWORD, cambridgeshire
from workstation.domain.packing import decode_pack, encode_pack
from workstation.domain.report import Facts, Location, ReportId
from workstation.domain.roles import Role
from workstation.machine.ids import Ids
from workstation.store.founding import found
from workstation.wire.protocol import IntakeReport, SignedIn

PEOPLE = {
    "ann": ("Ann Lee", (Role.HANDLER,)),
    "bob": ("Bob Shah", (Role.HANDLER,)),
    "cat": ("Cat Orr", (Role.HANDLER,)),
    "sue": ("Sue Cole", (Role.SUPERVISOR,)),
    "dan": ("Dan Fox", (Role.DISPATCHER,)),
    "ivy": ("Ivy Hart", (Role.IMU_REVIEWER,)),
    "web": ("The web form", (Role.INTAKE_MACHINE,)),
}
DESKS = (("ann", "W1"), ("bob", "W1"), ("cat", "W2"), ("sue", "W3"), ("dan", "W4"), ("ivy", "W5"))
STARTS = {
    "a morning": datetime(2026, 11, 22, 10, 0, tzinfo=UTC),
    "the last evening of a year": datetime(2026, 12, 31, 23, 40, tzinfo=UTC),
    "the night the clocks go forward": datetime(2027, 3, 28, 0, 45, tzinfo=UTC),
    "the night the clocks go back": datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
}
OFFENCES, AGENCIES = 4, 3


class Template(Struct, frozen=True):
    """A founded store and its filled desks, ready to be copied."""

    start: datetime
    folder: Path
    reports: tuple[ReportId, ...]
    signed: dict[str, SignedIn]


def small_pack() -> bytes:
    """The force's pack with few offences and agencies, so that opening a desk is quick."""
    pack = decode_pack(cambridgeshire())
    rule = next(r for r in pack.redirect_rules if r.target in pack.agency_by_id)
    named = pack.agency_by_id[rule.target]
    others = [a for a in pack.agencies if not a.districts and a != named][:AGENCIES]
    small = replace(
        pack,
        offences=pack.offences[:OFFENCES],
        talk_safely=None,  # it names offences of the whole table
        hard_rules=tuple(replace(rule, classes=()) for rule in pack.hard_rules if rule.flags),
        agencies=(named, *others),
        redirect_rules=(replace(rule, exception="", exception_target=""),),
    )
    return encode_pack(small)


class Ground:
    """One process's store and templates; `fresh` makes the store what a template says."""

    def __init__(self, engine: str) -> None:
        base = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="simulator-", dir=base))
        self._open = ExitStack()
        self._templates: dict[str, Template] = {}
        self._backup = (Path(), "")
        self._pack = small_pack()
        self.engine = engine
        if engine == "postgresql":
            self._postgres = self._open.enter_context(throwaway_server(_programs()))
            address = self._postgres.replace("/postgres?", "/running?")
            self.database = FallibleDatabase.postgres(address)
        else:
            self.database = FallibleDatabase.sqlite(self.folder / "store.db", None)
        atexit.register(self.close)

    def template(self, name: str) -> Template:
        """The template of a start, made when first asked for."""
        if name not in self._templates:
            self._templates[name] = self._made(name)
        return self._templates[name]

    def fresh(self, name: str) -> Template:
        """Make the store what the template says."""
        template = self.template(name)
        self._backup = template.folder / "store.db", _database_name(name)
        self.database.close()
        if self.engine == "postgresql":
            self._recreate("running", _database_name(name))
        else:
            self._without_tails()
            shutil.copyfile(template.folder / "store.db", self.folder / "store.db")
        return template

    def back_up(self) -> None:
        """Copy the store as it is now, at rest."""
        self.database.close()
        if self.engine == "postgresql":
            self._recreate("backup", "running")
        else:
            shutil.copyfile(self.folder / "store.db", self.folder / "backup.db")
        self._backup = self.folder / "backup.db", "backup"

    def restore(self) -> None:
        """Make the store what it was when it was last backed up, or founded."""
        file, name = self._backup
        self.database.close()
        if self.engine == "postgresql":
            self._recreate("running", name)
        else:
            self._without_tails()
            shutil.copyfile(file, self.folder / "store.db")

    def close(self) -> None:
        """Leave nothing behind."""
        self.database.close()
        self._open.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _made(self, name: str) -> Template:
        folder = self.folder / name.replace(" ", "-")
        folder.mkdir()
        self.database.close()
        if self.engine == "postgresql":
            self._recreate("running", "template1")
        else:
            self._without_tails()
            (self.folder / "store.db").unlink(missing_ok=True)
        reports, signed = self._founded(folder, STARTS[name], Random(name))
        self.database.close()
        if self.engine == "postgresql":
            self._recreate(_database_name(name), "running")
        else:
            shutil.copyfile(self.folder / "store.db", folder / "store.db")
        return Template(STARTS[name], folder, reports, signed)

    def _founded(
        self, folder: Path, start: datetime, random: Random
    ) -> tuple[tuple[ReportId, ...], dict[str, SignedIn]]:
        true = TrueTime(start)
        history = History()
        store = _founded_store(self.database, true, random, history, self._pack)
        reports = []
        for n, (channel, account, town) in enumerate(DAY[:3]):
            receipt = store.receive(
                IntakeReport(
                    source="web",
                    external_id=f"first {n}",
                    channel=channel,
                    received_at=true.time,
                    account=account,
                    facts=Facts(title=account[:30]),
                    location=Location(text=town),
                )
            )
            assert receipt is not None
            reports.append(receipt.report)
        calm = Weather(random, ())
        signed = {"web": store.sign_in("web", "web")}
        for person, workstation in DESKS:
            desk = DeskSide(store, calm, person, workstation, folder, random)
            desk.sign_in()
            desk.open()
            assert desk.exchange_once()
            desk.close()
            kept = desk.credentials.session()
            assert kept is not None
            signed[desk.name] = kept
        return tuple(reports), signed

    def _recreate(self, name: str, source: str) -> None:
        with psycopg.connect(plain(self._postgres), autocommit=True) as server:
            gone = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            server.execute(gone.format(sql.Identifier(name)))
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            server.execute(made.format(sql.Identifier(name), sql.Identifier(source)))

    def _without_tails(self) -> None:
        for tail in ("-wal", "-shm"):
            (self.folder / f"store.db{tail}").unlink(missing_ok=True)


def _founded_store(
    database: FallibleDatabase, true: TrueTime, random: Random, history: History, pack: bytes
) -> StoreSide:
    clock_ids: Callable[[int], bytes] = random.randbytes
    store_clock = _Fixed(true)
    found(database, pack, Ids(store_clock, clock_ids))
    store = StoreSide(database, true, random, history)
    for id, (name, roles) in PEOPLE.items():
        store.api.accounts.add(id, name, roles, PASSWORD)
    return store


class _Fixed:
    """The true time as a clock."""

    def __init__(self, true: TrueTime) -> None:
        self._true = true

    def now(self) -> datetime:
        return self._true.time

    def monotonic(self) -> float:
        return self._true.gone_s


def desk_files(template: Template, workstation: str, person: str) -> Path:
    """Where a template keeps a person's files at a workstation."""
    return template.folder / workstation / "store" / person


def _database_name(start: str) -> str:
    return "of_" + start.replace(" ", "_")


def _programs() -> Path:
    programs = server_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed here: install it, or leave ENGINE out.")
    return programs


__all__ = ["DESKS", "PEOPLE", "STARTS", "Ground", "Template", "copied", "desk_files"]
