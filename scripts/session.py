"""The surroundings of a test run: no screen, and a real but throw-away keyring.

Nobody's own keyring, settings or caches are touched; what was made is removed afterwards.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import foreground

MARK = "WORKSTATION_THROWAWAY_KEYRING"
FOLDERS = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
UNLOCKED = """
printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
exec "$@"
"""


def call(command: list[str], root: Path) -> int:
    """Runs a command in these surroundings; its exit status is the result."""
    surroundings = without_screen(dict(os.environ))
    if not all(map(shutil.which, NEEDED)):
        if sys.platform.startswith("linux"):
            print("No Secret Service here: the tests use a keyring in memory.", flush=True)
        return foreground.call(command, root, surroundings)
    with tempfile.TemporaryDirectory(prefix="dhw-", ignore_cleanup_errors=True) as folder:
        surroundings.update(dict.fromkeys(FOLDERS, folder))
        surroundings[MARK] = "1"
        session = ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh"]
        return foreground.call([*session, *command], root, surroundings)


def without_screen(surroundings: dict[str, str]) -> dict[str, str]:
    """The same surroundings with Qt drawing to memory, unless another platform is asked for."""
    surroundings.setdefault("QT_QPA_PLATFORM", "offscreen")
    return surroundings
