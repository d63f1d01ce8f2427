"""A process that has everything imported and forks one shift after another, to be traced.

It reads a line `SHIFT FOLDER` and answers `born PID`, then `ended STATUS`. Starting Python for
every kill would take longer than the shift itself.
"""

import os
import re
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.kill_rig import wait_until
from tests.faults.kill_shifts import SHIFTS
from tests.faults.kill_upgrade import UPGRADES

ROOT = Path(__file__).parents[2]
TRACED = re.compile(r"^TracerPid:\s+[1-9]", re.MULTILINE)
LOGGED = "log"


def main() -> None:
    """Fork a shift for each line."""
    for line in sys.stdin:
        name, folder = line.split()
        child = os.fork()
        if child == 0:
            _live((SHIFTS | UPGRADES)[name], Path(folder))
        _say(f"born {child}")
        _say(f"ended {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}")


def _live(shift: Callable[[Path], None], folder: Path) -> None:
    """The child: wait for the tracer, do the shift, leave without the parent's farewells."""
    status = 1
    try:
        log = os.open(folder / LOGGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(log, 1)
        os.dup2(log, 2)
        wait_until(_is_traced, what="strace attaches")
        shift(folder)
        status = 0
    except BaseException:  # noqa: BLE001 - the child says what went wrong by its log and status
        traceback.print_exc()
    finally:
        os._exit(status)


def _is_traced() -> bool:
    return TRACED.search(Path("/proc/self/status").read_text(encoding="ascii")) is not None


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


class Nursery:
    """The other end: bears a shift and tells how it ended."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def bear(self, shift: str, folder: Path) -> int:
        """The process of a new shift; it waits until it is traced."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{shift} {folder}\n")
        self._process.stdin.flush()
        return int(self._heard("born"))

    def ended(self) -> int:
        """How the shift ended: −9 when it was killed."""
        return int(self._heard("ended"))

    def _heard(self, word: str) -> str:
        assert self._process.stdout is not None
        said, _, rest = self._process.stdout.readline().strip().partition(" ")
        if said != word:
            raise RuntimeError(f"the nursery said “{said} {rest}”, not “{word}”")
        return rest


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery until the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.kill_nursery"],
        cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        try:
            yield Nursery(process)
        finally:
            process.stdin.close()


if __name__ == "__main__":
    main()
