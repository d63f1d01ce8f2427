"""The keys of the local files: wrapped, and never made anew over somebody's work."""

from pathlib import Path

import keyring as os_keyring
import msgspec
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import InitError, KeyringError, KeyringLocked, NoKeyringError

from tests.keyrings import MemoryKeyring
from workstation.cache.keys import NoKeys, open_keys
from workstation.sync.credentials import KeyringCredentials, key_from_keyring

WRAPPING = bytes(range(32))


class BrokenKeyring(KeyringBackend):
    """Fails in one way at every call."""

    priority = 1

    def __init__(self, wrong: KeyringError) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring leaves it untyped
        self._wrong = wrong

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise self._wrong

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise self._wrong


def test_the_keys_are_the_same_at_every_opening(tmp_path: Path) -> None:
    first = open_keys(tmp_path, WRAPPING)
    assert open_keys(tmp_path, WRAPPING) == first
    assert first.work != first.cache
    kept = (tmp_path / "keys.json").read_bytes()
    assert first.work not in kept


def test_another_wrapping_key_is_refused(tmp_path: Path) -> None:
    open_keys(tmp_path, WRAPPING)
    with pytest.raises(NoKeys, match="sealed with another key"):
        open_keys(tmp_path, bytes(32))


@pytest.mark.fault("F26")
@pytest.mark.parametrize("harmed", ["", "AAAA", "A" * 80])
def test_where_only_the_key_of_the_copy_is_harmed_the_work_opens_with_a_new_one(
    tmp_path: Path, harmed: str
) -> None:
    first = open_keys(tmp_path, WRAPPING)
    path = tmp_path / "keys.json"
    kept = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**kept, "cache": harmed}))
    second = open_keys(tmp_path, WRAPPING)
    assert second.work == first.work
    assert len(second.cache) == 32
    assert open_keys(tmp_path, WRAPPING) == second


@pytest.mark.fault("F26")
@pytest.mark.parametrize("harmed", ["", "AAAA", "A" * 80])
def test_where_the_key_of_the_work_is_harmed_nothing_is_changed(
    tmp_path: Path, harmed: str
) -> None:
    open_keys(tmp_path, WRAPPING)
    path = tmp_path / "keys.json"
    kept = msgspec.json.decode(path.read_bytes())
    path.write_bytes(msgspec.json.encode({**kept, "work": harmed}))
    before = path.read_bytes()
    with pytest.raises(NoKeys, match="Nothing was changed"):
        open_keys(tmp_path, WRAPPING)
    assert path.read_bytes() == before


@pytest.mark.fault("F26")
@pytest.mark.invariant("I7")
def test_keys_are_never_made_anew_beside_unsent_work(tmp_path: Path) -> None:
    (tmp_path / "work.db").write_bytes(b"somebody's work")
    with pytest.raises(NoKeys, match=r"keys\.json is missing"):
        open_keys(tmp_path, WRAPPING)


def test_a_wrapping_key_is_made_once_for_each_account(keyring: MemoryKeyring) -> None:
    assert key_from_keyring("store/ann") == key_from_keyring("store/ann")
    assert key_from_keyring("store/ann") != key_from_keyring("store/bob")


@pytest.mark.fault("F26")
@pytest.mark.parametrize("wrong", [NoKeyringError(), InitError("no prompt"), KeyringLocked("x")])
def test_without_a_keyring_one_sentence_says_what_to_do(
    keyring: MemoryKeyring, wrong: KeyringError
) -> None:
    os_keyring.set_keyring(BrokenKeyring(wrong))
    with pytest.raises(NoKeys, match="Unlock it or ask IT"):
        key_from_keyring("store/ann")
    with pytest.raises(NoKeys, match="Unlock it"):
        KeyringCredentials("store", "ann")
