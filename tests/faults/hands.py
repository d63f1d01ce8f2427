"""A handler's hands on a real window, one key at each turn: notes, grades, contacts, filters."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from workstation.domain.report import ReportId
from workstation.views.decide.column import GRADE
from workstation.views.queue.columns import QueueColumn
from workstation.views.shell import TAKING, MainWindow
from workstation.views.work import QUEUE

Keys = Iterator[None]
KEY_MS = 60
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Hands(QObject):
    """Types until told to stop; counts what was done."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window, self._desk = window, window.desk
        self.notes = self.grades = self.contacts = self.keys = 0
        window.taking.taken.connect(self._taken)
        self._shift = self._works()
        self._timer = QTimer(self, interval=KEY_MS)
        self._timer.timeout.connect(lambda: next(self._shift))
        self._timer.start()

    def stop(self) -> None:
        """No more keys."""
        self._timer.stop()

    def _works(self) -> Keys:
        while True:
            id = self._ungraded()
            yield from self._note(id)
            yield from self._grade(id)
            yield from self._contact()
            yield from self._narrow()

    def _note(self, id: ReportId) -> Keys:
        work = self._window.work
        self._window.go(QUEUE)
        yield
        self._window.open_report(id)
        yield
        work.report.write_note()
        yield from self._type(f"Rang back, note {self.notes}.")
        work.report.composer.add.click()
        self.notes += work.report.composer.text.text == ""
        yield

    def _grade(self, id: ReportId) -> Keys:
        column = self._window.work.decide
        column.open_panel(GRADE)
        yield
        for letter in "THRIVE":
            yield from self._press(Qt.Key(ord(letter)))
            yield from self._press(Qt.Key.Key_2)
        yield from self._press(Qt.Key.Key_R, ALT)
        yield from self._type("Seen on camera")
        while column.hold.is_settling:
            yield
        yield from self._press(Qt.Key.Key_Return, CTRL)
        shown = self._desk.report(id)
        self.grades += shown is not None and shown.report.grading is not None

    def _contact(self) -> Keys:
        self._window.go(TAKING)
        yield
        yield from self._type("Burglary, back door forced")
        yield from self._press(Qt.Key.Key_Return, CTRL)

    def _narrow(self) -> Keys:
        self._window.go(QUEUE)
        column = self._window.work.list
        assert isinstance(column, QueueColumn)
        column.open_filter()
        yield
        yield from self._type("bicycle 7")
        yield from self._press(Qt.Key.Key_Escape)
        for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_End, Qt.Key.Key_Home):
            yield from self._press(key)

    def _ungraded(self) -> ReportId:
        """The first report of the list that nobody graded, else the first."""
        model = self._window.work.queue.rows.model
        rows = [row for place in range(64) if (row := model.row_at(place)) is not None]
        return next((row.id for row in rows if not row.grade_code), rows[0].id)

    def _type(self, words: str) -> Keys:
        for letter in words:
            self.keys += 1
            QTest.keyClicks(_keyboard(), letter)
            yield

    def _press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> Keys:
        self.keys += 1
        QTest.keyClick(_keyboard(), key, modifiers)
        yield

    def _taken(self, _id: ReportId) -> None:
        self.contacts += 1


def _keyboard() -> QWidget:
    """Where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "The keyboard is nowhere."
    return widget
