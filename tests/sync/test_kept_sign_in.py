"""What the keyring keeps of a sign-in cannot be read: one signs in anew, and nothing stops."""

import keyring as os_keyring
import pytest

from tests.keyrings import MemoryKeyring
from workstation.sync.credentials import SERVICE, KeyringCredentials


@pytest.mark.fault("F26")
@pytest.mark.parametrize("kept", ["", "{", "{}", '{"token":"x"}'])
def test_a_sign_in_that_cannot_be_read_is_none(keyring: MemoryKeyring, kept: str) -> None:
    os_keyring.set_password(SERVICE, "session/http://store/ann", kept)
    assert KeyringCredentials("http://store", "ann").session() is None
