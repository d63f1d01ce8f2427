"""What a shift did to its files, call by call with every byte, from the output of strace."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

from tests.faults.power_disk import Cut, Disk, Folder, Inode, Wrote

OPTIONS = ("-ttt", "-xx", "-y", "-s", "1000000")
CALLS = (
    "openat", "mkdir", "pwrite64", "write", "ftruncate", "rename", "unlink", "fsync", "fdatasync",
)  # fmt: skip
_BY_NAME = ("openat", "mkdir", "rename", "unlink")
_SYNCS = ("fsync", "fdatasync")
_LINE = re.compile(r"^(\d+) +(\d+\.\d+) (.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_CUT_OFF = " <unfinished ...>"
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPEN = re.compile(r"^(?:\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")


class Call(Struct, frozen=True):
    """A call of a thread that worked: when it began, and its arguments as strace says them.

    One that another thread's call came between is told twice, first as `begins`.
    """

    thread: str
    name: str
    arguments: str
    at: float
    begins: bool = False

    @property
    def path(self) -> str:
        """The file that is spoken of by its descriptor."""
        found = _OPEN.match(self.arguments)
        return _plain(found[1]).decode() if found else ""

    def is_below(self, folder: Path) -> bool:
        """Whether it is about a file of this folder."""
        named = self.path if self.name not in _BY_NAME else self.texts()[0].decode()
        return named == str(folder) or named.startswith(f"{folder}/")

    def texts(self) -> list[bytes]:
        """The arguments that are bytes."""
        return [_plain(text) for text in _TEXT.findall(self.arguments)]

    def number(self, last: int = 1) -> int:
        """An argument that is a number, counted from the end."""
        return int(self.arguments.split(", ")[-last])


def calls(output: Path) -> list[Call]:
    """Every call that worked, in the order in which they were over."""
    begun: dict[str, tuple[str, float]] = {}
    found: list[Call] = []
    for line in output.read_text(encoding="ascii").splitlines():
        if (parts := _LINE.match(line)) is None:
            continue
        thread, at, said = parts[1], float(parts[2]), parts[3]
        is_cut_off = said.endswith(_CUT_OFF)
        if is_cut_off:
            said = said.removesuffix(_CUT_OFF)
            begun[thread] = said, at
            said += ") = 0"
        elif resumed := _RESUMED.match(said):
            start, at = begun.pop(thread)
            said = start + resumed[2]
        if (call := _CALL.match(said)) and int(call[3]) >= 0:
            found.append(Call(thread, call[1], call[2], at, is_cut_off))
    return found


class Replay:
    """Does the calls of a shift again, one by one, on a disk that can lose its power."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._ends: dict[str, int] = {}
        self._does: Mapping[str, Callable[[Call], None]] = {
            "openat": self._open, "mkdir": self._mkdir, "rename": self._rename,
            "unlink": self._unlink, "write": self._write, "pwrite64": self._pwrite,
            "ftruncate": self._cut, "fsync": self._sync, "fdatasync": self._sync,
        }  # fmt: skip
        self._asked: dict[str, int] = {}

    def step(self, call: Call) -> None:
        """Do one call; a sync is of what was handed over when it began."""
        if not call.begins:
            self._does[call.name](call)
        elif call.name in _SYNCS and (file := self._disk.file(call.path)) is not None:
            self._asked[call.thread] = file.handed

    def _open(self, call: Call) -> None:
        path = str(PurePosixPath(call.path) / call.texts()[0].decode())
        if "O_CREAT" in call.arguments and path not in self._disk.now:
            self._disk.name({path: Inode()})
        file = self._disk.file(path)
        if file is None:
            return
        if "O_TRUNC" in call.arguments and file.size:
            file.change(Cut(0))
        self._ends[path] = file.size if "O_APPEND" in call.arguments else 0

    def _mkdir(self, call: Call) -> None:
        self._disk.name({call.texts()[0].decode(): Folder()})

    def _rename(self, call: Call) -> None:
        old, new = (text.decode() for text in call.texts())
        if (file := self._disk.file(old)) is not None:
            self._disk.name({new: file, old: None})

    def _unlink(self, call: Call) -> None:
        path = call.texts()[0].decode()
        if path in self._disk.now:
            self._disk.name({path: None})

    def _write(self, call: Call) -> None:
        self._put(call, self._ends.get(call.path, 0))

    def _pwrite(self, call: Call) -> None:
        self._put(call, call.number())

    def _put(self, call: Call, at: int) -> None:
        if (file := self._disk.file(call.path)) is not None:
            data = call.texts()[-1]
            file.change(Wrote(at, data))
            self._ends[call.path] = at + len(data)

    def _cut(self, call: Call) -> None:
        if (file := self._disk.file(call.path)) is not None:
            file.change(Cut(call.number()))

    def _sync(self, call: Call) -> None:
        if (file := self._disk.file(call.path)) is not None:
            file.sync(self._asked.pop(call.thread, file.handed))
        else:
            self._disk.sync_folder(call.path)


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
