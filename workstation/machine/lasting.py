"""Files and folders that are there after power was lost, under their names and with all they hold.

A file is synced for its content, and its folder for its name. Windows keeps names in its own
journal and syncs no folder.
"""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """The file holds this from now on, or what it held before; never a part, and not nothing."""
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """The folder and those above it that are missing; nobody else may look into a new one."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    for made in missing:
        sync_folder(made.parent)


def sync_folder(path: Path) -> None:
    """What was made, renamed or removed in this folder stays so."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
