"""The stage of a journey: a store in a process of its own, people at real windows, and an auditor.

Every wait is for something to become true; nothing sleeps.
"""

import itertools
import os
import secrets
import subprocess
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as WaitedInVain
from pytestqt.qtbot import QtBot

from tests.journeys.hands import Hands
from tests.journeys.public import FORCE, Public
from workstation.app.children import child, own_command
from workstation.app.people import PASSWORD_VARIABLE
from workstation.app.person import Workplace, desk_of
from workstation.app.workstation import Visit, Workstation
from workstation.desk.desk import Desk
from workstation.domain.act import Event
from workstation.domain.decider import event_decoder, fold
from workstation.domain.report import Report, ReportId
from workstation.sync.credentials import HeldCredentials
from workstation.sync.link import Link
from workstation.views.shell import MainWindow
from workstation.wire.protocol import SignIn

PATIENCE_MS = 20_000
SMALL, LARGE = (1366, 768), (1920, 1080)
MOST_TABS = 60
_names = itertools.count(1)


class Store:
    """The store's process, its public, and one who reads its journal."""

    def __init__(self, url: str, password: str) -> None:
        self.url = url
        self.password = password
        self.public = Public(url, password)
        self._auditor = Link(url)
        self._token = self._auditor.sign_in(SignIn("supervisor", password, "AUDIT")).token

    def journal(self, report: ReportId) -> list[dict[str, object]]:
        """The events of a report in the order of the feed, each with its `type`."""
        lines = self._auditor.journal(self._token, report).lines
        return [msgspec.json.decode(line.event, type=dict[str, object]) for line in lines]

    def folded(self, report: ReportId) -> Report | None:
        """The report that its journal alone gives."""
        history: dict[str, list[Event]] = defaultdict(list)
        for line in self._auditor.journal(self._token, report).lines:
            history[line.command_id].append(event_decoder.decode(line.event))
        return fold(history.values(), report)

    def told(self, report: ReportId) -> list[str]:
        """The kinds of the events of a report."""
        return [str(event["type"]) for event in self.journal(report)]

    def event(self, report: ReportId, kind: str) -> dict[str, object]:
        """The newest event of a kind."""
        found = [event for event in self.journal(report) if event["type"] == kind]
        assert found, f"No {kind} in {self.told(report)}."
        return found[-1]

    def close(self) -> None:
        """End the connections; the process ends with its context."""
        self.public.close()
        self._auditor.close()


