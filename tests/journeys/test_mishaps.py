"""Where the program itself breaks under a key, whoever pressed it is told, and so is the log."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.journeys.stage import Seat, Store, seat
from tests.keyrings import MemoryKeyring
from workstation.app.mishaps import telling_mishaps
from workstation.domain.grading import EscalateEmergency
from workstation.domain.story import AddNote

pytestmark = pytest.mark.expects_log("the program itself went wrong")
SHED = "OPN-0097"
SAID = "Something went wrong in this program."


def breaking(monkeypatch: pytest.MonkeyPatch, kind: type[AddNote | EscalateEmergency]) -> None:
    """This act's rule raises, with somebody's words in its error."""

    def broken(*_: object) -> None:
        raise KeyError("the caller's words")

    monkeypatch.setattr(kind, "decide", broken)


@pytest.mark.fault("F41")
def test_a_rule_that_breaks_is_said_and_the_words_stay_where_they_were_typed(
    handler: Seat, store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    report = store.public.send(SHED)
    handler.stand_on(report)
    breaking(monkeypatch, AddNote)
    with telling_mishaps(handler.workstation.say_mishap):
        handler.hands.press("Return", "F9", "Ctrl+L")
        handler.hands.write("He rang again from the shop.")
        handler.hands.press("Ctrl+Return")
        handler.until_reads(SAID)
    assert "KeyError test_mishaps.py" in handler.reads()
    assert "He rang again from the shop." in handler.main.work.report.composer.text.text
    assert "the program itself went wrong" in caplog.text
    assert "the caller's words" not in caplog.text + handler.reads()


def test_a_thread_that_breaks_is_said_once_a_minute(handler: Seat) -> None:
    def broken() -> None:
        raise ValueError("words")

    with telling_mishaps(handler.workstation.say_mishap):
        for _ in range(3):
            thread = threading.Thread(target=broken)
            thread.start()
            thread.join()
        handler.until_reads(SAID)
    assert len([one for one in handler.main.toasts.shown if SAID in one.accessibleName()]) == 1


def test_the_sign_in_says_it_too(
    qtbot: QtBot, store: Store, tmp_path: Path, keyring: MemoryKeyring
) -> None:
    def broken() -> None:
        raise ValueError("words")

    with (
        seat(qtbot, store, tmp_path, store.url) as there,
        telling_mishaps(there.workstation.say_mishap),
    ):
        QTimer.singleShot(0, broken)
        there.until_reads(SAID)
