"""Records: one field that finds everything, says where it looked, and goes there by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from workstation.domain.searching import ONLY_SIGNS
from workstation.views.records import NOTHING, RecordsPage
from workstation.views.shell import MainWindow


@pytest.fixture
def window(qtbot: QtBot, still_night: Night) -> MainWindow:
    """Kelly's window."""
    shown = MainWindow(still_night.desk)
    qtbot.addWidget(shown)
    shown.resize(1920, 1080)
    shown.show()
    qtbot.waitExposed(shown)
    return shown


def page(window: MainWindow) -> RecordsPage:
    """The records, with the keyboard in their field."""
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.records
    return window.records


def typed(records: RecordsPage, text: str) -> None:
    QTest.keyClicks(records.words, text)
    QTest.keyClick(records.words, Qt.Key.Key_Return)


def test_a_telephone_number_is_found_and_opened_by_keyboard(
    window: MainWindow, still_night: Night
) -> None:
    records = page(window)
    typed(records, "07700 900 412")
    still_night.seat().exchange()
    assert records.found.text() == "2 reports found"
    assert records.where.text() == (
        "Read as a telephone number. This desk and the store were searched."
    )
    QTest.keyClick(records.words, Qt.Key.Key_Return)
    focused = window.focusWidget()
    assert focused is records.rows()[0].show_button
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.work
    assert window.work.report.report_id == still_night["r5"]


def test_nothing_found_is_no_proof(window: MainWindow, still_night: Night) -> None:
    records = page(window)
    typed(records, "zeppelin")
    assert records.found.text() == "Looking"
    still_night.seat().exchange()
    assert records.found.text() == "0 reports found"
    assert records.nothing.isVisible()
    assert records.nothing.text.text() == NOTHING[1]


def test_what_cannot_be_searched_is_said_at_the_field(window: MainWindow) -> None:
    records = page(window)
    typed(records, "%%%")
    assert records.field.error.text() == ONLY_SIGNS
    assert records.field.error.isVisible()
    records.words.clear()
    typed(records, "bikes")
    assert records.field.error.isHidden()
    assert len(records.rows()) == 1


def test_a_name_is_found_by_its_sound_with_the_words_it_was_found_by(window: MainWindow) -> None:
    records = page(window)
    typed(records, "witfeeld dien")
    (row,) = records.rows()
    assert "Harassment" in row.show_button.accessibleName()


def test_the_palette_leads_to_all_records(window: MainWindow) -> None:
    window.open_palette("loud music")
    texts = [window.palette_box.rows.entry(n) for n in range(window.palette_box.rows.rowCount())]
    entry = next(one for one in texts if one is not None and one.text.startswith("Search all"))
    assert entry.run is not None
    entry.run()
    assert window.records.words.text() == "loud music"
    assert len(window.records.rows()) == 1
