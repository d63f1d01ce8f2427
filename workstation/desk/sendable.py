"""What a desk keeps can be sent: one command that the store cannot read would hold up its lane.

NUL and half characters, which come in with pasted text, are shown as �; nothing else is changed.
"""

import re
from typing import Any

import msgspec

from workstation.cache.parcel import BODY_LIMIT, Envelope, sealed
from workstation.domain.act import Command
from workstation.domain.refusal import Refusal

ROOM_AROUND = 1024
UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
TOO_LONG = Refusal(
    "desk/too-long", "This is too long to send at once. Shorten it, and put the rest in notes."
)


def readable(text: str) -> str:
    """The text without what no store takes."""
    return UNSENDABLE.sub("\ufffd", text)


def sendable(command: Command) -> Command:
    """The command with only such text as the store can read."""
    plain = msgspec.to_builtins(command)
    mended = _mended(plain)
    return command if mended == plain else msgspec.convert(mended, type(command))


def too_long(envelope: Envelope) -> Refusal | None:
    """The store takes up to 1 MiB at once."""
    return TOO_LONG if len(sealed(envelope)) > BODY_LIMIT - ROOM_AROUND else None


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {readable(key): _mended(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(inner) for inner in value]
    return value
