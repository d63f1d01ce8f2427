"""Lists read beside the window, and lists of which only the first rows are here."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views import sample
from tests.views.screens import a_window
from tests.views.stage import Night
from workstation.domain.report import Facts, Location
from workstation.views.queue.columns import QueueColumn
from workstation.views.queue.model import FIRST

MANY = FIRST + 40


def long_queue(qtbot: QtBot, night: Night) -> QueueColumn:
    """More reports than a list shows at first."""
    for number in range(MANY):
        facts = Facts(title=f"Bicycle {number}")
        night.receive(str(number), "A bicycle was taken.", facts, Location(town="Ely"))
    night.seat().exchange()
    column = QueueColumn(night.desk)
    qtbot.addWidget(column)
    column.resize(400, 600)
    column.show()
    column.fill()
    column.rows.list.setFocus()
    return column


def go_down(qtbot: QtBot, column: QueueColumn) -> None:
    """Press End until every row is here."""

    def is_whole() -> bool:
        QTest.keyClick(column.rows.list, Qt.Key.Key_End)
        return column.rows.model.is_whole

    qtbot.waitUntil(is_whole)


def test_a_long_list_shows_its_first_rows_and_more_as_one_goes_down(
    qtbot: QtBot, quiet_night: Night
) -> None:
    column = long_queue(qtbot, quiet_night)
    model, total = column.rows.model, MANY + 2
    assert (len(model.ids), model.total) == (FIRST, total)
    assert column.count.text() == str(total)
    first = model.ids
    go_down(qtbot, column)
    assert len(model.ids) == total
    assert model.ids[:FIRST] == first


def test_headings_of_a_list_that_goes_on_do_not_claim_to_know_how_many(
    qtbot: QtBot, quiet_night: Night
) -> None:
    column = long_queue(qtbot, quiet_night)
    rows = column.rows
    first = rows._delegate.heading(rows.model.index(0))
    assert first is not None
    assert first.count.endswith("+")
    go_down(qtbot, column)
    first = rows._delegate.heading(rows.model.index(0))
    assert first is not None
    assert first.count.isdecimal()


def test_the_row_under_the_cursor_stays_there_when_many_come_in_above(
    qtbot: QtBot, quiet_night: Night
) -> None:
    column = long_queue(qtbot, quiet_night)
    rows = column.rows
    rows.list.setCurrentIndex(rows.model.index(FIRST - 1))
    qtbot.waitUntil(lambda: rows.list.visualRect(rows.list.currentIndex()).isValid())
    here = rows.current_id
    quiet_night.until(minutes=120)
    sample.ex_partner(quiet_night, "new")
    quiet_night.until()
    quiet_night.seat().exchange()
    column.fill()
    assert rows.waiting
    rows.show_waiting()
    assert rows.current_id == here
    assert rows.list.currentIndex().row() == FIRST


def test_what_is_read_beside_the_window_comes_by_signal(qtbot: QtBot, night: Night) -> None:
    with a_window(night.desk) as shown, night.desk.lists.beside():
        column = shown.work.queue
        column.open_filter()
        QTest.keyClicks(column.words, "fly-tip")
        qtbot.waitUntil(lambda: column.rows.model.ids == (night["r7"],))
        QTest.keyClick(column.words, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: len(column.rows.model.ids) == 9)
        shown.open_palette("fly-tip")
        qtbot.waitUntil(lambda: "Fly-tipping" in str(shown.palette_box.current_entry))
        QTest.keyClick(shown.palette_box.field, Qt.Key.Key_Return)
        assert shown.work.report.report_id == night["r7"]


@pytest.mark.expects_log("the lists could not be read")
def test_lists_that_cannot_be_read_say_so(qtbot: QtBot, night: Night) -> None:
    with a_window(night.desk) as shown, night.desk.lists.beside():
        night.desk.stock.lists.close()
        shown.work.queue.fill()
        qtbot.waitUntil(shown.notice.isVisible)
        assert "Your own work is safe" in night.desk.link().notices[0]
