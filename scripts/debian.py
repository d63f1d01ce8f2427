"""The Debian packages the product needs, and how the missing ones are installed.

The list is fixed. What is about to be installed is said first, and nothing is asked on the way.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

TO_RUN = (
    "python3-venv libgl1 libegl1 libfontconfig1 libglib2.0-0 libxkbcommon0 libdbus-1-3"
    " libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
    " gnome-keyring dbus dbus-daemon xvfb xauth"
).split()
BOOKWORM_DATABASE = "postgresql-15"
OTHER_DATABASE = "postgresql"
TO_BREAK = "strace"
NO_CLUSTER = "/etc/postgresql-common/createcluster.d/no-main-cluster.conf"
APT = ["apt-get", "install", "-y", "--no-install-recommends"]
QUIETLY = ["-q", "-o", "Dpkg::Use-Pty=0", "-o", "Dpkg::Options::=--force-confold"]


class CannotInstall(Exception):
    """A needed package is missing and cannot be installed from here; says what to type."""


def install_missing(for_tests: bool) -> None:
    """Installs what the fixed list has and this machine has not; elsewhere does nothing."""
    if not (sys.platform.startswith("linux") and shutil.which("dpkg-query")):
        return
    missing = [name for name in needed(for_tests) if name not in installed()]
    if not missing:
        return
    line = " ".join([*APT, *missing])
    print("These Debian packages are missing here:\n  " + " ".join(missing), flush=True)
    prefix = authority(line)
    print("Installing them now, by:\n  " + line, flush=True)
    if BOOKWORM_DATABASE in missing or OTHER_DATABASE in missing:
        install_database_without_a_cluster(prefix, missing, line)
    else:
        install(prefix, missing, line)


def needed(for_tests: bool) -> list[str]:
    """The list for this release; the tests need a tracer and a database server besides."""
    if not for_tests:
        return TO_RUN
    servers = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    if shutil.which("initdb") or any(servers):
        return [*TO_RUN, TO_BREAK]
    return [*TO_RUN, TO_BREAK, BOOKWORM_DATABASE if release() == "bookworm" else OTHER_DATABASE]


def release() -> str:
    """The code name of the distribution's release, or nothing where it is not told."""
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    told = dict(line.split("=", 1) for line in lines if "=" in line)
    return told.get("VERSION_CODENAME", "").strip('"')


def installed() -> set[str]:
    """Names of installed packages, with the names they stand in for (as libglib2.0-0t64 does)."""
    form = "${db:Status-Status}\t${Package}, ${Provides}\n"
    told = subprocess.run(
        ["dpkg-query", "-W", "-f", form], stdout=subprocess.PIPE, check=True, encoding="utf-8"
    )
    names: set[str] = set()
    for line in told.stdout.splitlines():
        status, _, listed = line.partition("\t")
        if status == "installed":
            names.update(name.split(" ")[0] for name in listed.split(", ") if name)
    return names


def authority(line: str) -> list[str]:
    """What to put before a command so that it may install; raises with the line to type."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        raise CannotInstall("This needs root, and there is no sudo. As root, type:\n  " + line)
    asks = sys.stdin is not None and sys.stdin.isatty()
    return ["sudo"] if asks else ["sudo", "-n"]


def install_database_without_a_cluster(prefix: list[str], missing: list[str], line: str) -> None:
    """Keeps the server package from starting a database of its own: the tests make theirs.

    The setting is taken away again, so that the machine keeps its own way afterwards.
    """
    folder = NO_CLUSTER.rsplit("/", 1)[0]
    write = 'mkdir -p "$1" && echo "create_main_cluster = false" > "$2"'
    command([*prefix, "sh", "-c", write, "sh", folder, NO_CLUSTER], line)
    try:
        install(prefix, missing, line)
    finally:
        command([*prefix, "rm", "-f", NO_CLUSTER], line)


def install(prefix: list[str], missing: list[str], line: str) -> None:
    """Fetches the lists, then installs; a list that fails does not stop the installation."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if subprocess.call([*apt, "update", "-q"], stdin=subprocess.DEVNULL) != 0:
        print("Not every package list could be fetched; trying with those at hand.", flush=True)
    command([*apt, *APT[1:], *QUIETLY, *missing], line)


def command(words: list[str], line: str) -> None:
    """Runs one step of the installation; raises with the line to type where it fails."""
    stdin = None if words[0] == "sudo" and words[1] != "-n" else subprocess.DEVNULL
    if subprocess.call(words, stdin=stdin) != 0:
        raise CannotInstall("The packages could not be installed. As root, type:\n  " + line)
