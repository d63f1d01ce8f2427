"""The one door to every task: prepares this machine, then runs, tests, checks or measures.

Standard library only, and readable by an old Python, so that it can say what is missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import debian
import environment
import foreground
import session

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
MEASURES = {"bench": "tests/bench", "shots": "tests/shots", "soak": "tests/soak"}
ANOTHER_PYTHON = " Name another one so: make run PYTHON=python3.11"
NOT_BUILT = 2


def run(python: str, arguments: list[str]) -> int:
    """Starts the demonstration; without a screen, on a virtual one."""
    command = [python, "-m", "workstation", "demo", *arguments]
    if sys.platform.startswith("linux") and not has_screen():
        if not shutil.which("xvfb-run"):
            sys.exit("There is no screen here. Set DISPLAY, or install xvfb and xauth.")
        say("No screen here (DISPLAY and WAYLAND_DISPLAY are not set): starting on a virtual one,")
        say("which nobody sees. Ctrl+C ends it.")
        command = ["xvfb-run", "-a", "-s", "-screen 0 1440x900x24 -nolisten tcp", *command]
    return foreground.call(command, ROOT)


def test(python: str, arguments: list[str]) -> int:
    """Runs the suite without a screen, beside a keyring that is thrown away.

    All of it by two processes, since much of it waits: a file of tests is one process's alone.
    """
    is_whole = all(argument.startswith("-") for argument in arguments)
    by_two = ["-n", "2", "--dist", "loadfile"] if is_whole else []
    return session.call([python, "-m", "pytest", *by_two, *arguments], ROOT)


def check(python: str, arguments: list[str]) -> int:
    """Runs every check of the source, all of them even when one fails."""
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    checks = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "mypy"],
        [python, "-c", lint],
        [python, "-m", "pytest", "tests/architecture", "-q", "-k", "not tools", *arguments],
    ]
    surroundings = session.without_screen(dict(os.environ))
    return max([subprocess.call(each, cwd=ROOT, env=surroundings) for each in checks])


def measure(task: str, python: str, arguments: list[str]) -> int:
    """Runs a measuring program under the same surroundings as the tests."""
    return session.call([python, "-m", MEASURES[task].replace("/", "."), *arguments], ROOT)


def has_screen() -> bool:
    """Whether Qt was told where to draw."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in told)


def is_built(module: str) -> bool:
    """Whether a module, or a package that can be started, lies at this path of the source."""
    return (ROOT / (module + ".py")).exists() or (ROOT / module / "__main__.py").exists()


def say(sentence: str) -> None:
    """Prints at once, so that our lines stand before those of the programs we start."""
    print(sentence, flush=True)


def start(task: str, arguments: list[str]) -> int:
    """Prepares the machine and does one task; the result is its exit status."""
    source = MEASURES.get(task) or ("installer" if task == "installer" else None)
    if source and not is_built(source):
        say("make {} is not built yet: there is no {} in this version.".format(task, source))
        return NOT_BUILT
    debian.install_missing(for_tests=task in ("test", "soak"))
    python = str(environment.prepare(ROOT))
    if task == "installer":
        return foreground.call([python, "-m", "installer", *arguments], ROOT)
    if task in MEASURES:
        return measure(task, python, arguments)
    return TASKS[task](python, arguments)


TASKS = {"run": run, "test": test, "check": check}


def main() -> int:
    """Reads the task's name; what follows it is passed on to what the task starts."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit("Python 3.11 or later is needed; this is {}.".format(found) + ANOTHER_PYTHON)
    names = [*TASKS, *MEASURES, "installer"]
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        sys.exit("Say what to do: python3 scripts/dev.py " + " | ".join(names))
    try:
        return start(sys.argv[1], sys.argv[2:])
    except (debian.CannotInstall, environment.CannotPrepare) as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
