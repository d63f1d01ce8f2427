"""From the first painted window to a person's desk: look, settings, demonstration, workstation."""

import argparse
import secrets
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from workstation.app.children import ChildFailed
from workstation.app.demonstration import demonstration
from workstation.app.logs import start_logging
from workstation.app.mishaps import telling_mishaps
from workstation.app.paths import Paths, machine_paths, paths_below
from workstation.app.people import PEOPLE
from workstation.app.person import Workplace
from workstation.app.settings import Settings, SettingsProblem, read_settings
from workstation.app.workstation import Visit, Workstation
from workstation.machine.resources import resource
from workstation.ui.fonts import load_fonts
from workstation.ui.garbage import Garbage
from workstation.ui.icons import set_icon_folder
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK, LIGHT

TURN_S = 0.0005


def start(task: str, arguments: list[str], application: QApplication, first: QWidget) -> int:
    """Open the workstation and stay until its window closes; the result is the exit status."""
    asked = _parser().parse_args(arguments)
    with ExitStack() as open_until_the_end:
        try:
            workstation = _workstation(task, asked, application, first, open_until_the_end)
        except (SettingsProblem, ChildFailed) as wrong:
            sys.stderr.write(f"{wrong}\n")
            return 2
        take_short_turns()
        open_until_the_end.callback(workstation.close)
        open_until_the_end.enter_context(telling_mishaps(workstation.say_mishap))
        open_until_the_end.callback(Garbage(application).end)
        workstation.begin()
        return application.exec()


def take_short_turns() -> None:
    """Python's threads change often: the window waits for the others' turn at many a call."""
    sys.setswitchinterval(TURN_S)


def dress(application: QApplication, theme: str) -> None:
    """Our fonts, icons and colours."""
    load_fonts(resource("fonts"))
    set_icon_folder(application, resource("icons"))
    apply_theme(application, LIGHT if theme == "light" else DARK)


def _workstation(
    task: str,
    asked: argparse.Namespace,
    application: QApplication,
    first: QWidget,
    open_until_the_end: ExitStack,
) -> Workstation:
    if task == "demo":
        return _visit(asked, application, first, open_until_the_end)
    paths = machine_paths()
    settings = read_settings(paths.settings)
    _prepare(paths, settings, application)
    if not settings.store:
        raise SettingsProblem(
            f"{paths.settings}: set `store` to the address of your force's central store."
        )
    return Workstation(Workplace(settings.workstation, settings.store, paths.profiles), first)


def _visit(
    asked: argparse.Namespace,
    application: QApplication,
    first: QWidget,
    open_until_the_end: ExitStack,
) -> Workstation:
    folder = Path(
        open_until_the_end.enter_context(
            tempfile.TemporaryDirectory(prefix="demonstration-", ignore_cleanup_errors=True)
        )
    )
    paths = paths_below(folder)
    _prepare(paths, Settings(theme=asked.theme), application)
    shown = open_until_the_end.enter_context(
        demonstration(folder, asked.force, asked.backlog, asked.rate)
    )
    accounts = {person.role: person.account for person in reversed(PEOPLE)}
    visit = Visit(shown.password, accounts, secrets.token_bytes(32))
    return Workstation(Workplace("W07", shown.url, paths.profiles), first, visit)


def _prepare(paths: Paths, settings: Settings, application: QApplication) -> None:
    start_logging(paths.logs)
    dress(application, settings.theme)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workstation", description=__doc__)
    parser.add_argument("--force", default="cambridgeshire")
    parser.add_argument("--theme", choices=("dark", "light"), default="dark")
    parser.add_argument("--backlog", type=int, default=40, help="reports waiting at first")
    parser.add_argument("--rate", type=float, default=6.0, help="reports a minute after that")
    return parser
