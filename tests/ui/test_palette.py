"""The palette keeps its order, says why something cannot be done, and gives the focus back."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workstation.ui.palette import CommandPalette, PaletteEntry, PaletteGroup
from workstation.ui.palette_rows import matched_spans, runs_of

Opened = tuple[CommandPalette, QLineEdit, list[str]]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    window = QWidget()
    window.resize(1200, 800)
    field = QLineEdit(window)
    QVBoxLayout(window).addWidget(field)
    ran: list[str] = []

    def find(text: str) -> Sequence[PaletteGroup]:
        return (
            PaletteGroup(
                "This report",
                (
                    PaletteEntry("Hand to IMU", enabled=False, why_disabled="No crime number yet"),
                    PaletteEntry("Redirect as noise", run=lambda: ran.append("noise")),
                ),
            ),
            PaletteGroup("Go to", (PaletteEntry("Queue", run=lambda: ran.append("queue")),)),
        )

    palette = CommandPalette(window, find)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    palette.open_with("noise")
    return palette, field, ran


def texts(palette: CommandPalette) -> list[str]:
    entries = [palette.rows.entry(row) for row in range(palette.rows.rowCount())]
    return [entry.text for entry in entries if entry is not None]


def test_groups_and_entries_keep_the_order_given(opened: Opened) -> None:
    assert texts(opened[0]) == ["Hand to IMU", "Redirect as noise", "Queue"]


def test_the_first_thing_that_can_be_done_is_chosen(opened: Opened) -> None:
    entry = opened[0].current_entry
    assert entry is not None
    assert entry.text == "Redirect as noise"


def test_enter_runs_and_closes(qtbot: QtBot, opened: Opened) -> None:
    palette, field, ran = opened
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["noise"]
    assert not palette.isVisible()
    assert field.hasFocus()


def test_down_moves_to_the_next_group(qtbot: QtBot, opened: Opened) -> None:
    palette, _, ran = opened
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["queue"]


def test_a_disabled_entry_stays_and_says_why(qtbot: QtBot, opened: Opened) -> None:
    palette, _, ran = opened
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == []
    assert palette.isVisible()
    assert palette.note.text() == "No crime number yet"
    spoken = palette.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not available: No crime number yet" in spoken


def test_escape_closes_and_gives_the_focus_back(qtbot: QtBot, opened: Opened) -> None:
    palette, field, ran = opened
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert field.hasFocus()
    assert ran == []


def test_matched_parts_are_bold_and_nothing_is_lost() -> None:
    text = "Redirect as noise"
    spans = matched_spans(text, "noise red")
    assert spans == [(0, 3), (12, 5)]
    runs = runs_of(text, spans)
    assert runs == [("Red", True), ("irect as ", False), ("noise", True)]


def test_a_match_that_overlaps_another_is_left_plain() -> None:
    assert matched_spans("noise", "noise oi") == [(0, 5)]
