"""What each panel does with the desk, by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import SMALL, Stage, press, press_primary, settle
from tests.views.stage import MO, Night, effective, undone
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.refusal import Refusal
from workstation.domain.report import Facts, Location, ReportId
from workstation.ui.label import ErrorText
from workstation.views.decide.column import CRIME, GRADE, IMU, REDIRECT, DecideColumn
from workstation.views.decide.crime_panel import NEXT
from workstation.views.decide.drafts import SAVE_AFTER_MS
from workstation.views.decide.emergency_form import WHERE_FIRST
from workstation.views.decide.hold import is_seen

ALT = Qt.KeyboardModifier.AltModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def stage(qtbot: QtBot, desk: Desk) -> Stage:
    shown = Stage(desk, SMALL)
    qtbot.addWidget(shown)
    return shown


def act(qtbot: QtBot, column: DecideColumn) -> None:
    """Wait until the key is live, then press it."""
    settle()
    qtbot.waitUntil(lambda: not column.hold.is_settling)
    settle()
    press_primary()


def type_text(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)
    settle()


def set_thrive(column: DecideColumn) -> None:
    for letter in "THRIVE":
        press(Qt.Key(ord(letter)))
        press(Qt.Key.Key_2)
    assert len(column.risk.levels) == 6


def test_noise_goes_to_the_council_in_four_keys_once_it_is_open(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.grade.take_focus()
    press(Qt.Key.Key_F3)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    with qtbot.waitSignal(column.done) as done:
        act(qtbot, column)
    assert done.args == ["Redirected to Cambridge City Council."]
    assert undone(desk, noise) == ("ClaimReport", "AssessRisk", "RedirectReport")
    redirected = effective(desk, noise).redirection
    assert redirected is not None
    assert redirected.rule == "R01"
    assert "01223 457000" in redirected.message


def levels_shown(column: DecideColumn) -> dict[str, int]:
    """Which level each THRIVE row shows as chosen, those that show one."""
    rows = column.grade.rows.rows
    return {key: index for key, row in rows.items() if (index := row.chosen_index) is not None}


def test_no_risk_found_is_refused_at_once_beside_a_marked_phrase(
    desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(REDIRECT)
    column.risk.set_level("T", desk.pack.thrive[0].levels[1])
    press(Qt.Key.Key_0)
    assert "regret" in column.redirect.statement.error.text()
    assert column.redirect.statement.error.isVisible()
    assert levels_shown(column) == {"T": 1}
    assert "with “no risk found”" not in column.footer.consequence.text()
    column.risk.set_answered("said I will regret it", True)
    assert column.redirect.statement.error.isHidden()
    assert levels_shown(column) == dict.fromkeys("THRIVE", 0)


def test_why_no_risk_found_is_refused_is_said_once(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_R, ALT)
    type_text("Nobody is in danger")
    column.panels[0].show_refusal(column.risk.refusal or Refusal("", ""))
    said = [one.text() for one in column.grade.findChildren(ErrorText) if one.isVisible()]
    assert len(said) == 1
    assert "regret" in said[0]
    assert column.grade.trouble.isHidden()


def test_earlier_contacts_stop_the_fast_path_and_the_green_tick(
    qtbot: QtBot,
    desk: Desk,
    stage: Stage,
    noise: ReportId,
    harassment: ReportId,
    quiet_night: Night,
) -> None:
    where = effective(desk, noise).location
    quiet_night.receive("before", "Shouting upstairs.", Facts(title="Shouting"), where)
    quiet_night.seat().exchange()
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    act(qtbot, column)
    assert desk.link().waiting == 0
    assert "earlier contacts" in column.redirect.statement.error.text()
    checked = "1 contact in 14 days (on this desk only)"
    assert checked in column.redirect.agency.checks.lines


def test_thrive_and_grade_are_sent_together_from_the_keyboard(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    set_thrive(column)
    press(Qt.Key.Key_P, ALT)
    type_text("Escalating pattern")
    assert column.footer.primary.accessibleName() == "Grade Prompt, send to dispatch"
    act(qtbot, column)
    assert undone(desk, harassment) == ("ClaimReport", "AssessRisk", "GradeReport")
    assert effective(desk, harassment).grading is not None
    assert column.grade.reason.text == ""


def test_alt_and_a_letter_in_the_reason_picks_a_grade_and_writes_nothing(
    stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.grade.reason.setFocus()
    press(Qt.Key.Key_R, ALT)
    assert column.grade.tiles.chosen_code == "R"
    assert column.grade.reason.text == ""


def test_letters_in_the_reason_are_words_not_keys(stage: Stage, noise: ReportId) -> None:
    column = stage.open(noise)
    column.grade.reason.setFocus()
    type_text("there 0")
    assert column.grade.reason.text == "there 0"
    assert not column.risk.is_touched


def test_an_unfinished_thrive_never_holds_officers_up(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(GRADE)
    press(Qt.Key.Key_3)
    column.grade.pick("I")
    column.grade.reason.set_text("He is outside.")
    act(qtbot, column)
    assert undone(desk, harassment) == ("ClaimReport", "GradeReport")
    assert column.risk.is_touched


def test_an_unfinished_thrive_is_refused_at_its_own_row_when_nobody_is_sent(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    press(Qt.Key.Key_1)
    column.grade.pick("R")
    column.grade.reason.set_text("Council matter.")
    act(qtbot, column)
    assert desk.link().waiting == 0
    assert column.grade.rows.errors["H"].text() == "Set Harm."


def test_a_colleagues_report_can_still_be_raised(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId, quiet_night: Night
) -> None:
    quiet_night.meanwhile(MO, ClaimReport(report=harassment))
    column = stage.open(harassment)
    column.grade.pick("I")
    column.grade.reason.set_text("He is outside.")
    act(qtbot, column)
    assert undone(desk, harassment) == ("GradeReport",)


def test_a_grade_without_a_place_asks_for_one_and_keeps_the_grade(
    qtbot: QtBot, desk: Desk, stage: Stage, quiet_night: Night
) -> None:
    id = quiet_night.receive("nowhere", "Help", Facts(title="Help"), Location())
    quiet_night.seat().exchange()
    column = stage.open(id)
    column.grade.pick("P")
    column.grade.reason.set_text("Concern.")
    settle()
    assert not column.footer.primary.isEnabled()
    assert column.footer.consequence.text() == WHERE_FIRST
    column.grade.where.place.setFocus()
    type_text("Mill Road, Cambridge")
    press(Qt.Key.Key_Return)
    act(qtbot, column)
    where = effective(desk, id).location
    assert (where.text, where.district) == ("Mill Road, Cambridge", "E07000008")
    graded = effective(desk, id).grading
    assert graded is not None
    assert graded.code == "P"


def test_send_officers_now_needs_one_line_where_the_place_is_known(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.grade.reason.setFocus()
    press(Qt.Key.Key_E, CTRL_SHIFT)
    type_text("He is at the door")
    act(qtbot, column)
    assert undone(desk, harassment) == ("EscalateEmergency",)
    assert effective(desk, harassment).is_emergency
    assert not column.grade.is_sending_now


def test_not_a_crime_needs_each_of_its_three_parts(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_N)
    form = column.redirect.not_crime
    for part, sentence in (
        ("explanation", "Explain first why"),
        ("advice", "Say first what the person"),
        ("agencies", "Choose first at least one"),
    ):
        settle()
        assert sentence in column.footer.consequence.text()
        assert not column.footer.primary.isEnabled()
        {"explanation": form.explanation.set_text, "advice": form.advice.set_text}.get(
            part, lambda _: form.agencies.tick("cambridge-city")
        )("Noise is for the council.")
    act(qtbot, column)
    assert effective(desk, noise).not_crime is not None


def test_a_report_that_ended_is_reopened_with_what_is_new(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    press(Qt.Key.Key_0)
    press(Qt.Key.Key_C)
    act(qtbot, column)
    assert "Redirected to Cambridge City Council" in column.reopen.ended.text()
    column.reopen.take_focus()
    type_text("Screams were heard")
    act(qtbot, column)
    assert effective(desk, noise).is_open
    assert column.reopen.isHidden()


def test_a_crime_number_shows_large_and_says_whether_it_is_confirmed(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId, quiet_night: Night
) -> None:
    column = stage.open(harassment)
    column.open_panel(CRIME)
    type_text("harassment")
    press(Qt.Key.Key_Return)
    column.crime.kind.choose(0)
    assert column.crime.name.text() == "Karen Whitfield"
    act(qtbot, column)
    shown = column.crime.issued
    number = effective(desk, harassment).crimes[0].number
    assert number.startswith("35/")
    assert shown.number.text() == number
    assert is_seen(shown.number, column.area.viewport())
    assert shown.copy.hasFocus()
    assert column.footer.consequence.text() == NEXT
    assert shown.state.text().startswith("On this desk, not yet confirmed")
    quiet_night.seat().exchange()
    assert shown.state.text() == "Confirmed by the store."
    shown.copy.click()
    assert QApplication.clipboard().text() == number


def test_the_imu_gets_an_answer_to_each_factor_and_the_facts(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId
) -> None:
    column = stage.open(harassment)
    column.open_panel(CRIME)
    type_text("harassment")
    press(Qt.Key.Key_Return)
    column.crime.kind.choose(3)
    act(qtbot, column)
    column.open_panel(IMU)
    settle()
    assert "Answer “witness” first" in column.footer.consequence.text()
    assert not column.footer.primary.isEnabled()
    for row in column.imu.rows.values():
        row.choose(2)
    column.imu.facts.set_text("Fourteen screenshots kept.")
    act(qtbot, column)
    assert effective(desk, harassment).hand_off is not None


def test_one_key_asks_a_supervisor(desk: Desk, stage: Stage, noise: ReportId) -> None:
    stage.open(noise).grade.take_focus()
    press(Qt.Key.Key_F8)
    assert effective(desk, noise).asked is not None


def test_words_and_levels_are_kept_and_come_back(
    qtbot: QtBot, desk: Desk, stage: Stage, noise: ReportId, harassment: ReportId
) -> None:
    column = stage.open(noise)
    column.open_panel(GRADE)
    press(Qt.Key.Key_2)
    column.grade.reason.setFocus()
    with qtbot.waitSignal(column.drafts.saved, timeout=SAVE_AFTER_MS * 10):
        type_text("Nightly, no threat")
    stage.open(harassment)
    assert column.grade.reason.text == ""
    assert column.risk.levels == {}
    stage.open(noise)
    assert column.grade.reason.text == "Nightly, no threat"
    assert column.risk.levels == {"T": "Low"}


def test_the_template_follows_the_agency_until_the_person_writes(
    stage: Stage, noise: ReportId
) -> None:
    form = stage.open(noise).redirect.agency
    form.key("C")
    form.key("B")
    assert "British Transport Police" in form.message.text
    form.message.setFocus()
    type_text("Dear Owen. ")
    form.key("C")
    assert "British Transport Police" in form.message.text
    form.again.click()
    assert "Cambridge City Council" in form.message.text


def test_a_colleagues_correction_of_the_time_is_not_undone(
    qtbot: QtBot, desk: Desk, stage: Stage, harassment: ReportId, quiet_night: Night
) -> None:
    column = stage.open(harassment)
    change = FactChange("occurred", "21 Nov, 22:05 to 22:20", "21 Nov, 21:00")
    quiet_night.meanwhile(MO, CorrectFacts(report=harassment, changes=(change,)))
    column.open_panel(CRIME)
    type_text("harassment")
    press(Qt.Key.Key_Return)
    column.crime.kind.choose(3)
    act(qtbot, column)
    assert len(effective(desk, harassment).crimes) == 1
    assert effective(desk, harassment).facts.occurred == "21 Nov, 21:00"


def test_an_unknown_place_and_its_reason_come_back_with_the_draft(
    desk: Desk, stage: Stage, noise: ReportId, harassment: ReportId
) -> None:
    desk.save_draft(harassment, "emergency.unknown", "Line cut")
    column = stage.open(harassment)
    assert column.grade.emergency.where.location() == Location(unknown_because="Line cut")
    stage.open(noise)
    assert column.grade.emergency.where.location() is None
