"""A claim that is not sure: row, page and key say so; who is on the phone goes on by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import press_primary, settle
from tests.views.stage import Night, effective, undone
from tests.views.test_shell import window
from workstation.desk import Desk
from workstation.desk.claims import ON_THE_PHONE
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.views.decide.column import CRIME, GRADE, REDIRECT
from workstation.views.queue.row_chips import UNSURE, chips_of
from workstation.views.report.unsure_bar import GOES_ON, WENT_ON
from workstation.views.shell import MainWindow

NOT_SURE = "Your claim is not confirmed: the store has not heard this desk since"


@pytest.fixture
def shown(qtbot: QtBot, quiet_night: Night) -> MainWindow:
    """Kelly's window on a noise complaint that she holds and has assessed."""
    night, id = quiet_night, quiet_night["noise"]
    desk = night.desk
    earlier = desk.earlier_contacts(id)
    risk = AssessRisk(report=id, levels=lowest_levels(desk.pack), earlier=earlier)
    night.seat().do(ClaimReport(report=id))
    night.seat().do(risk)
    assert night.seat().exchange()
    made = window(qtbot, desk)
    made.open_report(id)
    return made


@pytest.fixture
def silent(shown: MainWindow, quiet_night: Night) -> MainWindow:
    """The same after two minutes in which the store did not hear the desk."""
    quiet_night.seat().line.is_cut = True
    quiet_night.seat().exchange()
    quiet_night.clock.pass_by(minutes=2)
    shown.desk.tick()
    settle()
    return shown


def row_chips(desk: Desk, id: ReportId) -> list[str]:
    return [words for words, _, _ in chips_of(desk.rows([id])[0])]


def test_while_the_store_hears_the_desk_nothing_is_said(
    shown: MainWindow, noise: ReportId
) -> None:
    assert not shown.work.report.unsure.isVisible()
    assert UNSURE not in row_chips(shown.desk, noise)
    assert shown.commands.why_not("report.phone").startswith("Nothing is held back")
    assert shown.commands.why_not("report.close") == ""


def test_page_and_row_say_that_the_claim_is_not_sure(silent: MainWindow, noise: ReportId) -> None:
    bar = silent.work.report.unsure
    assert bar.isVisible()
    assert bar.accessibleName().startswith(NOT_SURE)
    assert bar.accessibleName().endswith(GOES_ON)
    assert UNSURE in row_chips(silent.desk, noise)
    assert silent.commands.why_not("report.close").startswith(NOT_SURE)
    assert silent.commands.why_not("report.duplicate").startswith(NOT_SURE)


@pytest.mark.parametrize("panel", [REDIRECT, CRIME])
def test_the_key_of_what_only_one_may_do_is_dead_with_the_reason_beside_it(
    qtbot: QtBot, silent: MainWindow, noise: ReportId, panel: int
) -> None:
    column = silent.work.decide
    column.open_panel(panel)
    qtbot.waitUntil(lambda: not column.hold.is_settling)
    said = column.footer.consequence.text()
    assert said.startswith(NOT_SURE)
    assert said.endswith(ON_THE_PHONE)
    assert not column.footer.primary.isEnabled()
    before = undone(silent.desk, noise)
    press_primary()
    assert undone(silent.desk, noise) == before


def test_raising_a_grade_and_writing_a_note_go_on(
    qtbot: QtBot, silent: MainWindow, noise: ReportId
) -> None:
    column = silent.work.decide
    column.open_panel(GRADE)
    column.grade.pick("P")
    column.grade.reason.set_text("She is afraid.")
    qtbot.waitUntil(lambda: not column.hold.is_settling)
    settle()
    press_primary()
    grading = effective(silent.desk, noise).grading
    assert grading is not None
    assert grading.code == "P"


def test_who_is_on_the_phone_goes_on_by_one_key_and_the_log_says_so(
    qtbot: QtBot, silent: MainWindow, noise: ReportId
) -> None:
    QTest.keyClick(silent, Qt.Key.Key_F7)
    settle()
    bar, column = silent.work.report.unsure, silent.work.decide
    assert bar.isVisible()
    assert bar.accessibleName().endswith(WENT_ON)
    assert not bar.action.isVisible()
    titles = [one.entry.title for one in silent.desk.entries(noise)]
    assert titles[-1] == "Kelly Rowe went on: on the phone to this person"
    column.open_panel(REDIRECT)
    column.redirect.key("C")
    qtbot.waitUntil(lambda: not column.hold.is_settling)
    settle()
    press_primary()
    assert effective(silent.desk, noise).redirection is not None


def test_the_store_heard_the_desk_again_and_nothing_is_held_back(
    qtbot: QtBot, silent: MainWindow, quiet_night: Night, noise: ReportId
) -> None:
    quiet_night.seat().line.is_cut = False
    assert quiet_night.seat().exchange()
    settle()
    assert not silent.work.report.unsure.isVisible()
    assert UNSURE not in row_chips(silent.desk, noise)
    assert silent.commands.why_not("report.close") == ""
