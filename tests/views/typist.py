"""A person who types into a real window in a process of its own, which is then killed.

`python -m tests.views.typist FOLDER DEED` tells a line of JSON for each step: first who is signed
in and the report's id, then what the deed says. It never ends by itself.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.gallery import prepare
from tests.views import sample
from tests.views.stage import Night, a_night
from workstation.domain.report import ReportId
from workstation.ui.theme import apply_theme
from workstation.ui.tokens import DARK
from workstation.views.shell import TAKING, MainWindow

NOTE = "He is at the back door now"
WHY = "Children in the house"
PEOPLE = "A man in a red coat"
CALL = "There is smoke over the"
EVERY_MS = 40


def main(folder: Path, deed: str) -> None:
    """Open the window, do the deed, and wait to be killed."""
    application = QApplication([])
    prepare(application)
    apply_theme(application, DARK)
    with a_night(folder) as night:
        sample.fill_two(night)
        window = MainWindow(night.desk)
        window.resize(1920, 1080)
        window.show()
        window.activateWindow()
        window.open_report(night["noise"])
        say(session=night.seat().credentials.session(), report=night["noise"])
        DEEDS[deed](night, window)
        application.exec()


def say(**what: object) -> None:
    """One line for the other end."""
    sys.stdout.write(msgspec.json.encode(what).decode() + "\n")
    sys.stdout.flush()


def type_everywhere(night: Night, window: MainWindow) -> None:
    """A note, a reason, a fact and a call; tell when the last of them was saved by itself."""
    keys(window.work.report.composer.text, NOTE)
    window.work.decide.open_panel(0)
    window.work.decide.grade.pick("P")
    keys(window.work.decide.grade.reason, WHY)
    window.work.report.edit_facts()
    people = window.work.report.facts.form.line("people")
    people.selectAll()
    keys(people, PEOPLE)
    window.go(TAKING)
    keys(window.taking.what.account, CALL)
    kept: Callable[[], bool] = lambda: has_all(night)  # noqa: E731
    night.desk.draft_saved.connect(lambda _: say(saved=True) if kept() else None)


def has_all(night: Night) -> bool:
    """Whether the four texts are on disk as they were typed."""
    wanted = {
        (night["noise"], "note"): NOTE,
        (night["noise"], "grade.reason"): WHY,
        (night["noise"], "facts.people"): PEOPLE,
        (ReportId("taking"), "account"): CALL,
    }
    drafts = {key: night.desk.draft(*key) for key in wanted}
    return all(one is not None and one.text == wanted[key] for key, one in drafts.items())


def type_without_a_pause(_night: Night, window: MainWindow) -> None:
    """A letter every 40 ms, each told with its time: no pause ever lets a timer run out."""
    text, typed = window.work.report.composer.text, [0]
    text.setFocus()

    def one_more() -> None:
        typed[0] += 1
        QTest.keyClicks(text, "a")
        say(typed=typed[0], at=time.monotonic())

    timer = QTimer(window)
    timer.timeout.connect(one_more)
    timer.start(EVERY_MS)


def keys(widget: QWidget, words: str) -> None:
    """Type where the keyboard is."""
    widget.setFocus()
    QTest.keyClicks(widget, words)


DEEDS: dict[str, Callable[[Night, MainWindow], None]] = {
    "everywhere": type_everywhere,
    "steadily": type_without_a_pause,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
