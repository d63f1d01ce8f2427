"""The six fields of a crime stand beside what rests on them; a doubt is told and stops nothing."""

import pytest
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage, settle
from workstation.desk import Desk
from workstation.domain.answering import AnswerQuestions
from workstation.domain.entry import Given
from workstation.domain.report import ReportId
from workstation.views.decide.column import CRIME
from workstation.views.decide.crime_panel import CrimePanel


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk, noise: ReportId) -> Stage:
    """A report with the panel open in which a crime is recorded."""
    stage = Stage(desk, SMALL)
    qtbot.addWidget(stage)
    stage.open(noise).open_panel(CRIME)
    settle()
    return stage


@pytest.fixture
def panel(stage: Stage) -> CrimePanel:
    """The panel itself."""
    return stage.column.crime


def test_what_nobody_asked_is_named_until_it_is_asked(
    desk: Desk, panel: CrimePanel, noise: ReportId
) -> None:
    assert "Not asked:" in panel.six.told.text()
    assert "stolen" in panel.six.told.text().partition("Not asked:")[2]
    given = (Given("taken", "A bicycle"), Given("damaged", "The lock"))
    assert desk.submit(AnswerQuestions(report=noise, guide="property", answers=given)) is None
    shown = desk.report(noise)
    assert shown is not None
    panel.show_report(shown, is_new=False)
    told = panel.six.told.text().partition("Not asked:")
    assert "stolen, damaged" in told[0]
    assert "stolen" not in told[2]


def test_a_burglary_of_which_nothing_is_said_to_be_stolen_is_doubted_and_issued(
    panel: CrimePanel,
) -> None:
    assert not panel.six.doubts.isVisible()
    panel.offence.setText("28/03 Burglary: residential")
    assert "nobody has asked what was stolen" in panel.six.doubts.text()
    panel.when.setText("31 February 2026")
    assert "no calendar has that day" in panel.six.doubts.text()
    panel.kind.choose(2)
    assert panel.missing() == ""
