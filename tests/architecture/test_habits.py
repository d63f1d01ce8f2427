"""What must never be written: sleeping tests, stand-ins for our own classes, hosts in the lock."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator

from tests.architecture.source import ROOT, imported, refuse, sources

MOCKS = {"mock", "unittest.mock", "pytest_mock", "asynctest"}
SLEEPS = {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "asyncio.sleep"}
HOST = re.compile(r"://|--(extra-)?index|--find-links|--trusted-host|@ file")


def test_no_test_waits_for_a_fixed_time() -> None:
    sleepy = [
        f"{file.path}:{line} {name}"
        for file in sources("tests")
        for line, name in calls(file.tree)
        if name in SLEEPS
    ]
    refuse(sleepy, "Wait for what must happen (qtbot.waitUntil, waitSignal), not for a time")


def test_nothing_of_ours_is_mocked() -> None:
    mocked = [
        f"{file.path}:{getattr(node, 'lineno', 0)}"
        for file in sources()
        for node in ast.walk(file.tree)
        if MOCKS & set(imported(node)) or names_mock(node)
    ]
    refuse(mocked, "Use the real object, or a small fake written by hand")


def test_the_lock_names_no_host_and_hashes_every_package() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if HOST.search(line)]
    pins = [number for number, line in enumerate(lines) if re.match(r"[A-Za-z0-9]", line)]
    assert pins
    assert not [lines[number] for number in pins if "--hash=sha256:" not in lines[number + 1]]


def test_the_lock_holds_every_package_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)", lock, re.MULTILINE))
    names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in asked}
    refuse(sorted(names - locked), "Make requirements.lock again: it lacks these")


def test_the_ci_door_can_be_opened() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and written name of every call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def names_mock(node: ast.AST) -> bool:
    """Whether this is `from unittest import mock`."""
    return isinstance(node, ast.ImportFrom) and node.module == "unittest" and any(
        name.name == "mock" for name in node.names
    )  # fmt: skip
