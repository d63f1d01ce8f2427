"""The tests' own surroundings hold what they promise: keyring, database, log."""

import logging
import os

import keyring as os_keyring
import psycopg
import pytest
from keyring.errors import PasswordDeleteError

from tests.keyrings import MemoryKeyring
from tests.logs import unexpected
from tests.postgres import plain


def test_no_test_reaches_a_persons_own_keychain() -> None:
    in_memory = isinstance(os_keyring.get_keyring(), MemoryKeyring)
    assert in_memory or os.environ["WORKSTATION_THROWAWAY_KEYRING"] == "1"


def test_the_keyring_of_a_test_is_empty_and_forgets(keyring: MemoryKeyring) -> None:
    assert os_keyring.get_password("demand hub", "handler") is None
    os_keyring.set_password("demand hub", "handler", "s3cret")
    assert keyring.get_password("demand hub", "handler") == "s3cret"
    os_keyring.delete_password("demand hub", "handler")
    with pytest.raises(PasswordDeleteError):
        os_keyring.delete_password("demand hub", "handler")


@pytest.mark.usefixtures("secret_service")
def test_a_real_secret_service_keeps_a_key() -> None:
    os_keyring.set_password("demand hub test", "handler", "s3cret")
    assert os_keyring.get_password("demand hub test", "handler") == "s3cret"
    os_keyring.delete_password("demand hub test", "handler")


@pytest.mark.parametrize("round_", [1, 2])
def test_each_test_has_an_empty_database_of_its_own(postgres_database: str, round_: int) -> None:
    with psycopg.connect(plain(postgres_database)) as database:
        database.execute("CREATE TABLE only_here (name text)")
        database.execute("INSERT INTO only_here VALUES ('Zoë')")
        assert database.execute("SELECT name FROM only_here").fetchall() == [("Zoë",)]


@pytest.mark.expects_log("disk is nearly full")
def test_a_warning_that_a_test_expects_is_let_through() -> None:
    logging.getLogger("workstation").warning("The disk is nearly full.")


def test_a_warning_that_nobody_expects_is_named(caplog: pytest.LogCaptureFixture) -> None:
    log = logging.getLogger("workstation")
    log.warning("The line is down.")
    assert unexpected(caplog.records, ["disk"]) == ["WARNING workstation: The line is down."]
    assert unexpected(caplog.records, ["line is down"]) == []
    caplog.clear()
