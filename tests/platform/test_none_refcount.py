"""The Qt binding keeps its books: one release lost a reference to None with every call.

A window left open for a day then dies of it, so the pinned version is checked, not trusted.
"""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QStringListModel
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2_000
STRAY = 50

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on: nothing to count."
)


def drift(act: Callable[[int], object]) -> int:
    """How far the number of references to None moves over many calls."""
    act(0)
    before = sys.getrefcount(None)
    for number in range(CALLS):
        act(number)
    return abs(sys.getrefcount(None) - before)


def test_setting_a_text_keeps_the_references_to_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert drift(lambda number: label.setText(str(number))) < STRAY


def test_handling_events_keeps_the_references_to_none(qtbot: QtBot) -> None:
    assert drift(lambda _: QCoreApplication.processEvents()) < STRAY


def test_resetting_a_model_keeps_the_references_to_none(qtbot: QtBot) -> None:
    model = QStringListModel()
    assert drift(lambda number: model.setStringList([str(number)])) < STRAY
