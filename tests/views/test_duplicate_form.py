"""A report is marked as a duplicate in the panel: of which, and whether its caller was told."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.assessing import low_risk
from tests.views.decide_stage import SMALL, Stage, press, settle
from tests.views.stage import Night, effective, undone
from tests.views.test_decide_acts import act, type_text
from workstation.desk import Desk
from workstation.domain.judgement import CallerTold
from workstation.domain.report import ReportId
from workstation.views.decide.column import REDIRECT


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Stage:
    """The column as high as a small screen."""
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    return shown


def test_a_duplicate_is_named_by_its_reference(
    qtbot: QtBot,
    desk: Desk,
    stage: Stage,
    noise: ReportId,
    harassment: ReportId,
    quiet_night: Night,
) -> None:
    quiet_night.seat().do(low_risk(quiet_night.desk, harassment))
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_D)
    type_text(effective(desk, harassment).reference)
    press(Qt.Key.Key_Escape)
    assert "whether the caller was told" in column.footer.consequence.text()
    assert not column.footer.primary.isEnabled()
    form = column.redirect.duplicate.told
    form.answer.choose(1)
    settle()
    assert "why not" in column.footer.consequence.text()
    form.what.setFocus()
    type_text("No number")
    act(qtbot, column)
    assert undone(desk, noise)[-1] == "MarkDuplicate"
    closing = effective(desk, noise).closing
    assert closing is not None
    assert (closing.told, closing.caller_told) == (CallerTold(answer="no"), "No number")
    assert effective(desk, harassment).duplicates == (noise,)


def test_whether_the_caller_was_told_is_answered_for_each_report_anew(
    desk: Desk, stage: Stage, noise: ReportId, harassment: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_X)
    forms = (column.redirect.close_form, column.redirect.duplicate)
    for form in forms:
        form.told.answer.choose(0)
        form.told.what.setFocus()
        type_text("Nobody comes")
    settle()
    stage.open(harassment)
    assert [(form.told.told(), form.told.words) for form in forms] == [(None, "")] * 2
    stage.open(noise)
    for form in forms:
        kept = form.told.told()
        assert kept is not None
        assert (kept.answer, form.told.words) == ("yes", "Nobody comes")
