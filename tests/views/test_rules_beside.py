"""A hard rule that refuses an act says so beside the field in which the act was chosen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.told import thrive
from tests.views.decide_stage import SMALL, Stage, press, settle
from tests.views.stage import effective
from tests.views.test_decide_acts import act
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.flagging import SetFlag
from workstation.domain.report import ReportId
from workstation.domain.risk import lowest_levels
from workstation.views.decide.column import REDIRECT


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk, noise: ReportId) -> Stage:
    """Somebody's welfare is at stake, and nobody has said whether police attend."""
    desk.submit(ClaimReport(report=noise))
    desk.submit(SetFlag(report=noise, flag="welfare"))
    desk.submit(thrive(noise, lowest_levels(desk.pack)))
    stage = Stage(desk, SMALL)
    qtbot.addWidget(stage)
    stage.open(noise).open_panel(REDIRECT)
    return stage


def test_a_refused_redirection_stands_beside_the_agency(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    press(Qt.Key.Key_C)
    act(qtbot, stage.column)
    form = stage.column.redirect.agency
    assert "Right Care Right Person" in form.fields["agency"].error.text()
    assert form.fields["agency"].error.isVisible()
    assert form.trouble.isHidden()
    assert effective(desk, noise).is_open


def test_a_refused_close_stands_beside_its_reason(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    press(Qt.Key.Key_X)
    form = stage.column.redirect.close_form
    form.reason.set_text("Over")
    form.told.answer.choose(1)
    form.told.what.setText("No number")
    settle()
    act(qtbot, stage.column)
    assert "Right Care Right Person" in form.fields["reason"].error.text()
    assert form.trouble.isHidden()
    assert effective(desk, noise).is_open


def test_the_sentence_beside_the_agency_is_brought_on_screen(qtbot: QtBot, stage: Stage) -> None:
    press(Qt.Key.Key_C)
    act(qtbot, stage.column)
    error = stage.column.redirect.agency.fields["agency"].error
    settle()
    assert not error.visibleRegion().isEmpty()
    assert error.visibleRegion().boundingRect().height() == error.height()
