"""What the system's keyring keeps for a desk: the sign-in, and the key of the local files' keys.

Without a keyring nothing is opened: the exception is one, `NoKeys`, with a sentence.
"""

import base64
import os
from typing import Protocol

import keyring
import msgspec
from keyring.errors import KeyringError, PasswordDeleteError

from workstation.cache.keys import NoKeys, RandomBytes
from workstation.wire.protocol import SignedIn

SERVICE = "demand-hub-workstation"


class Credentials(Protocol):
    """Where the sign-in is kept."""

    def session(self) -> SignedIn | None:
        """The sign-in, if there is one; the store alone judges whether it still holds."""

    def keep(self, session: SignedIn) -> None:
        """A person signed in."""

    def forget(self) -> None:
        """The person signed out, or the store did not know the token."""


class HeldCredentials:
    """Kept in memory only: demonstrations and tests."""

    def __init__(self, session: SignedIn | None = None) -> None:
        self._session = session

    def session(self) -> SignedIn | None:
        """The sign-in, if there is one."""
        return self._session

    def keep(self, session: SignedIn) -> None:
        """A person signed in."""
        self._session = session

    def forget(self) -> None:
        """The person signed out."""
        self._session = None


class KeyringCredentials:
    """Kept in the system's keyring, one sign-in for each store and account."""

    def __init__(self, store: str, account: str) -> None:
        self._name = f"session/{store}/{account}"
        self._session = self._read()

    def session(self) -> SignedIn | None:
        """The sign-in, if there is one."""
        return self._session

    def keep(self, session: SignedIn) -> None:
        """A person signed in; it survives a restart."""
        self._session = session
        try:
            keyring.set_password(SERVICE, self._name, msgspec.json.encode(session).decode())
        except KeyringError as wrong:
            raise NoKeys(
                f"The keyring of this PC cannot keep your sign-in. Unlock it. ({wrong})"
            ) from wrong

    def forget(self) -> None:
        """The person signed out, or the store did not know the token."""
        self._session = None
        try:
            keyring.delete_password(SERVICE, self._name)
        except PasswordDeleteError:
            return
        except KeyringError as wrong:
            raise NoKeys(
                f"The keyring of this PC could not forget your sign-in. Unlock it. ({wrong})"
            ) from wrong

    def _read(self) -> SignedIn | None:
        try:
            kept = keyring.get_password(SERVICE, self._name)
        except KeyringError as wrong:
            raise NoKeys(
                f"The keyring of this PC cannot be read. Unlock it, then start again. ({wrong})"
            ) from wrong
        try:
            return None if kept is None else msgspec.json.decode(kept, type=SignedIn)
        except msgspec.MsgspecError:
            return None  # nothing hangs on it: one signs in again


def kept_key(account: str) -> bytes:
    """The wrapping key of somebody who has worked at this PC; never made anew."""
    try:
        kept = keyring.get_password(SERVICE, f"key/{account}")
        if kept is not None:
            return base64.b64decode(kept, validate=True)
    except (KeyringError, ValueError) as wrong:
        raise NoKeys(f"The keyring of this PC cannot be read. Unlock it. ({wrong})") from wrong
    raise NoKeys(
        "The keyring of this PC has no key for that work. Nothing was changed. Ask IT to restore "
        "the keyring, or let its author sign in."
    )


def key_from_keyring(account: str, random: RandomBytes = os.urandom) -> bytes:
    """The wrapping key of this account, made at first use."""
    try:
        kept = keyring.get_password(SERVICE, f"key/{account}")
        if kept is None:
            kept = base64.b64encode(random(32)).decode("ascii")
            keyring.set_password(SERVICE, f"key/{account}", kept)
        return base64.b64decode(kept, validate=True)
    except (KeyringError, ValueError) as wrong:
        raise NoKeys(
            "The keyring of this PC cannot be used, so nothing can be kept safely here. "
            f"Unlock it or ask IT, then start again. ({type(wrong).__name__}: {wrong})"
        ) from wrong
