"""What the window's thread costs: a letter in the filter, a change of theme, the palette."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.bench.figures import Figure, Sizes, timed
from tests.bench.rig import Station
from tests.world import listed
from workstation.app.start import dress
from workstation.desk import Desk
from workstation.ui.theme import apply_theme, current
from workstation.ui.tokens import DARK, LIGHT, Tokens
from workstation.views.queue.columns import QueueColumn
from workstation.views.queue.view import QueueList
from workstation.views.shell import MainWindow

STREETS = ("mill road", "histon", "high st")
WORDS = ("stolen", "night", "cambridge", "neighbour")
PATIENCE_S = 20.0


class Painted(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        self.widget = watched
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, ARG002 - Qt
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False

    def wait(self, until: Callable[[], bool] = lambda: True) -> None:
        """Run the loop until it is painted once more with `until` true."""
        before, ends = self.count, perf_counter() + PATIENCE_S
        while not (self.count > before and until()):
            if self.count > before:
                self.widget.update()
            QApplication.processEvents()
            if perf_counter() > ends:
                raise TimeoutError(f"{self.widget} was not painted in {PATIENCE_S:.0f} s.")


def queue_list(window: QWidget) -> QueueList:
    """The rows of the queue in a window."""
    return window.findChildren(QueueColumn)[0].rows.list


def in_window(station: Station, folder: Path, sizes: Sizes) -> list[Figure]:
    """All that is measured in an open window over the filled cache."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    dress(application, "dark")
    with station.desk(folder / "profiles") as desk:
        window = MainWindow(desk)
        window.resize(1920, 1080)
        window.show()
        QTest.qWaitForWindowExposed(window)
        figures = [filtering(window, desk, sizes), theme(application, window, sizes)]
        figures.append(palette(window, sizes))
        figures.append(places(desk, sizes))
        window.close()
    return figures


def filtering(window: MainWindow, desk: Desk, sizes: Sizes) -> Figure:
    """A letter more in the field that narrows the queue, until the rows are painted."""
    column = window.findChildren(QueueColumn)[0]
    column.fill(at_once=True)
    column.open_filter()
    painted = Painted(column.rows.list.viewport())
    mine, floor = [], []
    letters = [(word, letter) for word in WORDS for letter in word]
    for number in range(sizes.keys):
        word, letter = letters[number % len(letters)]
        if not word.startswith(column.words.text() + letter):
            column.words.clear()
            column.fill(at_once=True)
            painted.wait()
        mine.append(timed(lambda letter=letter: _type(column, painted, letter)))  # type: ignore[misc]
        floor.append(timed(lambda: _repaint(painted)))
    column.clear_filters()
    what = f"key to filtered list, {len(listed(desk, column.filter)):,} reports"
    return Figure(what, mine, floor, "the same list painted again")


def theme(application: QApplication, window: MainWindow, sizes: Sizes) -> Figure:
    """Night to day and back, until the window is painted."""
    painted = Painted(window)
    mine, floor = [], []
    for _ in range(max(2, sizes.rounds)):
        other = LIGHT if current() is DARK else DARK
        mine.append(timed(lambda other=other: _switch(application, painted, other)))  # type: ignore[misc]
        floor.append(timed(lambda: _repaint(painted)))
    apply_theme(application, DARK)
    return Figure("theme switch", mine, floor, "the same window painted again")


def palette(window: MainWindow, sizes: Sizes) -> Figure:
    """The palette opened over the window, until its rows are painted."""
    painted = Painted(window.palette_box.list.viewport())
    beneath = Painted(window)
    mine, floor = [], []
    for _ in range(max(2, sizes.rounds)):
        mine.append(timed(lambda: _open_palette(window, painted)))
        window.palette_box.dismiss()
        QApplication.processEvents()
        floor.append(timed(lambda: _repaint(beneath)))
    return Figure("palette open", mine, floor, "the window painted again")


def places(desk: Desk, sizes: Sizes) -> Figure:
    """A letter more of a place, until what is known and was reported before is found."""
    typed = [word[: n + 1] for word in STREETS for n in range(len(word))]
    mine, floor = [], []
    for number in range(sizes.keys):
        text = typed[number % len(typed)]
        mine.append(timed(lambda text=text: desk.where(text)))  # type: ignore[misc]
        floor.append(timed(lambda text=text: desk.stock.shelf.earlier_places(text)))  # type: ignore[misc]
    return Figure("key to places offered", mine, floor, "the earlier reports searched alone")


def _open_palette(window: MainWindow, painted: Painted) -> None:
    window.open_palette()
    painted.wait()


def _type(column: QueueColumn, painted: Painted, letter: str) -> None:
    QTest.keyClick(column.words, Qt.Key(ord(letter.upper())))
    if column.rows.list.isVisible():
        painted.widget.update()
        painted.wait()


def _switch(application: QApplication, painted: Painted, tokens: Tokens) -> None:
    apply_theme(application, tokens)
    painted.wait()


def _repaint(painted: Painted) -> None:
    painted.widget.update()
    painted.wait()