@contextmanager
def running_store(folder: Path) -> Iterator[Store]:
    """A store process for as long as the context lasts; then its journal and ledger must hold."""
    password = secrets.token_urlsafe(16)
    environment = {PASSWORD_VARIABLE: password, "PYTHONPATH": os.getcwd()}
    key = folder / "key"
    arguments = ["embedded", "--folder", str(folder), "--force", FORCE, "--key-file", str(key)]
    with child(arguments, environment) as first:
        store = Store(str(first["url"]), password)
        try:
            yield store
        finally:
            store.close()
    for question in (["verify"], ["numbers", "audit"]):
        whole = ["store", "--database", str(folder / "store.db"), "--key-file", str(key)]
        answer = subprocess.run(
            own_command(*whole, *question), capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stdout + answer.stderr


class Seat:
    """One workstation with its window, and the hands of who sits there."""

    def __init__(self, qtbot: QtBot, store: Store, workstation: Workstation, hands: Hands) -> None:
        self._qtbot = qtbot
        self._store = store
        self.workstation = workstation
        self.hands = hands

    @property
    def window(self) -> QWidget:
        """What is on screen."""
        return self.workstation._window

    @property
    def main(self) -> MainWindow:
        """The main window; somebody has signed in."""
        window = self.window
        assert isinstance(window, MainWindow)
        return window

    @property
    def is_working(self) -> bool:
        """Whether somebody has signed in and the main window is up."""
        return isinstance(self.window, MainWindow)

    @property
    def desk(self) -> Desk:
        """What the window shows; only to be read."""
        return self.main.desk

    def sit(self) -> None:
        """Turn to this window, as with Alt+Tab."""
        self.window.activateWindow()
        self.until(lambda: QApplication.activeWindow() is self.window)

    def sign_in(self, account: str, password: str) -> None:
        """Type who they are; the caret stands in the account field."""
        self.sit()
        self.hands.write(account)
        self.hands.press("Tab")
        self.hands.write(password)
        self.hands.press("Return")

    def until(self, holds: Callable[[], object], timeout: int = PATIENCE_MS) -> None:
        """Wait for something to become true; a failure tells what is on screen."""
        try:
            self._qtbot.waitUntil(lambda: bool(holds()), timeout=timeout)
        except WaitedInVain as wrong:
            where = QApplication.focusWidget()
            raise AssertionError(f"{wrong}\nThe keyboard is at {where}.\n{self.reads()}") from None

    def reads(self) -> str:
        """Every word on screen."""
        return words_in(self.window)

    def until_reads(self, words: str, timeout: int = PATIENCE_MS) -> None:
        """Wait for words to come up on screen."""
        self.until(lambda: words in self.reads(), timeout)

    def stand_on(self, report: ReportId) -> None:
        """Move the list's cursor to a report with J and K; it has to be in the list on screen."""
        rows = self.main.work.list.rows
        self.until(lambda: report in rows.model.ids)
        for _ in rows.model.ids:
            if rows.current_id == report:
                return
            is_above = rows.model.place_of(report) < rows.model.place_of(rows.current_id)
            self.hands.press("K" if is_above else "J")
        where = QApplication.focusWidget()
        assert rows.current_id == report, f"J does not lead there; the keyboard is at {where}."

    def press_primary(self) -> None:
        """Ctrl+Enter, once the key is no longer held; the next act is then on this desk.

        What the words suggest comes from beside the window, and holds the key once more.
        """
        work = self.main.work
        open_one = work.report.report_id
        self.until(lambda: open_one is None or self.desk.suggested(open_one) is not None)
        self.until(work.decide.footer.primary.isEnabled)
        self.hands.press("Ctrl+Return")

    def assess(self, levels: str) -> None:
        """Choose THRIVE levels: each element's letter, then its digit, as in `T1 H2`."""
        for level in levels.split():
            self.hands.press(*level)

    def tab_to(self, name: str) -> None:
        """Press Tab until the keyboard is at what a screen reader calls by this name."""
        for _ in range(MOST_TABS):
            focused = QApplication.focusWidget()
            if focused is not None and focused.accessibleName() == name:
                return
            self.hands.press("Tab")
        raise AssertionError(f"{MOST_TABS} times Tab do not lead to {name!r}.")

    def has_keyboard_on_list(self) -> bool:
        """Whether J and K move through the list."""
        return QApplication.focusWidget() is self.main.work.list.rows.list

    def reference(self, report: ReportId) -> str:
        """The incident number, as the handler reads it."""
        shown = self.desk.report(report)
        assert shown is not None
        return shown.report.reference

    def until_sent(self, timeout: int = PATIENCE_MS) -> None:
        """Wait until nothing of this desk waits for the store."""
        self.until(lambda: self.desk.link().online and not self.desk.link().waiting, timeout)

    def agreed(self, other: Desk, report: ReportId, holds: Callable[[Report], object]) -> Report:
        """The report once another desk sees it as it should be, and as its journal folds."""

        def known() -> bool:
            shown = other.report(report)
            if shown is None or shown.pending or not holds(shown.report):
                return False
            return shown.report == self._store.folded(report)

        self.until(known)
        shown = other.report(report)
        assert shown is not None
        return shown.report

    def ended(self) -> None:
        """Close window and desk."""
        self.workstation.close()
        window = self.workstation._window
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def seat(
    qtbot: QtBot,
    store: Store,
    profiles: Path,
    address: str = "",
    size: tuple[int, int] = LARGE,
    visit: Visit | None = None,
) -> Iterator[Seat]:
    """A workstation on which nobody has signed in yet; `address` leads by another wire."""
    place = Workplace(f"W{next(_names):02}", address or store.url, profiles)
    first = QLabel("Starting")
    first.resize(*size)
    first.show()
    workstation = Workstation(place, first, visit)
    workstation.begin()
    there = Seat(qtbot, store, workstation, Hands())
    try:
        yield there
    finally:
        there.ended()


@contextmanager
def second_desk(store: Store, account: str, profiles: Path) -> Iterator[Desk]:
    """The desk of another workstation, without its window: what a colleague's PC holds."""
    link = Link(store.url)
    hello = link.hello()
    name = f"W{next(_names):02}"
    session = link.sign_in(SignIn(account, store.password, name))
    link.close()
    place = Workplace(name, store.url, profiles)
    credentials = HeldCredentials(session)
    with desk_of(place, hello.store_id, hello.force, credentials, os.urandom(32)) as desk:
        yield desk


def words_in(window: QWidget) -> str:
    """The words of every visible part, in no order that matters."""
    said = []
    for part in window.findChildren(QWidget):
        if not part.isVisible():
            continue
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            said.append(part.text())
        elif isinstance(part, QPlainTextEdit):
            said.append(part.toPlainText())
        said.append(part.accessibleName())
    return "\n".join(dict.fromkeys(words for words in said if words))
