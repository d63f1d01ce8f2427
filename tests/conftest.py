"""What every test stands on: no screen, no real keychain, a real PostgreSQL, no silent warning."""

import os

# Before anything imports Qt or keyring: both read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if os.environ.get("WORKSTATION_THROWAWAY_KEYRING") != "1":
    os.environ["PYTHON_KEYRING_BACKEND"] = "tests.keyrings.MemoryKeyring"

import gc
import itertools
import logging
from collections.abc import Iterator
from typing import NoReturn

import keyring as os_keyring
import pytest
from hypothesis import settings

from tests.keyrings import MemoryKeyring
from tests.logs import unexpected
from tests.postgres import fresh_database, server_programs, throwaway_server
from workstation.ui.garbage import collect_what_is_due

_database_numbers = itertools.count(1)
settings.register_profile("shared machine", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "shared machine")


@pytest.fixture(autouse=True, scope="session")
def garbage_is_collected_between_tests() -> Iterator[None]:
    """Never in a thread of the test: a widget freed outside the window's thread crashes Qt."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_of_the_test() -> Iterator[None]:
    """What a test left behind is freed here, in the main thread."""
    yield
    collect_what_is_due()


@pytest.fixture(name="keyring")
def keyring_in_memory() -> Iterator[MemoryKeyring]:
    """An empty keyring in memory, in place of the session's for one test."""
    before = os_keyring.get_keyring()
    fresh = MemoryKeyring()
    os_keyring.set_keyring(fresh)
    yield fresh
    os_keyring.set_keyring(before)


@pytest.fixture
def secret_service() -> None:
    """Lets a test run only beside the real, throw-away Secret Service that `make test` starts."""
    if os.environ.get("WORKSTATION_THROWAWAY_KEYRING") != "1":
        absent("There is no throw-away Secret Service here: run the tests by `make test`.")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a throw-away PostgreSQL server's first database, for SQLAlchemy."""
    programs = server_programs()
    if programs is None:
        absent("PostgreSQL is not installed here: `make test` installs it on Debian.")
    with throwaway_server(programs) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database that this test has to itself."""
    with fresh_database(postgres_url, f"test_{next(_database_numbers)}") as url:
        yield url


@pytest.fixture(autouse=True)
def no_unexpected_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fails a test that logs a warning or worse, unless `expects_log` names its text."""
    ours = logging.getLogger("workstation")
    ours.setLevel(logging.NOTSET)
    ours.disabled, ours.propagate = False, True  # whatever a test before left behind
    yield
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    if surprises := unexpected(records, expected):
        pytest.fail("Logged unexpectedly:\n" + "\n".join(surprises), pytrace=False)


def absent(reason: str) -> NoReturn:
    """Fails where the suite must be whole, in CI; elsewhere skips with the reason."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
