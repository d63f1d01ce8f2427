"""The measuring program runs and prints every row; what it measures is judged by people."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = (
    "start to first paint",
    "report read and suggested for",
    "100,000 characters without a space read",
    "check for earlier contacts of",
    "search of",
    "start to the queue",
    "first fill",
    "reports/s",
    "command acknowledged",
    "command kept here",
    "key to filtered list",
    "theme switch",
    "palette open",
    "key to places offered",
    "longest standstill while",
    "load average",
    "PySide6-Essentials",
)


def test_a_quick_run_prints_every_row() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--quick"],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not [row for row in ROWS if row not in done.stdout]
