"""The queue: what it shows, how it is moved through, and what it never moves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views import sample
from tests.views.stage import MO, NOW, Night
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import Channel, Facts, Location, ReportId
from workstation.views.due import day, due, moment, span
from workstation.views.queue.columns import QueueColumn
from workstation.views.queue.delegate import QueueDelegate
from workstation.views.queue.sections import section_of

DANGER = "Danger, or risk not assessed"
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def queue(qtbot: QtBot, night: Night) -> QueueColumn:
    column = QueueColumn(night.desk)
    qtbot.addWidget(column)
    column.fill()
    column.show()
    column.rows.list.setFocus()
    return column


def another(column: QueueColumn, night: Night) -> None:
    """A new report comes in, more dangerous than any: it has waited for two hours."""
    night.until(minutes=120)
    sample.ex_partner(night, "new")
    night.until()
    night.seat().exchange()
    column.fill()


def test_danger_stands_first_then_what_is_overdue(qtbot: QtBot, still_night: Night) -> None:
    column = queue(qtbot, still_night)
    rows = [column.rows.model.row_at(place) for place in range(9)]
    heads = [section_of(row, NOW).text for row in rows if row is not None]
    before_check = ["Initial check: overdue", "Initial check: due within 1 hour"]
    assert list(dict.fromkeys(heads)) == [DANGER, *before_check, "Due within 1 hour"]


def test_a_row_is_spoken_whole(qtbot: QtBot, still_night: Night) -> None:
    column = queue(qtbot, still_night)
    place = column.rows.model.place_of(still_night["r1"])
    said = column.rows.model.index(place).data(SPOKEN)
    for words in ("Harassment", "overdue by 40 min", "not graded", "held by Kelly Rowe"):
        assert words in said
    place = column.rows.model.place_of(still_night["r3"])
    assert "hazard" in column.rows.model.index(place).data(SPOKEN)


def test_keys_move_and_open_without_a_mouse(qtbot: QtBot, still_night: Night) -> None:
    column = queue(qtbot, still_night)
    opened: list[str] = []
    column.opened.connect(opened.append)
    first = column.rows.current_id
    QTest.keyClick(column.rows.list, Qt.Key.Key_J)
    second = column.rows.current_id
    QTest.keyClick(column.rows.list, Qt.Key.Key_Return)
    QTest.keyClick(column.rows.list, Qt.Key.Key_K)
    assert opened == [second]
    assert column.rows.current_id == first
    QTest.keyClick(column.rows.list, Qt.Key.Key_End)
    assert column.rows.model.place_of(column.rows.current_id) == 8
    QTest.keyClick(column.rows.list, Qt.Key.Key_Home)
    assert column.rows.current_id == first


def test_a_new_row_waits_behind_the_strip_and_moves_nothing(qtbot: QtBot, night: Night) -> None:
    column = queue(qtbot, night)
    before, current = column.rows.model.ids, column.rows.current_id
    another(column, night)
    assert column.rows.model.ids == before
    assert column.rows.strip.text() == "1 new"
    column.rows.show_waiting()
    assert len(column.rows.model.ids) == 10
    assert column.rows.current_id == current


def test_a_new_row_comes_in_once_the_list_is_idle(qtbot: QtBot, night: Night) -> None:
    column = queue(qtbot, night)
    column.rows._idle.setInterval(20)
    another(column, night)
    qtbot.waitUntil(lambda: len(column.rows.model.ids) == 10)
    assert not column.rows.strip.isVisible()


def test_a_changed_row_is_one_change_and_no_reset(qtbot: QtBot, night: Night) -> None:
    column = queue(qtbot, night)
    model = column.rows.model
    model.row_at(0)
    changed: list[int] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: changed.append(first.row()))
    model.modelReset.connect(lambda: resets.append(True))
    night.seat().do(ClaimReport(report=night["r2"]))
    model.renew(frozenset({night["r2"], ReportId("not here")}))
    place = model.place_of(night["r2"])
    assert changed == [place]
    assert not resets
    row = model.row_at(place)
    assert row is not None
    assert row.holder == "Kelly Rowe"


def test_channels_narrow_the_queue_and_an_empty_one_says_why(
    qtbot: QtBot, still_night: Night
) -> None:
    column = queue(qtbot, still_night)
    column.channels.choose(2)
    assert column.filter.channel is Channel.CALL_101
    assert column.rows.model.ids == (still_night["r3"],)
    column.channels.choose(3)
    assert "999" in column.rows.empty.text.text()
    assert column.rows.empty.isVisible()
    column.rows.empty.action.click()
    assert len(column.rows.model.ids) == 9


def test_words_narrow_the_queue_and_escape_brings_it_back(
    qtbot: QtBot, still_night: Night
) -> None:
    column = queue(qtbot, still_night)
    column.open_filter()
    QTest.keyClicks(column.words, "fly-tip")
    assert column.rows.model.ids == (still_night["r7"],)
    QTest.keyClick(column.words, Qt.Key.Key_Escape)
    assert len(column.rows.model.ids) == 9


def test_picking_a_row_puts_it_back_the_second_time(qtbot: QtBot, still_night: Night) -> None:
    column = queue(qtbot, still_night)
    column.rows.pick_current()
    assert column.rows.model.picked == {column.rows.current_id}
    column.rows.pick_current()
    assert column.rows.model.picked == set()


def test_time_left_is_told_by_icon_sign_and_words() -> None:
    late, soon, later = (due(NOW + timedelta(minutes=m), NOW) for m in (-12, 4, 130))
    assert (late.text, late.icon) == ("−12:00", "triangle-alert")
    assert (soon.icon, soon.tone) == ("timer", "warn")
    assert (later.text, later.tone) == ("2 h 10", "neutral")
    assert span(timedelta(days=4, hours=1)) == "4 d 1 h"


@pytest.mark.parametrize("at", [datetime.min, datetime.max])
def test_a_time_at_the_end_of_the_calendar_is_shown_as_it_came(at: datetime) -> None:
    at = at.replace(tzinfo=UTC)
    assert moment(at, NOW) == f"{day(at)} {at:%H:%M}"
    assert due(at, NOW).urgency == ("over" if at < NOW else "ok")


def test_the_shape_of_rows_stands_while_the_first_are_read(
    qtbot: QtBot, quiet_night: Night
) -> None:
    seat = quiet_night.unfilled_seat(MO)
    column = QueueColumn(seat.desk)
    qtbot.addWidget(column)
    column.fill()
    column.show()
    assert not column.rows.empty.isVisible()
    qtbot.waitUntil(column.rows._skeleton.isVisible)
    seat.exchange()
    assert column.rows.empty.isVisible() or column.rows.model.rowCount()


class Written(QueueDelegate):
    """Also remembers what it wrote."""

    def draw_text(self, painter: QPainter, rect: QRectF, text: str, *more: Any) -> float:
        texts.append(text)
        return super().draw_text(painter, rect, text, *more)


texts: list[str] = []


def test_line_ends_in_a_title_or_place_do_not_split_the_row(qtbot: QtBot, night: Night) -> None:
    facts = Facts(title="Loud\r\nmusic\u2028again")
    night.receive("split", "Music.", facts, Location(text="Flat 6,\r\nHiston\u2028Road"))
    night.seat().exchange()
    column = queue(qtbot, night)
    model, rows = column.rows.model, column.rows.list
    rows.setItemDelegate(Written(night.desk, model, rows))
    column.rows.show_waiting()
    column.rows.set_current(night["split"])
    rows.scrollTo(rows.currentIndex())
    texts.clear()
    rows.grab()
    written = [text for text in texts if "music" in text or "Histon" in text]
    assert any("Loud music again" in text for text in written)
    assert any("Flat 6, Histon Road" in text for text in written)
    assert not [text for text in written if len(text.splitlines()) > 1]
