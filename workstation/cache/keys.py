"""The keys of the two local files, wrapped by a key that is never kept beside them.

The wrapping key comes from the system's keyring; only demonstrations use a throw-away one.
"""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from workstation.machine.lasting import write_whole

RandomBytes = Callable[[int], bytes]


class NoKeys(Exception):
    """The keys cannot be had: the sentence tells a person what to do."""


class LocalKeys(Struct, frozen=True):
    """Thirty-two raw bytes for each of the two files."""

    work: bytes
    cache: bytes


class _Wrapped(Struct, frozen=True):
    work: bytes
    cache: bytes


def open_keys(folder: Path, wrapping: bytes, random: RandomBytes = os.urandom) -> LocalKeys:
    """The keys of this folder's files; made and kept wrapped when there are none."""
    path = folder / "keys.json"
    if path.exists():
        return _unwrapped(path, wrapping, random)
    if (folder / "work.db").exists():
        raise NoKeys(f"{path.name} is missing beside your unsent work. Ask IT to restore it.")
    keys = LocalKeys(random(32), random(32))
    _write(path, keys, wrapping, random)
    return keys


def _unwrapped(path: Path, wrapping: bytes, random: RandomBytes) -> LocalKeys:
    try:
        wrapped = msgspec.json.decode(path.read_bytes(), type=_Wrapped)
        work = _open(wrapping, wrapped.work, b"work")
    except (InvalidTag, msgspec.MsgspecError, ValueError) as wrong:
        raise NoKeys(
            "Your unsent work is sealed with another key than this PC's keyring holds. "
            "Nothing was changed. Ask IT to restore the keyring."
        ) from wrong
    try:
        return LocalKeys(work, _open(wrapping, wrapped.cache, b"cache"))
    except (InvalidTag, ValueError):  # harmed, or cut short: the cache is filled anew
        keys = LocalKeys(work, random(32))
        _write(path, keys, wrapping, random)
        return keys


def _write(path: Path, keys: LocalKeys, wrapping: bytes, random: RandomBytes) -> None:
    wrapped = _Wrapped(
        _sealed(wrapping, keys.work, b"work", random),
        _sealed(wrapping, keys.cache, b"cache", random),
    )
    write_whole(path, msgspec.json.encode(wrapped))


def _sealed(wrapping: bytes, key: bytes, name: bytes, random: RandomBytes) -> bytes:
    nonce = random(12)
    return nonce + AESGCM(wrapping).encrypt(nonce, key, name)


def _open(wrapping: bytes, sealed: bytes, name: bytes) -> bytes:
    return AESGCM(wrapping).decrypt(sealed[:12], sealed[12:], name)
