"""A real PostgreSQL server that lives as long as a test session and listens to nobody else.

It runs as the user postgres where the tests run as root, because the server refuses root.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def server_programs() -> Path | None:
    """The folder of the newest installed server's programs, or None where there is no server."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda program: int(program.parts[-3]) if program.parts[-3].isdigit() else 0,
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def throwaway_server(programs: Path, settings: str = SPEED) -> Iterator[str]:
    """Starts a server on a socket in a folder of its own; yields the URL of its first database."""
    folder = tempfile.mkdtemp(prefix="pgtest.", dir="/tmp")
    as_server = as_server_user(folder)
    data = f"{folder}/data"
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} {settings}"
    make = ["-D", data, "-U", "app", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
    control = [*as_server, f"{programs}/pg_ctl", "-D", data, "-s"]
    try:
        run([*as_server, f"{programs}/initdb", *make])
        run([*control, "-w", "-l", f"{folder}/log", "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://app@/postgres?host={folder}"
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder)


def as_server_user(folder: str) -> list[str]:
    """Gives the folder to the server's user; returns what to put before the server's commands."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def run(command: list[str]) -> None:
    """Runs a server program where its user may read; its complaint becomes ours."""
    done = subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} failed: {done.stderr.strip()}")


@contextmanager
def fresh_database(server_url: str, name: str) -> Iterator[str]:
    """Makes an empty database, yields its URL, and drops it even while it is still in use."""
    with psycopg.connect(plain(server_url), autocommit=True) as server:
        quoted = sql.Identifier(name)
        server.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
        try:
            yield server_url.replace("/postgres?", f"/{name}?")
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def plain(url: str) -> str:
    """The URL without SQLAlchemy's driver name, as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
