"""A hard rule is said on the page before anybody runs into it, with what to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage
from tests.views.screens import a_window
from tests.views.stage import Night, effective
from tests.views.test_decide_acts import act, set_thrive
from workstation.desk import Desk
from workstation.domain.answered import settled_of
from workstation.domain.answering import AnswerQuestions
from workstation.domain.claiming import ClaimReport
from workstation.domain.entry import Given
from workstation.domain.flagging import SetFlag
from workstation.domain.report import ReportId
from workstation.ui.select import Select
from workstation.views.decide.column import GRADE, REDIRECT
from workstation.views.report.page import ReportPage
from workstation.views.report.right_care_form import CARING
from workstation.views.report.settling_form import settling


def test_a_concern_for_welfare_asks_for_its_limb_and_then_tells_it(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    quiet_night.seat().do(SetFlag(report=noise, flag="welfare"))
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    (bar,) = [one for one in page.standings.told if "Right Care" in one.lead]
    assert (bar.action, bar.form) == ("Record it", CARING)
    page.ask(CARING)
    assert page.form is not None
    page.form.send()
    assert page.form.fields["limb"].error.text().startswith("Choose why police attend")
    page.form._editors["limb"].setCurrentIndex(3)  # type: ignore[union-attr]
    page.form._editors["told"].setText("No: ring 111, option 2")  # type: ignore[union-attr]
    page.form.send()
    assert effective(desk, noise).right_care is not None
    (bar,) = [one for one in page.standings.told if "neither limb" in one.lead]
    assert "ring 111" in bar.text
    assert bar.action == ""


def test_a_missing_person_asks_for_the_risk_level_and_then_tells_it_with_its_meaning(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    quiet_night.seat().do(SetFlag(report=noise, flag="missing"))
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    (bar,) = [one for one in page.standings.told if "risk level" in one.lead]
    assert bar.action == "Record it"
    page.ask(bar.form)
    assert page.form is not None
    page.form.send()
    assert page.form.fields["words"].error.text() == "Give the answer first."
    box = page.form._editors["words"]
    assert isinstance(box, Select)
    assert box.itemText(1).startswith("High: Serious harm to them or to others is very likely")
    box.setCurrentIndex(1)
    page.form.send()
    settled = settled_of(effective(desk, noise).settled, "missing", "level")
    assert settled is not None
    assert settled.words == "High"
    (bar,) = [one for one in page.standings.told if one.lead == "Missing person, high:"]
    assert (bar.tone, bar.action) == ("warn", "Judge again")
    assert "very likely" in bar.text


def test_a_refused_redirect_names_the_rule_and_its_source_in_the_panel(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    quiet_night.seat().do(SetFlag(report=noise, flag="home-burglary"))
    stage = Stage(desk, SMALL)
    qtbot.addWidget(stage)
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    column.risk.set_level("T", "Low")
    for element in desk.pack.thrive[1:]:
        column.risk.set_level(element.key, element.levels[0])
    column.redirect.key("C")
    act(qtbot, column)
    words = column.redirect.form.fields["agency"].error.text()
    assert words.startswith("A burglary of a home is attended.")
    assert "Source: NPCC commitment of October 2022" in words
    assert effective(desk, noise).is_open


def test_a_missing_person_is_not_given_back_before_the_level_is_judged(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    desk.submit(ClaimReport(report=noise))
    desk.submit(SetFlag(report=noise, flag="missing"))
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    with qtbot.waitSignal(page.said) as said:
        page.take_or_release()
    assert said.args is not None
    assert "Record it first: high, medium, low or no apparent risk." in said.args[0]
    assert not page.trouble.isHidden()
    level = AnswerQuestions(report=noise, guide="missing", answers=(Given("level", "High"),))
    assert desk.submit(level) is None
    page.take_or_release()
    assert effective(desk, noise).claim is None


def test_a_fraud_that_goes_on_stays_until_it_is_asked_again(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    said = AnswerQuestions(report=noise, guide="fraud", answers=(Given("going-on", "yes"),))
    assert desk.submit(said) is None
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    (stays,) = [one for one in page.standings.told if "stays with the police" in one.lead]
    (judge,) = [one for one in page.standings.told if "harm goes on" in one.lead]
    assert (stays.action, judge.action) == ("Ask again", "")
    page.ask(stays.form)
    assert page.form is not None
    box = page.form._editors["words"]
    assert isinstance(box, Select)
    box.setCurrentIndex(box.findData("no"))
    page.form.send()
    leads = [one.lead for one in page.standings.told]
    assert not any("stays with the police" in one for one in leads)
    assert any("harm goes on" in one for one in leads)


def test_one_key_opens_what_is_still_to_be_recorded(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    with a_window(desk) as window:
        window.open_report(noise)
        assert window.commands.why_not("report.record") == "Nothing is asked for here."
        quiet_night.seat().do(SetFlag(report=noise, flag="missing"))
        QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        form = window.work.report.form
        assert form is not None
        assert form.name == settling("missing", "level")


def test_the_sentence_of_a_rule_goes_once_it_has_what_it_asked_for(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    quiet_night.seat().do(SetFlag(report=noise, flag="missing"))
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    column = shown.open(noise)
    column.open_panel(GRADE)
    set_thrive(column)
    column.grade.pick("R")
    column.grade.reason.set_text("The home looks for her")
    act(qtbot, column)
    error = column.grade.fields["code"].error
    assert "risk level of a missing person" in error.text()
    quiet_night.seat().do(SetFlag(report=noise, flag="safeguarding"))
    assert "risk level of a missing person" in error.text()
    level = (Given("level", "High"),)
    quiet_night.seat().do(
        AnswerQuestions(report=noise, guide="missing", answers=level, said_by="Kelly Rowe")
    )
    assert error.text() == ""
    assert column.grade.reason.text == "The home looks for her"
