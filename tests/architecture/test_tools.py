"""Lint and types are part of the suite, so that they cannot be forgotten."""

import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

RUFF = ("ruff", "check", ".", "--output-format=concise")
MYPY = ("mypy",)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("tool", [RUFF, MYPY], ids=["ruff", "mypy"])
def test_the_source_passes(tool: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *tool],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        pytest.fail(f"{tool[0]} found this:\n{done.stdout}{done.stderr}", pytrace=False)
