"""Processes of our own beside the window: the embedded store and the demand that plays into it.

A child tells its first line on a pipe and ends when its standard input closes: with this process,
however it ends.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

ENDING_S = 5.0


class ChildFailed(Exception):
    """A process of ours did not start; the sentence carries what it said."""


def own_command(*arguments: str) -> list[str]:
    """The command line that starts this program again, frozen or not."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "workstation", *arguments]


@contextmanager
def child(arguments: Sequence[str], environment: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Run ourselves with these arguments; gives the JSON object of its first line."""
    process = subprocess.Popen(
        own_command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        first = process.stdout.readline()
        if not first:
            raise ChildFailed(f"{' '.join(arguments[:2])} ended with {process.wait()}.")
        yield msgspec.json.decode(first, type=dict[str, object])
    finally:
        process.stdin.close()
        _end(process)
        process.stdout.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(ENDING_S)
    except subprocess.TimeoutExpired:
        process.terminate()
        process.wait()
