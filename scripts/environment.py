"""The project's own `.venv`, made from requirements.lock and nothing else.

A stamp written last tells whether it is whole and current, so that a second run costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

INSTALL = (
    "-m pip install --disable-pip-version-check --no-input --quiet"
    " --only-binary :all: --require-hashes -r"
)


class CannotPrepare(Exception):
    """The environment could not be made; says what to look at."""


def prepare(root: Path) -> Path:
    """Returns the environment's Python, after building it anew where it is not current."""
    folder, lock = root / ".venv", root / "requirements.lock"
    stamp, wanted = folder / "made-from", fingerprint(lock, folder)
    if not (stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        print("Making .venv from requirements.lock (about half a minute) ...", flush=True)
        build(folder, lock)
        stamp.write_text(wanted, encoding="utf-8")
    return interpreter(folder)


def fingerprint(lock: Path, folder: Path) -> str:
    """What an environment depends on: the lock, this Python, and where it stands."""
    content = hashlib.sha256(lock.read_bytes()).hexdigest()
    return "\n".join([content, sys.version, str(folder)])


def build(folder: Path, lock: Path) -> None:
    """Makes the environment from nothing, so that no package outlives its line in the lock."""
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(folder)]) != 0:
        raise CannotPrepare("This Python cannot make an environment: install its venv package.")
    if subprocess.call([str(interpreter(folder)), *INSTALL.split(), str(lock)]) != 0:
        raise CannotPrepare(
            "The Python packages could not be installed. Look at pip's message above: the network,"
            " a proxy (HTTPS_PROXY) or its certificate (PIP_CERT) is the usual cause."
        )


def interpreter(folder: Path) -> Path:
    """Where an environment keeps its Python on this system."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
