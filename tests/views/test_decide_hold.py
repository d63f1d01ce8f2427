"""The primary key is dead just after a change and while what it needs is not on screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import LARGE, SMALL, Stage, press, press_primary, settle
from tests.views.stage import MO, Night, effective
from workstation.desk import Desk
from workstation.domain.report import Facts, Location, ReportId
from workstation.domain.story import AddNote
from workstation.views.decide.checks import STATED
from workstation.views.decide.column import CRIME, GRADE, IMU, REDIRECT
from workstation.views.decide.emergency_form import WHERE_FIRST
from workstation.views.decide.hold import is_seen

Opened = Callable[..., Stage]


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Opened:
    def opened(size: tuple[int, int] = SMALL) -> Stage:
        shown = Stage(desk, size)
        qtbot.addWidget(shown)
        return shown

    return opened


def until_live(qtbot: QtBot, shown: Stage) -> None:
    qtbot.waitUntil(lambda: not shown.column.hold.is_settling)
    settle()


def test_a_key_meant_for_the_last_panel_does_nothing_in_the_next(
    qtbot: QtBot, desk: Desk, stage: Opened, noise: ReportId
) -> None:
    shown = stage()
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    press_primary()
    assert desk.link().waiting == 0
    until_live(qtbot, shown)
    press_primary()
    assert effective(desk, noise).redirection is not None


def test_a_colleagues_change_makes_the_key_dead_again(
    qtbot: QtBot, desk: Desk, stage: Opened, noise: ReportId, quiet_night: Night
) -> None:
    shown = stage()
    column = shown.open(noise)
    until_live(qtbot, shown)
    column.grade.pick("R")
    column.grade.reason.set_text("Noise only.")
    settle()
    assert column.footer.primary.isEnabled()
    quiet_night.meanwhile(MO, AddNote(report=noise, text="The caller rang again."))
    assert not column.footer.primary.isEnabled()
    until_live(qtbot, shown)
    assert column.footer.primary.isEnabled()


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("panel", range(3))
def test_the_consequence_is_on_screen_in_every_panel(
    qtbot: QtBot, stage: Opened, size: tuple[int, int], panel: int, harassment: ReportId
) -> None:
    shown = stage(size)
    column = shown.open(harassment)
    column.open_panel(panel)
    until_live(qtbot, shown)
    assert is_seen(column.footer.consequence, shown)
    assert column.footer.consequence.text()


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("panel", "words"),
    [(GRADE, "Choose a grade first."), (REDIRECT, "Choose an agency first."),
     (CRIME, "Choose an offence first.")],
)  # fmt: skip
def test_where_nothing_is_chosen_the_key_is_dead_and_its_reason_stands_beside_it(
    qtbot: QtBot,
    desk: Desk,
    stage: Opened,
    size: tuple[int, int],
    panel: int,
    words: str,
    harassment: ReportId,
) -> None:
    shown = stage(size)
    column = shown.open(harassment)
    column.open_panel(panel)
    until_live(qtbot, shown)
    assert not column.footer.primary.isEnabled()
    assert column.footer.consequence.text() == words
    assert is_seen(column.footer.consequence, shown)
    press_primary()
    assert desk.link().waiting == 0
    assert not [field for field in column.panels[panel].fields.values() if field.error.text()]


def test_the_key_comes_alive_with_the_last_thing_that_was_missing(
    qtbot: QtBot, stage: Opened, noise: ReportId
) -> None:
    shown = stage()
    column = shown.open(noise)
    until_live(qtbot, shown)
    column.grade.pick("R")
    settle()
    assert column.footer.consequence.text() == "Say first why this grade."
    QTest.keyClicks(column.grade.reason, "Noise only.")
    settle()
    assert column.footer.primary.isEnabled()
    assert "Nobody is sent" in column.footer.consequence.text()
    column.grade.reason.set_text(" ")
    settle()
    assert not column.footer.primary.isEnabled()


def test_officers_are_held_up_by_nothing_but_a_place_and_one_line(
    qtbot: QtBot, desk: Desk, stage: Opened, quiet_night: Night
) -> None:
    id = quiet_night.receive("nowhere", "Help", Facts(title="Help"), Location())
    quiet_night.seat().exchange()
    shown = stage()
    column = shown.open(id)
    column.send_now()
    until_live(qtbot, shown)
    assert column.footer.consequence.text() == WHERE_FIRST
    column.grade.emergency.where.unknown.click()
    QTest.keyClicks(column.grade.emergency.where.why, "Line cut")
    settle()
    assert "one line" in column.footer.consequence.text()
    QTest.keyClicks(column.grade.emergency.why_line, "Screaming")
    settle()
    assert column.footer.primary.isEnabled()
    press_primary()
    assert effective(desk, id).is_emergency


def test_scrolled_away_the_key_is_dead_and_says_so(
    qtbot: QtBot, desk: Desk, stage: Opened, noise: ReportId
) -> None:
    shown = stage(SMALL)
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    until_live(qtbot, shown)
    column.area.verticalScrollBar().setValue(0)
    settle()
    assert "Message" in column.footer.primary.text()
    press_primary()
    assert desk.link().waiting == 0
    column.area.verticalScrollBar().setValue(column.area.verticalScrollBar().maximum())
    settle()
    press_primary()
    assert effective(desk, noise).redirection is not None


def test_the_whole_message_is_seen_at_the_small_size(
    qtbot: QtBot, stage: Opened, noise: ReportId
) -> None:
    shown = stage(SMALL)
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_C)
    until_live(qtbot, shown)
    message = column.redirect.agency.message
    assert is_seen(message, column.area.viewport())
    assert message.document().size().height() * message.fontMetrics().lineSpacing() < (
        message.height()
    )


def test_nothing_is_cut_off_at_the_small_size(
    qtbot: QtBot, stage: Opened, noise: ReportId
) -> None:
    shown = stage(SMALL)
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    until_live(qtbot, shown)
    for words in column.redirect.agency.checks.findChildren(type(column.footer.consequence)):
        assert words.height() >= words.heightForWidth(words.width())


def test_the_stated_risk_is_seen_beside_the_message_and_no_words_are_cut_through(
    qtbot: QtBot, stage: Opened, noise: ReportId
) -> None:
    shown = stage(SMALL)
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    until_live(qtbot, shown)
    frame = column.area.viewport()
    labels = [one for one in column.inside.findChildren(QLabel) if one.isVisible()]
    (stated,) = [one for one in column.redirect.agency.checks.findChildren(QLabel)
                 if one.text() == STATED]  # fmt: skip
    assert is_seen(stated, frame)
    edges = [(one.mapTo(frame, QPoint(0, 0)).y(), one.height()) for one in labels]
    assert [edge for edge in edges if edge[0] < 0 < edge[0] + edge[1]] == []
    column.risk.clear()
    assert STATED not in column.redirect.agency.checks.lines


def test_the_imu_panel_stays_closed_and_says_why_until_there_is_a_crime(
    stage: Opened, noise: ReportId
) -> None:
    shown = stage()
    column = shown.open(noise)
    column.open_panel(IMU)
    assert column.accordion.open_index == GRADE
    assert "Record the crime first (F4)" in column.accordion.sections[IMU].header.caption


@pytest.mark.parametrize("size", [SMALL, LARGE])
def test_sending_officers_is_on_screen_in_every_panel(
    qtbot: QtBot, stage: Opened, size: tuple[int, int], harassment: ReportId
) -> None:
    shown = stage(size)
    column = shown.open(harassment)
    for panel in (GRADE, REDIRECT, CRIME):
        column.open_panel(panel)
        until_live(qtbot, shown)
        assert is_seen(column.head.now, shown)
        assert "end officers now" in column.head.now.text()
        assert column.head.now.width() >= column.head.now.sizeHint().width()
    column.head.now.click()
    settle()
    assert column.grade.is_sending_now
    assert is_seen(column.grade.emergency.why_line, column.area.viewport())


def test_officers_can_be_sent_to_a_report_that_has_ended(
    qtbot: QtBot, desk: Desk, stage: Opened, noise: ReportId
) -> None:
    shown = stage()
    column = shown.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    until_live(qtbot, shown)
    press_primary()
    assert not column.reopen.isHidden()
    column.send_now()
    column.show_report(noise)
    QTest.keyClicks(column.grade.emergency.why_line, "Screams now")
    until_live(qtbot, shown)
    press_primary()
    assert effective(desk, noise).is_emergency
