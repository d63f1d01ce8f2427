"""What was refused after it was done here: the bar names it, and it stands until it is settled."""

import shiboken6
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, Night, effective
from tests.views.test_shell import window
from workstation.domain.claiming import ClaimReport
from workstation.domain.story import AddNote
from workstation.views.attention import AttentionPage


def test_a_refusal_that_comes_later_stays_until_acknowledged(qtbot: QtBot, night: Night) -> None:
    desk, kelly = night.desk, night.seat()
    shown = window(qtbot, desk)
    kelly.line.is_cut = True
    night.meanwhile(MO, ClaimReport(report=night["r2"]))
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    assert shown.refused.isVisible()
    report = effective(desk, night["r2"])
    told = shown.refused.accessibleName()
    assert told.startswith(f"Refused: taking the report, {report.reference}  ")
    assert "Mo Ahmed" in told
    assert "to look at" not in told
    shown.refused.acted.emit()
    assert shown.pages.currentWidget() is shown.attention
    card = shown.attention.cards()[0]
    assert card.title.text().startswith("Taking the report, by you")
    assert effective(desk, night["r2"]).reference in card.trailing.text()
    assert card.now.text() == "Mo Ahmed holds it\nNot graded"
    assert "Leave it to its holder" in card.next.text()
    card.settle()
    assert card.error.isVisible()
    QTest.keyClicks(card.done, "R")
    assert not card.error.isVisible()
    case = desk.attention()[0].case
    assert desk.stock.jottings.settled() == {}
    card.done.setText("Regraded")
    card.settle()
    assert desk.stock.jottings.settled() == {case.id: "Regraded"}
    assert not shown.attention.cards()


def refuse_two(night: Night) -> None:
    """Mo takes two reports first that Kelly takes while her line is cut."""
    kelly = night.seat()
    kelly.line.is_cut = True
    for name in ("r2", "r7"):
        night.meanwhile(MO, ClaimReport(report=night[name]))
        kelly.do(ClaimReport(report=night[name]))
    kelly.line.is_cut = False
    kelly.exchange()


def test_refused_work_of_before_stands_in_the_bar_at_the_start_with_its_count(
    qtbot: QtBot, night: Night
) -> None:
    refuse_two(night)
    shown = window(qtbot, night.desk)
    assert shown.refused.isVisible()
    assert shown.refused.accessibleName().endswith(" 2 to look at.")
    for one in night.desk.attention():
        assert shown.refused.isVisible()
        night.desk.settle(one.case.id, "Mo has it.")
    assert not shown.refused.isVisible()


def test_a_page_that_is_gone_hears_of_no_report_any_more(qtbot: QtBot, night: Night) -> None:
    refuse_two(night)
    page = AttentionPage(night.desk)
    qtbot.addWidget(page)
    assert page.cards()
    shiboken6.delete(page)
    night.seat().do(AddNote(report=night["r2"], text="a"))
