"""What a desk keeps can be sent: one command that the store cannot read would hold up its lane.

NUL and half characters, which come in with pasted text, are shown as �. A place longer than a line
never holds up officers: its first words stand as the place, all of them among what was said.
"""

import re
from typing import Any

import msgspec
from msgspec.structs import replace

from workstation.cache.parcel import BODY_LIMIT, Envelope, sealed
from workstation.domain.act import Command
from workstation.domain.grading import EscalateEmergency
from workstation.domain.intake import CreateReport
from workstation.domain.limits import LINE
from workstation.domain.refusal import Refusal
from workstation.domain.report import Location

ROOM_AROUND = 1024
UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
TOO_LONG = Refusal(
    "desk/too-long", "This is too long to send at once. Shorten it, and put the rest in notes."
)


def readable(text: str) -> str:
    """The text without what no store takes."""
    return UNSENDABLE.sub("\ufffd", text)


def with_a_place(command: Command) -> Command:
    """The command that sends or begins, with a place that is no longer than a place may be."""
    if isinstance(command, EscalateEmergency) and command.location is not None:
        place, rest = _one_line(command.location)
        return replace(command, location=place, why=command.why + rest)
    if isinstance(command, CreateReport):
        place, rest = _one_line(command.location)
        return replace(command, location=place, account=command.account + rest)
    return command


def sendable(command: Command) -> Command:
    """The command with only such text as the store can read."""
    plain = msgspec.to_builtins(command)
    mended = _mended(plain)
    return command if mended == plain else msgspec.convert(mended, type(command))


def too_long(envelope: Envelope) -> Refusal | None:
    """The store takes up to 1 MiB at once."""
    return TOO_LONG if len(sealed(envelope)) > BODY_LIMIT - ROOM_AROUND else None


def _one_line(place: Location) -> tuple[Location, str]:
    """The place with lines that fit, and what else is to be said of it."""
    texts = {n: t for n in place.__struct_fields__ if isinstance(t := getattr(place, n), str)}
    long = {name: text for name, text in texts.items() if len(text) > LINE}
    cut = {name: f"{text[: LINE - 1]}…" for name, text in long.items()}
    return replace(place, **cut), "".join(f"\nWhere, in full: {text}" for text in long.values())


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, dict):
        return {readable(key): _mended(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(inner) for inner in value]
    return value
