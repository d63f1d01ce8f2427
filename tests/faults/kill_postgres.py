"""PostgreSQL servers that can be killed, started again, followed by a standby and promoted.

What is committed is in the log file before the answer, as in service; only the disk's own cache is
trusted, because nothing here cuts the power.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.faults.kill_rig import wait_until
from tests.postgres import as_server_user, run, server_programs

SETTINGS = "-c fsync=off -c full_page_writes=off -c max_wal_senders=3 -c wal_level=replica"


class Cluster:
    """One server over a folder of its own, on a socket there."""

    def __init__(self, programs: Path, folder: str) -> None:
        self._programs = programs
        self._folder = folder
        self._as_server = as_server_user(folder)
        self._data = f"{folder}/data"

    @property
    def url(self) -> str:
        """Where a store finds it."""
        return f"postgresql+psycopg://app@/postgres?host={self._folder}"

    def make(self) -> None:
        """A new, empty database."""
        make = ["-D", self._data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8"]
        run([*self._as_server, f"{self._programs}/initdb", *make, "--locale=C.UTF-8"])

    def follow(self, primary: "Cluster") -> None:
        """A copy of another that goes on following it."""
        copy = ["-D", self._data, "-R", "-X", "stream", "-h", primary._folder, "-U", "app"]
        backup = [f"{self._programs}/pg_basebackup", *copy, "--no-sync", "-c", "fast"]
        run([*self._as_server, *backup])

    def start(self) -> None:
        """Serve; tries again while the dead one's children still end."""
        wait_until(self._starts, 30, "the database server starts")

    def kill(self) -> None:
        """End it as a power cut does; its children find that out by themselves."""
        with suppress(ProcessLookupError):
            os.kill(self.pid(), signal.SIGKILL)
        wait_until(lambda: not self._answers(), what="the server is dead")

    def stop(self) -> None:
        """End it at once, if it lives."""
        subprocess.run(
            [*self._control(), "-m", "immediate", "stop"],
            cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def promote(self) -> None:
        """A standby becomes the primary."""
        run([*self._control(), "-w", "promote"])

    def pid(self) -> int:
        """The process of the server."""
        return int(Path(f"{self._data}/postmaster.pid").read_text("ascii").split()[0])

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Ask as the one who cares for the database."""
        where = f"host={self._folder} user=app dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            answer = connection.execute(query)
            return answer.fetchall() if answer.description else []

    @contextmanager
    def holding(self, lock: str) -> Iterator[None]:
        """Somebody else holds a lock meanwhile."""
        with psycopg.connect(f"host={self._folder} user=app dbname=postgres") as connection:
            connection.execute(lock)
            yield

    def _starts(self) -> bool:
        options = f"-c listen_addresses='' -c unix_socket_directories={self._folder} {SETTINGS}"
        try:
            run([*self._control(), "-w", "-l", f"{self._folder}/log", "-o", options, "start"])
        except RuntimeError:
            return False
        return True

    def _answers(self) -> bool:
        try:
            self.ask("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _control(self) -> list[str]:
        return [*self._as_server, f"{self._programs}/pg_ctl", "-D", self._data, "-s"]


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A folder for a server until the end; the caller makes it or lets it follow another."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed here: `make test` installs it on Debian.")
    folder = tempfile.mkdtemp(prefix="pgkill.", dir="/tmp")
    one = Cluster(programs, folder)
    try:
        yield one
    finally:
        one.stop()
        shutil.rmtree(folder)
