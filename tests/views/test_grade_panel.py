"""The grading panel begins at its first question, and says when a grade stands already."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage, press, settle
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.views.decide.column import GRADE
from workstation.views.decide.hold import is_seen


def test_the_first_question_is_on_a_small_screen_when_the_panel_opens(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    column = shown.open(noise)
    press(Qt.Key.Key_F2)
    settle()
    threat = column.grade.rows.rows[desk.pack.thrive[0].key]
    assert is_seen(threat, column.area.viewport())


def test_a_grade_that_stands_is_not_offered_again(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    column = shown.open(noise)
    column.open_panel(GRADE)
    column.grade.pick("I")
    column.grade.reason.set_text("A knife was seen.")
    assert "already" not in column.grade.primary().words
    column.grade.act()
    column.grade.reason.set_text("")
    column.show_report(noise)
    assert column.grade.primary().words == "Graded Immediate already"
    column.grade.pick("P")
    assert "already" not in column.grade.primary().words
