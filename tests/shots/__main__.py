"""Draws every screen in both themes at both sizes: `python -m tests.shots [--only NAME]`.

The pictures go to build/shots. Words that do not fit are listed at the end and fail the run.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.shots.camera import save, settle, wait_until
from tests.shots.clips import clipped
from tests.shots.morning import a_hub
from tests.shots.picture import Picture
from tests.shots.pictures import CHAPTERS
from tests.shots.story import Night, a_night
from workstation.app.start import dress
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK, LIGHT, Tokens
from workstation.views.shell import MainWindow
from workstation.views.sign_in import SignInScreen

ROOT = Path(__file__).parents[2]
SCREEN = Path(__file__).with_name("screen.json")
SIZES = ((1920, 1080), (1366, 768))
EMPTY, SIGN_IN, SIGN_IN_PROBLEM = "empty_queue", "sign_in", "sign_in_problem"
PROBLEM = "Account or password is wrong. Check both, then sign in again."


class Roll(Struct):
    """One theme at one size: where its pictures go, which are wanted, what did not fit."""

    folder: Path
    tokens: Tokens
    size: tuple[int, int]
    only: str
    clips: list[str]

    def wants(self, name: str) -> bool:
        """Whether this picture is asked for."""
        return self.only in ("", name)

    def take(self, name: str, window: QWidget) -> None:
        """Keep the picture of a window and note what does not fit."""
        file = f"{name}_{self.tokens.name}_{self.size[0]}x{self.size[1]}"
        save(window, self.folder / f"{file}.png")
        self.clips += [f"CLIP {words} {file}" for words in clipped(window)]

    def show(self, window: QWidget) -> None:
        """Put the window on screen at this size."""
        window.resize(*self.size)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowExposed(window)
        settle()


def main(arguments: Sequence[str]) -> int:
    """Draw what is asked for; the result is 1 if any words do not fit."""
    parser = argparse.ArgumentParser(prog="tests.shots", description=__doc__)
    parser.add_argument("--only", default="", help="the name of one picture")
    parser.add_argument("--into", type=Path, default=ROOT / "build" / "shots")
    asked = parser.parse_args(arguments)
    names = {EMPTY, SIGN_IN, SIGN_IN_PROBLEM, *(one.name for each in CHAPTERS for one in each)}
    if asked.only and asked.only not in names:
        parser.error(f"There is no picture of that name. Choose from: {', '.join(sorted(names))}.")
    asked.into.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREEN}"
    os.environ.setdefault("QT_LOGGING_RULES", "qt.text.font.db.warning=false")
    application = QApplication([])
    dress(application, "dark")
    clips: list[str] = []
    for roll in rolls(asked.into, asked.only, clips):
        apply_theme(application, roll.tokens)
        draw(roll)
    for line in clips:
        print(line)
    print(f"{len(list(asked.into.glob('*.png')))} pictures in {asked.into}, {len(clips)} clipped")
    return 1 if clips else 0


def rolls(folder: Path, only: str, clips: list[str]) -> Iterator[Roll]:
    """Both themes at both sizes."""
    for tokens in (DARK, LIGHT):
        for size in SIZES:
            yield Roll(folder, tokens, size, only, clips)


def draw(roll: Roll) -> None:
    """Every picture of one theme and size."""
    for chapter in CHAPTERS:
        if any(roll.wants(picture.name) for picture in chapter):
            with a_folder() as folder, a_night(folder) as night:
                _draw_night(roll, night, chapter)
    with a_folder() as folder:
        _draw_empty(roll, folder)
    _draw_sign_in(roll)


@contextmanager
def a_folder() -> Iterator[Path]:
    """A folder that is thrown away."""
    with TemporaryDirectory(prefix="shots-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _draw_night(roll: Roll, night: Night, chapter: Sequence[Picture]) -> None:
    for picture in chapter:
        if not roll.wants(picture.name):
            continue
        night.exchange()
        window = MainWindow(night.seats[picture.who].desk, picture.is_demonstration)
        roll.show(window)
        picture.act(night, window)
        settle()
        wait_until(partial(_may_be_pressed, window))
        roll.take(picture.name, window)
        _dispose(window)


def _may_be_pressed(window: MainWindow) -> bool:
    return not window.work.decide.hold.is_settling


def _draw_empty(roll: Roll, folder: Path) -> None:
    if not roll.wants(EMPTY):
        return
    with a_hub(folder) as hub, hub.seat("kelly", "W07") as seat:
        window = MainWindow(seat.desk)
        roll.show(window)
        roll.take(EMPTY, window)
        _dispose(window)


def _draw_sign_in(roll: Roll) -> None:
    for name, problem in ((SIGN_IN, ""), (SIGN_IN_PROBLEM, PROBLEM)):
        if roll.wants(name):
            screen = SignInScreen("https://hub.example.police.uk")
            roll.show(screen)
            if problem:
                screen.show_trouble(problem)
            roll.take(name, screen)
            _dispose(screen)


def _dispose(window: QWidget) -> None:
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    settle()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
