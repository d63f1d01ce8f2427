"""A disk as power loss may leave it: what was synced is there, of the rest any part.

Killing a process proves nothing here, because the system still holds what it wrote. So the calls
of a real shift are replayed onto this disk, and at a chosen moment it is rebuilt as it may stand
after power went: of a file's writes since its last sync any may be missing and the last be torn
between sectors; a name made, moved or removed since its folder was synced may be so or not.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from random import Random
from typing import TypeVar

from msgspec import Struct

SECTOR = 512
Change = TypeVar("Change")


class Wrote(Struct, frozen=True):
    """Bytes written somewhere in a file."""

    at: int
    data: bytes


class Cut(Struct, frozen=True):
    """A file was made this long."""

    size: int


class Inode:
    """A file's content: what is on the disk for good, and what was only handed over."""

    def __init__(self, content: bytes = b"") -> None:
        self.lasting = bytearray(content)
        self.pending: list[Wrote | Cut] = []
        self.size = len(content)
        self.handed = 0

    def change(self, change: Wrote | Cut) -> None:
        """Hand a change over."""
        self.pending.append(change)
        self.handed += 1
        if isinstance(change, Cut):
            self.size = change.size
        else:
            self.size = max(self.size, change.at + len(change.data))

    def sync(self, upto: int) -> None:
        """So many of all changes ever handed over are on the disk for good."""
        count = max(0, upto - (self.handed - len(self.pending)))
        for change in self.pending[:count]:
            _apply(self.lasting, change)
        del self.pending[:count]

    def whole(self) -> bytes:
        """The content while the power lasts."""
        return self._with(self.pending)

    def after_loss(self, random: Random) -> bytes:
        """The content as the disk may have it when the power went."""
        reached = _some(self.pending, random)
        if reached and isinstance(last := reached[-1], Wrote) and random.random() < 0.5:
            reached[-1:] = _torn(last, random)
        return self._with(reached)

    def _with(self, changes: Sequence[Wrote | Cut]) -> bytes:
        content = bytearray(self.lasting)
        for change in changes:
            _apply(content, change)
        return bytes(content)


class Folder:
    """Stands where a name leads to a folder."""


Node = Inode | Folder


class Named(Struct, frozen=True):
    """In one step some names of a folder lead elsewhere, or nowhere (None)."""

    folder: str
    names: dict[str, Node | None]


class Disk:
    """Files below a root: as they are, and as they are for good."""

    def __init__(self, root: Path) -> None:
        self._root = str(root)
        self.now: dict[str, Node] = {self._root: Folder()}
        for path in sorted(root.rglob("*")):
            self.now[str(path)] = Folder() if path.is_dir() else Inode(path.read_bytes())
        self._lasting = dict(self.now)
        self._pending: list[Named] = []

    def name(self, names: dict[str, Node | None]) -> None:
        """Make, move or remove; all these names are in one folder."""
        folder = str(PurePosixPath(next(iter(names))).parent)
        self._pending.append(Named(folder, names))
        _rename(self.now, names)

    def file(self, path: str) -> Inode | None:
        """The file of this name, if it is one of ours."""
        node = self.now.get(path)
        return node if isinstance(node, Inode) else None

    def sync_folder(self, path: str) -> None:
        """The names in this folder are on the disk for good."""
        for named in self._pending:
            if named.folder == path:
                _rename(self._lasting, named.names)
        self._pending = [named for named in self._pending if named.folder != path]

    def rebuild(self, target: Path, random: Random, kept: tuple[str, ...]) -> None:
        """Put the files below `target` as they may be after a loss of power.

        What begins with one of `kept` is on a machine that had power all the time.
        """
        for path, node in sorted(self._after_loss(random, kept).items()):
            place = target / PurePosixPath(path).relative_to(self._root)
            if isinstance(node, Folder):
                place.mkdir(exist_ok=True)
            elif place.parent.exists() and not path.endswith("-shm"):
                has_power = path.startswith(kept)
                place.write_bytes(node.whole() if has_power else node.after_loss(random))

    def _after_loss(self, random: Random, kept: tuple[str, ...]) -> dict[str, Node]:
        names = dict(self._lasting)
        for named in _some(self._pending, random):
            _rename(names, named.names)
        whole = {
            path: node
            for path, node in names.items()
            if not path.startswith(kept) and self._has_folders(path, names)
        }
        return whole | {path: node for path, node in self.now.items() if path.startswith(kept)}

    def _has_folders(self, path: str, names: Mapping[str, Node]) -> bool:
        above = (str(one) for one in PurePosixPath(path).parents)
        return all(one in names for one in above if one.startswith(self._root))


def _some(changes: Sequence[Change], random: Random) -> list[Change]:
    """What of the changes reached the disk: none, all, the first of them, or any."""
    fate = random.choice(("none", "all", "first", "any"))
    if fate == "none":
        return []
    if fate == "first":
        return list(changes[: random.randint(0, len(changes))])
    return [one for one in changes if fate == "all" or random.random() < 0.5]


def _torn(change: Wrote, random: Random) -> list[Wrote]:
    """The sectors of one write that reached the disk: any."""
    ends = [*range(SECTOR - change.at % SECTOR, len(change.data), SECTOR), len(change.data)]
    starts = [0, *ends[:-1]]
    return [
        Wrote(change.at + start, change.data[start:end])
        for start, end in zip(starts, ends, strict=True)
        if random.random() < 0.5
    ]


def _apply(content: bytearray, change: Wrote | Cut) -> None:
    size = change.size if isinstance(change, Cut) else change.at
    if len(content) < size:
        content.extend(bytes(size - len(content)))
    if isinstance(change, Cut):
        del content[change.size :]
    else:
        content[change.at : change.at + len(change.data)] = change.data


def _rename(names: dict[str, Node], changes: Mapping[str, Node | None]) -> None:
    for path, node in changes.items():
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node
