"""Old commands read as today's: a command of version `v` is brought up by pure steps, for ever.

A command's shape changes by adding its step here, and the bytes of the old shape to the tests;
the bytes in an outbox are never rewritten. A version that is not given is 1.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct

Step = Callable[[dict[str, Any]], dict[str, Any]]


def _asked_for_no_words(command: dict[str, Any]) -> dict[str, Any]:
    """Desks of that release gave a level without words, and asked for nothing in the interim."""
    return command | {"unworded": True}


def _told_in_one_text(command: dict[str, Any]) -> dict[str, Any]:
    """Desks of that release had one text, or none, for whether the caller was told, and what."""
    return command | {"told": {"answer": "as written"}}


STEPS: dict[tuple[str, int], Step] = {
    ("AssessRisk", 1): _asked_for_no_words,
    ("CloseReport", 1): _told_in_one_text,
    ("MarkDuplicate", 1): _told_in_one_text,
}


class NewerCommand(Exception):
    """A command of a later release than this program's; it is kept where it is, and waits."""


class _Named(Struct):
    type: str


class _Versioned(Struct):
    command: _Named
    v: int = 1


def version_of(type_name: str) -> int:
    """The version in which this program writes commands of this type."""
    version = 1
    while (type_name, version) in STEPS:
        version += 1
    return version


def oldest_versions(type_names: Iterable[str]) -> dict[str, int]:
    """For each type the oldest version that can still be read."""
    return dict.fromkeys(type_names, 1)


def brought_up(raw: bytes) -> bytes:
    """The envelope in today's shape: the very same bytes where nothing has changed since."""
    try:
        named = msgspec.json.decode(raw, type=_Versioned)
    except (msgspec.MsgspecError, ValueError):
        return raw  # whoever decodes it says what is wrong
    newest = version_of(named.command.type)
    if named.v > newest:
        raise NewerCommand(f"{named.command.type} of version {named.v}; {newest} is known here.")
    if not 1 <= named.v < newest:
        return raw
    envelope = msgspec.json.decode(raw)
    for version in range(named.v, newest):
        envelope["command"] = STEPS[named.command.type, version](envelope["command"])
    return msgspec.json.encode(envelope | {"v": newest})
