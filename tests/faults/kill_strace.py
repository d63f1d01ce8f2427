"""strace on a running process: counting its system calls, or breaking a chosen one of them."""

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "unlink")
_LINE = re.compile(r"^(\d+)\s+(\w+)\(")


class Strace:
    """A strace that is attached."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def let_go(self) -> None:
        """Detach, so that the calls work again; waits."""
        if self._process.poll() is None:
            self._process.terminate()
        self._process.wait(20)


@contextmanager
def attached(
    pid: int, output: Path, *options: str, calls: Sequence[str] = CALLS
) -> Iterator[Strace]:
    """Follow all threads of a process with these options until the end."""
    trace = "trace=" + ",".join(calls)
    process = subprocess.Popen(
        ["strace", "-f", "-q", "-p", str(pid), "-o", str(output), "-e", trace, *options],
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    strace = Strace(process)
    try:
        yield strace
    finally:
        strace.let_go()


def inject(call: str, what: str, when: str) -> tuple[str, str]:
    """The option that breaks the n-th such call of a thread: `signal=KILL`, `error=ENOSPC`."""
    return "-e", f"inject={call}:{what}:when={when}"


def counted(output: Path) -> dict[str, int]:
    """The most calls of each kind that any one thread made: strace counts by thread."""
    by_thread: Counter[tuple[str, str]] = Counter()
    for line in output.read_text(encoding="ascii", errors="replace").splitlines():
        if found := _LINE.match(line):
            by_thread[found[1], found[2]] += 1
    most: dict[str, int] = {}
    for (_, call), count in by_thread.items():
        most[call] = max(count, most.get(call, 0))
    return most


def points(most: dict[str, int]) -> list[tuple[str, int]]:
    """Every point to kill at: each kind of call, each of its counts."""
    return [(call, n) for call in CALLS for n in range(1, most.get(call, 0) + 1)]


def sampled(all_points: Sequence[tuple[str, int]], count: int) -> list[tuple[str, int]]:
    """The first and last of each kind of call, and the others evenly."""
    ends = {
        point
        for call in CALLS
        for some in [[p for p in all_points if p[0] == call]]
        for point in (some[:1] + some[-1:])
    }
    rest = [point for point in all_points if point not in ends]
    room = max(0, count - len(ends))
    even = {rest[n * len(rest) // room] for n in range(room)} if rest and room else set()
    return [point for point in all_points if point in ends | even]
