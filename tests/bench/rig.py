"""A real store in another process, reached over HTTP on loopback, and real desks that use it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from argon2 import PasswordHasher

from workstation.desk import Desk, Fittings, open_desk
from workstation.domain.roles import Role
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.sync.courier import Courier
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link
from workstation.wire.protocol import SignedIn, SignIn

FORCE = "cambridgeshire"
PASSWORD = "correct horse"
DESK_KEY = bytes(range(32, 64))
STORE = "store"
HASHER = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1)
PEOPLE = {
    "kelly": ("Kelly Rowe", Role.HANDLER),
    "mo": ("Mo Ahmed", Role.HANDLER),
    "web": ("Public intake", Role.INTAKE_MACHINE),
}
ROOT = Path(__file__).parents[2]


class Station:
    """A person's line to the store: signed in, with the courier that uses it."""

    def __init__(self, url: str, account: str) -> None:
        self.url = url
        self.link = Link(url)
        self.session: SignedIn = self.link.sign_in(SignIn(account, PASSWORD, "W07"))
        self.credentials = HeldCredentials(self.session)
        self.courier = Courier(self.link, self.credentials)

    @contextmanager
    def desk(self, profiles: Path) -> Iterator[Desk]:
        """The person's desk over these files, without threads."""
        clock = SystemClock()
        fittings = Fittings(clock=clock, ids=Ids(clock), workstation="W07")
        with open_desk(
            profiles, STORE, self.link, self.credentials, fittings, key=DESK_KEY, threads=False
        ) as desk:
            yield desk

    def close(self) -> None:
        """Close the line."""
        self.link.close()


@contextmanager
def child(module: str, *arguments: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A process of this folder that prints one line when ready and ends with its input."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            if not line:
                raise RuntimeError(f"{module} ended with {process.wait()}.")
            yield line, process
        finally:
            process.stdin.close()


@contextmanager
def store(folder: Path, count: int) -> Iterator[str]:
    """Where a store with so many reports answers."""
    with child("tests.bench.store_child", str(folder), str(count)) as (line, _):
        yield msgspec.json.decode(line, type=dict[str, str])["url"]
