"""A THRIVE is put on record by itself, and officers are never said to be sent too early."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage, press
from tests.views.stage import effective, undone
from tests.views.test_decide_acts import CTRL_SHIFT, act, set_thrive, type_text
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.views.decide.column import GRADE, DecideColumn


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Stage:
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    return shown


def send_now(qtbot: QtBot, column: DecideColumn) -> None:
    """Send officers, from the keyboard."""
    press(Qt.Key.Key_E, CTRL_SHIFT)
    type_text("He is at the door")
    act(qtbot, column)


def say_interim(column: DecideColumn) -> None:
    """What could happen before officers arrive, from the keyboard."""
    column.grade.interim.line.setFocus()
    type_text("He may break the door")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)


@pytest.mark.parametrize("reopened", [False, True])
def test_the_thrive_owed_after_officers_were_sent_is_saved_by_itself(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId, noise: ReportId, reopened: bool
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    send_now(qtbot, column)
    if reopened:
        stage.open(noise)
        stage.open(harassment)
    before = effective(desk, harassment).grading
    press(Qt.Key.Key_F2)
    assert column.grade.tiles.chosen_code == "I"
    set_thrive(column)
    say_interim(column)
    assert column.footer.primary.accessibleName() == "Save THRIVE"
    assert "the grade stays Immediate" in column.footer.consequence.text()
    act(qtbot, column)
    assert undone(desk, harassment) == ("EscalateEmergency", "AssessRisk")
    assert effective(desk, harassment).grading == before
    assert not column.risk.is_touched
    thrive = effective(desk, harassment).thrive
    assert thrive is not None
    assert (thrive.interim, thrive.rara) == ("He may break the door", ("avoid",))


def test_a_thrive_without_what_could_happen_until_then_is_refused_at_that_line(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    send_now(qtbot, column)
    press(Qt.Key.Key_F2)
    set_thrive(column)
    act(qtbot, column)
    assert undone(desk, harassment) == ("EscalateEmergency",)
    assert column.grade.interim.error.text() == "Say what could happen before officers arrive."
    assert column.grade.interim.line.hasFocus()
    say_interim(column)
    act(qtbot, column)
    assert undone(desk, harassment) == ("EscalateEmergency", "AssessRisk")


def test_the_most_serious_level_asks_for_words_beside_its_row(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    set_thrive(column)
    assert column.grade.rows.words["T"].isHidden()
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_4)
    assert column.grade.rows.words["T"].isVisible()
    act(qtbot, column)
    assert column.grade.rows.errors["T"].text() == "Say in words why Threat is High."
    assert column.grade.rows.words["T"].hasFocus()
    type_text("He has a knife")
    act(qtbot, column)
    thrive = effective(desk, noise).thrive
    assert thrive is not None
    assert thrive.words == {"T": "He has a knife"}


def test_words_of_any_element_are_a_key_away_and_kept_as_a_draft(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId, harassment: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    press(Qt.Key.Key_H)
    press(Qt.Key.Key_W)
    assert column.grade.rows.words["H"].hasFocus()
    type_text("No one hurt")
    stage.open(harassment)
    stage.open(noise)
    assert column.grade.rows.words["H"].text() == "No one hurt"
    assert column.grade.rows.words["H"].isVisible()


def test_a_thrive_can_be_put_on_record_before_any_grade(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_2)
    assert column.grade.missing() == "Choose a grade first."
    set_thrive(column)
    assert "not graded yet" in column.footer.consequence.text()
    act(qtbot, column)
    assert undone(desk, noise) == ("AssessRisk",)


def test_an_unfinished_thrive_beside_a_grade_that_stands_says_what_is_missing(
    qtbot: QtBot, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    send_now(qtbot, column)
    press(Qt.Key.Key_T)
    press(Qt.Key.Key_2)
    assert column.grade.missing() == "Set all six THRIVE levels first."


def test_officers_are_never_said_to_be_sent_before_the_store_confirms(
    qtbot: QtBot, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    with qtbot.waitSignal(column.waits) as told, qtbot.assertNotEmitted(column.said):
        send_now(qtbot, column)
    assert told.args == ["Kept on this desk; dispatch has NOT got it yet."]


def test_why_no_risk_found_does_not_hold_stands_again_where_the_draft_is_taken_up(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId, noise: ReportId
) -> None:
    column = stage.open(harassment)
    column.risk.state_no_risk()
    told = column.grade.statement.error.text()
    assert told
    column.drafts.flush()
    stage.open(noise)
    assert column.grade.statement.error.isHidden()
    stage.open(harassment)
    assert column.grade.statement.error.text() == told
    assert not column.grade.statement.error.isHidden()


def test_a_whole_thrive_that_cannot_go_with_the_grade_says_so_before_and_after(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    set_thrive(column)
    press(Qt.Key.Key_I)
    press(Qt.Key.Key_3)
    column.grade.pick("P")
    type_text("The lamp post is alight")
    owed = "Say in words why Investigation is Perishable."
    assert column.footer.consequence.text().endswith(f"THRIVE does not go yet: {owed}")
    act(qtbot, column)
    assert undone(desk, noise) == ("ClaimReport", "GradeReport")
    assert column.grade.rows.errors["I"].text() == owed
    assert column.grade.rows.words["I"].hasFocus()
    type_text("It burns out tonight")
    say_interim(column)
    assert column.footer.primary.accessibleName() == "Save THRIVE"
    act(qtbot, column)
    assert undone(desk, noise) == ("ClaimReport", "GradeReport", "AssessRisk")


def test_a_lower_grade_being_chosen_is_dropped_when_officers_are_sent(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    column.grade.pick("R")
    type_text("The home looks for her")
    send_now(qtbot, column)
    assert column.grade.tiles.chosen_code == "I"
    assert column.grade.reason.text == "The home looks for her"
    assert column.footer.primary.accessibleName() == "Graded Immediate already"
    assert not column.footer.primary.isEnabled()
    column.grade.reason.setFocus()
    type_text(" for now")
    assert column.footer.primary.accessibleName() == "Grade Immediate, send to dispatch"
