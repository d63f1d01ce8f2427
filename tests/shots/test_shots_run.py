"""The pictures can be drawn, and no words are clipped on the screen that says the most."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_screen_is_drawn_in_both_themes_at_both_sizes(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.shots", "--only", "offline", "--into", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "offline_dark_1366x768.png",
        "offline_dark_1920x1080.png",
        "offline_light_1366x768.png",
        "offline_light_1920x1080.png",
    ]
