"""Starts a program and stays with it, so that ending us ends it and all it has started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


def call(command: list[str], root: Path, surroundings: Mapping[str, str] | None = None) -> int:
    """Runs a command to its end; the result is its exit status.

    At a terminal the program shares our keyboard, Ctrl+C included. Elsewhere it leads a group of
    its own, to which every request to end is passed on.
    """
    if os.name == "nt" or (sys.stdin is not None and sys.stdin.isatty()):
        return subprocess.call(command, cwd=root, env=surroundings)
    asked: list[int] = []
    groups: list[int] = []

    def pass_on(number: int, _frame: object) -> None:
        asked.append(number)
        for group in groups:
            os.killpg(group, number)

    for name in ENDINGS:
        signal.signal(getattr(signal, name), pass_on)
    process = subprocess.Popen(command, cwd=root, env=surroundings, start_new_session=True)
    groups.append(process.pid)
    for number in asked:  # asked to end while the program was being started
        os.killpg(process.pid, number)
    status = process.wait()
    return status if status >= 0 else 128 - status
