"""A real store to be broken: founded here, served by a process of its own, looked at after."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from argon2 import PasswordHasher

from tests.world import PASSWORD, PEOPLE, STORE_KEY, cambridgeshire, mark_knives
from workstation.domain.report import Channel, Facts, ReportId
from workstation.machine.clock import Clock, SystemClock
from workstation.machine.ids import Ids
from workstation.store.api import Api
from workstation.store.database import Database
from workstation.store.founding import found
from workstation.wire.protocol import IntakeReport, SignIn

HASHER = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
ROOT = Path(__file__).parents[2]


def wait_until(true: Callable[[], object], within_s: float = 20.0, what: str = "") -> None:
    """Look again and again until it is true; AssertionError when the time is over."""
    ends, pause = time.monotonic() + within_s, threading.Event()
    while not true():
        if time.monotonic() > ends:
            raise AssertionError(f"not within {within_s} s: {what or true}")
        pause.wait(0.01)


def an_api(database: Database, clock: Clock | None = None) -> Api:
    """The service over a database, with passwords that cost nothing."""
    clock = clock or SystemClock()
    return Api(database, clock, Ids(clock), mark_knives, HASHER)


def founded(database: Database, reports: int, clock: Clock | None = None) -> list[ReportId]:
    """Make a store with its people and so many reports; which they are."""
    clock = clock or SystemClock()
    found(database, cambridgeshire(), Ids(clock))
    api = an_api(database, clock)
    for id, roles in PEOPLE.items():
        api.accounts.add(id, f"{id.title()} Lee", roles, PASSWORD)
    machine = api.sign_in(SignIn("web", PASSWORD, "web")).token
    return [api.intake(machine, _contact(clock, n)).report for n in range(reports)]


def _contact(clock: Clock, number: int) -> IntakeReport:
    return IntakeReport(
        source="web",
        external_id=str(number),
        channel=Channel.ONLINE,
        received_at=clock.now(),
        account=f"Somebody took bicycle {number} from the racks at the station.",
        facts=Facts(title=f"Bicycle {number}"),
    )


def a_sqlite_store(folder: Path, reports: int) -> tuple[Path, list[ReportId]]:
    """The file of a new store, its key beside it as the shell's `store` expects it."""
    path = folder / "store.db"
    database = Database.sqlite(path, STORE_KEY)
    ids = founded(database, reports)
    database.close()
    path.with_name("store.db.key").write_text(STORE_KEY.hex(), encoding="ascii")
    return path, ids


class StoreProcess:
    """`python -m workstation store serve`, which can be killed and started again at its port."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._log = threading.Thread()
        self.said: list[str] = []
        self.port = 0
        self.process = self._started()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process."""
        return self.process.pid

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.end()

    def restart(self) -> None:
        """Start it again where it answered before."""
        self.process = self._started()

    def end(self) -> None:
        """End it as its parent does: its input closes."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._log.join()
        assert self.process.stderr is not None
        self.process.stderr.close()

    def _started(self) -> "subprocess.Popen[str]":
        arguments = ["--database", self._database, "serve", "--until-stdin-closes", "--port"]
        process = subprocess.Popen(
            [sys.executable, "-m", "workstation", "store", *arguments, str(self.port)],
            cwd=ROOT, text=True, env=os.environ | {"PYTHONFAULTHANDLER": "1"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=_few_open_files,
        )  # fmt: skip
        self._log = threading.Thread(target=self._listen, args=(process,), name="store's log")
        self._log.start()
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line.startswith("listening "):
            process.wait(20)
            raise RuntimeError("The store did not start: " + "".join(self.said))
        self.port = int(line.rsplit(":", 1)[1])
        return process

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        self.said.extend(process.stderr)


def _few_open_files() -> None:
    """A service begins with the usual limit, whatever the tests' shell allows."""
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )


@contextmanager
def served(database: str) -> Iterator[StoreProcess]:
    """A store process over a database that is there already, until the end."""
    process = StoreProcess(database)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.end()


def lines(path: Path) -> list[dict[str, object]]:
    """The whole lines of a record; the last may be torn by the kill."""
    if not path.exists():
        return []
    raw = path.read_bytes()
    whole = raw[: raw.rfind(b"\n") + 1].splitlines()
    return [msgspec.json.decode(line, type=dict[str, object]) for line in whole]
