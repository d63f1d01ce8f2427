"""What people keep on this PC that the store may lack: how much, and of whom.

No word of the work itself stands there; it stays sealed under its author's own key.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.cache.outbox import Extent, Outbox
from workstation.domain.roles import Author, PersonId
from workstation.machine.lasting import write_whole


class LeftBehind(Struct, frozen=True):
    """Whose outboxes lie here and how far each goes; `epoch`: of the store that answered last.

    `call`: since when a contact lies here that was begun and is not on record.
    """

    person: PersonId
    name: str
    outboxes: tuple[Extent, ...]
    epoch: str
    call: datetime | None = None


def note(folder: Path, person: Author, outbox: Outbox, epoch: str, call: datetime | None) -> None:
    """Say in this person's own folder what she keeps there."""
    left = LeftBehind(person.id, person.name, outbox.extents(), epoch, call)
    path = _path(folder)
    write_whole(path, msgspec.json.encode(left))


def others(folder: Path) -> Iterator[LeftBehind]:
    """What the others who work at this PC keep here."""
    for path in sorted(folder.parent.glob(f"*/{_path(folder).name}")):
        if path.parent != folder and (left := _read(path)) is not None:
            yield left


def call_of(folder: Path) -> datetime | None:
    """Since when a contact lies in this folder that is not on record, as far as it says so."""
    left = _read(_path(folder))
    return None if left is None else left.call


def whose(folder: Path) -> PersonId | None:
    """Whose folder this is, as far as it says so."""
    left = _read(_path(folder))
    return None if left is None else left.person


def _read(path: Path) -> LeftBehind | None:
    """What is told there; None where nothing is, or nothing that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=LeftBehind)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _path(folder: Path) -> Path:
    return folder / "unsent.json"
