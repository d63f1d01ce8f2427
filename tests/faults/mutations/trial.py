"""Trying a bug: a copy of the tree, the bug in it, and the tests that must not pass there."""

import compileall
import os
import py_compile
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from tests.faults.mutations.records import ROOT, Mutation

COPIED = ("workstation", "tests", "resources", "scripts", "pyproject.toml")
LONGEST_S, LONGEST_OF_ALL_S = 400, 1800  # each test ends by itself after two minutes
PASSED, FAILED = 0, 1


class Trial(Struct, frozen=True):
    """What came of a bug: caught by this test, or why it was not."""

    name: str
    caught_by: str
    problem: str
    seconds: float


def copied_tree(folder: Path) -> Path:
    """The tree without what running it leaves behind, compiled so that each run starts quickly."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for name in ("workstation", "tests"):
        by_content = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(folder / name, quiet=2, invalidation_mode=by_content)
    return folder


def healthy(tree: Path, tests: Sequence[str]) -> str:
    """What is wrong with the tests where there is no bug: then they prove nothing."""
    done = _run(tree, sorted(set(tests)), LONGEST_OF_ALL_S)
    return "" if done.returncode == PASSED else done.stdout[-4000:] + done.stderr[-1000:]


def tried(tree: Path, mutation: Mutation) -> Trial:
    """Put the bug in, run its tests, take it out again."""
    began = time.monotonic()
    path = tree / mutation.file
    whole = path.read_text(encoding="utf-8")
    caught, problem = "", ""
    try:
        path.write_text(mutation.applied(tree), encoding="utf-8")
        caught, problem = _judged(_run(tree, ["-x", *mutation.tests]))
    except ValueError as wrong:
        problem = str(wrong)
    finally:
        path.write_text(whole, encoding="utf-8")
    return Trial(mutation.name, caught, problem, time.monotonic() - began)


def _judged(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    """The test that caught it; only a test that ran and failed has."""
    found = re.search(r"^(?:FAILED|ERROR) tests/(\S+)", done.stdout, re.MULTILINE)
    if done.returncode == FAILED and found:
        return found[1], ""
    if done.returncode == PASSED:
        return "", "SURVIVED"
    return "", f"its tests could not be run ({done.returncode}): {done.stdout[-600:]}"


def _run(
    tree: Path, arguments: Sequence[str], longest_s: float = LONGEST_S
) -> subprocess.CompletedProcess[str]:
    surroundings = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
    plain = ["-q", "--tb=no", "-rfE", "--no-header", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *plain, *arguments],
        cwd=tree,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=longest_s,
        check=False,
    )
