"""Who worked here last and at which store, so that the workstation opens without the network."""

import logging
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.machine.lasting import make_folder, write_whole

log = logging.getLogger("workstation.app")


class Last(Struct, frozen=True):
    """The address and id of the store, its force, and the account that signed in."""

    address: str
    store: str
    force: str
    account: str


def read_last(profiles: Path) -> Last | None:
    """The last sign-in, or None where there was none or the note is damaged or not given."""
    try:
        return msgspec.json.decode((profiles / "last.json").read_bytes(), type=Last)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None
    except OSError as wrong:
        log.warning("who signed in last cannot be read: %s", wrong)
        return None


def keep_last(profiles: Path, last: Last) -> None:
    """Remember this sign-in; no secret is in it.

    Where the disk does not take it, one signs in again at the next start, and works until then.
    """
    try:
        make_folder(profiles)
        write_whole(profiles / "last.json", msgspec.json.encode(last))
    except OSError as wrong:
        log.warning("who signed in is not remembered: %s", wrong)
