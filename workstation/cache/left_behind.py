"""What people left unsent on this PC, told to whoever works here next: how much, and of whom.

No word of the work itself stands there; it stays sealed under its author's own key.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from workstation.domain.roles import PersonId
from workstation.machine.lasting import write_whole


class LeftBehind(Struct, frozen=True):
    """Somebody's unsent acts, and when the oldest was made."""

    person: PersonId
    name: str
    workstation: str
    count: int
    since: datetime


def note(folder: Path, left: LeftBehind | None) -> None:
    """Say it in this person's own folder; None: nothing was left."""
    path = _path(folder)
    if left is None:
        path.unlink(missing_ok=True)
        return
    write_whole(path, msgspec.json.encode(left))


def others(folder: Path) -> Iterator[LeftBehind]:
    """What the others who work at this PC left."""
    for path in sorted(folder.parent.glob(f"*/{_path(folder).name}")):
        if path.parent != folder:
            try:
                yield msgspec.json.decode(path.read_bytes(), type=LeftBehind)
            except msgspec.MsgspecError:
                continue


def _path(folder: Path) -> Path:
    return folder / "unsent.json"
