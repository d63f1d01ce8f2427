"""Takes a picture when nothing moves any more, with the menus that lie over the window."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

SETTLE_TURNS = 6
PATIENCE_S = 3.0


def settle() -> None:
    """Let layouts and what waits for them finish."""
    for _ in range(SETTLE_TURNS):
        QApplication.processEvents()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Run the loop until it is so; what never comes is a mistake in the picture."""
    ends = perf_counter() + PATIENCE_S
    while not is_so():
        QApplication.processEvents()
        if perf_counter() > ends:
            raise TimeoutError(f"What the picture waits for did not come in {PATIENCE_S:.0f} s.")


def picture(window: QWidget) -> QPixmap:
    """The window as a person sees it."""
    settle()
    found = window.grab()
    over = [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible()]
    with QPainter(found) as painter:
        for popup in over:
            painter.drawPixmap(window.mapFromGlobal(popup.mapToGlobal(QPoint())), popup.grab())
    return found


def save(window: QWidget, path: Path) -> None:
    """Keep the picture."""
    if not picture(window).save(str(path)):
        raise OSError(f"{path} could not be written.")
