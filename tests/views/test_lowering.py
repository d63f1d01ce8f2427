"""A lowering that a supervisor has to approve: what each of them reads, and what waits."""

from pytestqt.qtbot import QtBot

from tests.views.decide_stage import Stage
from tests.views.stage import KELLY, SAM, Night, effective
from tests.views.test_decide_acts import act, set_thrive
from workstation.domain.grading import EscalateEmergency
from workstation.domain.lowering import AnswerLowering
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.views.attention import AttentionPage
from workstation.views.decide.column import GRADE
from workstation.views.report.lowering_form import LOWERING, lowering_form
from workstation.views.report.page import ReportPage


def asked(qtbot: QtBot, night: Night, report: ReportId) -> Stage:
    """Kelly sent officers; now she asks to lower it, and everybody has it."""
    kelly = night.seat(KELLY)
    kelly.do(EscalateEmergency(report=report, why="He is at the door"))
    kelly.exchange()
    night.clock.pass_by(minutes=1)
    stage = Stage(kelly.desk)
    qtbot.addWidget(stage)
    column = stage.open(report)
    column.open_panel(GRADE)
    set_thrive(column)
    column.risk.set_interim("He may come back")
    column.risk.set_rara(("avoid",))
    column.grade.pick("P")
    column.grade.reason.set_text("He has gone")
    assert column.footer.primary.accessibleName() == "Ask to lower to Prompt"
    act(qtbot, column)
    kelly.exchange()
    night.seat(SAM).exchange()
    return stage


def test_what_is_only_asked_for_is_no_grade_that_dispatch_has_not_got(
    qtbot: QtBot, quiet_night: Night, noise: ReportId
) -> None:
    asked(qtbot, quiet_night, noise)
    kelly = quiet_night.seat(KELLY)
    quiet_night.clock.pass_by(minutes=1)
    assert kelly.desk.undelivered() == ()
    assert effective(kelly.desk, noise).is_emergency
    assert "lowering asked" in kelly.desk.rows([noise])[0].flags


def test_a_supervisor_finds_it_in_needs_attention_and_in_the_count(
    qtbot: QtBot, quiet_night: Night, noise: ReportId
) -> None:
    asked(qtbot, quiet_night, noise)
    desk = quiet_night.seat(SAM).desk
    desk.count()
    assert desk.counters().attention == 1
    assert quiet_night.seat(KELLY).desk.counters().attention == 0
    page = AttentionPage(desk)
    qtbot.addWidget(page)
    (card,) = page.lowerings.cards
    assert card.title.text().startswith("Lower Immediate to Prompt? Asked by Kelly Rowe")
    assert card.reason.text() == "He has gone"
    answer = AnswerLowering(
        report=noise, approve=True, was="I", code="P", asked_by=quiet_night.desk.person.id
    )
    quiet_night.seat(SAM).do(answer)
    assert page.lowerings.cards == []
    assert effective(desk, noise).lowering is None


def test_only_a_supervisor_is_offered_to_answer(
    qtbot: QtBot, quiet_night: Night, noise: ReportId
) -> None:
    asked(qtbot, quiet_night, noise)
    for person, actions in ((KELLY, ""), (SAM, "Answer")):
        page = ReportPage(quiet_night.seat(person).desk)
        qtbot.addWidget(page)
        page.show_report(noise)
        (one,) = [bar for bar in page.standings.told if "asks to lower" in bar.lead]
        assert one.action == actions
        assert "Immediate and its clock stand" in one.text


def test_the_answer_is_over_what_was_on_screen_when_it_was_begun(
    qtbot: QtBot, quiet_night: Night, noise: ReportId
) -> None:
    asked(qtbot, quiet_night, noise)
    sam = quiet_night.seat(SAM)
    page = ReportPage(sam.desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    page.ask(LOWERING)
    assert page.form is not None
    again = EscalateEmergency(report=noise, why="He is back with a knife")
    quiet_night.meanwhile(KELLY, again)
    sam.exchange()
    page.form._editors["approve"].setCurrentIndex(1)  # type: ignore[union-attr]
    page.form.send()
    assert "The grade stands." in page.form.error.text()
    assert effective(sam.desk, noise).is_emergency


def test_an_answer_has_to_be_chosen(quiet_night: Night, noise: ReportId) -> None:
    form = lowering_form(quiet_night.seat(SAM).desk, noise)
    refusal = form._answer({"approve": "", "words": ""})
    assert isinstance(refusal, Refusal)
    form.deleteLater()
