"""The one door to every task: it says what it cannot do, and leaves nothing running."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAY = """
import sys
sys.path.insert(0, "scripts")
import foreground
from pathlib import Path
sys.exit(foreground.call(["sh", "-c", "echo $$; exec sleep 100"], Path.cwd()))
"""


def dev(*words: str) -> subprocess.CompletedProcess[str]:
    """Runs scripts/dev.py as make does."""
    return subprocess.run(
        [sys.executable, "scripts/dev.py", *words],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", [(), ("fly",)])
def test_an_unknown_task_is_answered_with_the_known_ones(words: tuple[str, ...]) -> None:
    done = dev(*words)
    assert done.returncode == 1
    assert "run | test | check | bench | shots | soak | installer" in done.stderr


def test_make_knows_every_task_of_the_door() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "\nrun test check bench shots soak installer:\n" in targets


@pytest.mark.skipif(os.name == "nt", reason="Signals of this kind are POSIX.")
def test_ending_the_door_ends_what_it_started() -> None:
    door = subprocess.Popen(
        [sys.executable, "-c", STAY],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with door:
        assert door.stdout is not None
        started = int(door.stdout.readline())
        door.send_signal(signal.SIGTERM)
        assert door.wait(timeout=20) == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)
