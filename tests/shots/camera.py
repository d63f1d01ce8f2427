"""Takes a picture when nothing moves any more, with the menus that lie over the window."""

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

SETTLE_TURNS = 6


def settle() -> None:
    """Let layouts and what waits for them finish."""
    for _ in range(SETTLE_TURNS):
        QApplication.processEvents()


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
