"""What a late correction proposes stands beside the fact, and a person takes or leaves it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.stage import KELLY, MO, SAM, Night, effective
from workstation.domain.claiming import ReassignReport
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.roles import Author, PersonId
from workstation.views.queue.row_chips import chips_of
from workstation.views.report.page import ReportPage

OLD, NEW, HERS = "07700 900412", "07700 900456", "07700 900123"


@pytest.fixture
def overtaken(qtbot: QtBot, night: Night) -> ReportPage:
    """Mo's page of what was Kelly's: he corrected the number, and so did she, offline."""
    kelly, mo, r1 = night.seat(KELLY), night.seat(MO), night["r1"]
    was = effective(kelly.desk, r1).facts
    kelly.line.is_cut = True
    hers = (
        FactChange("phone", was.phone, HERS),
        FactChange("people", was.people, "<b>Dean</b>, 38"),
    )
    kelly.do(CorrectFacts(report=r1, changes=hers))
    sam = night.seat(SAM)
    sam.exchange()
    given = Author(PersonId(MO), "Mo Ahmed")
    sam.do(ReassignReport(report=r1, to=given, reason="Kelly is offline"))
    sam.exchange()
    mo.exchange()
    mo.do(CorrectFacts(report=r1, changes=(FactChange("phone", was.phone, NEW),)))
    mo.exchange()
    night.clock.pass_by(minutes=13)
    kelly.line.is_cut = False
    kelly.exchange()
    mo.exchange()
    page = ReportPage(mo.desk)
    qtbot.addWidget(page)
    page.resize(1000, 800)
    page.set_narrow(False)
    page.show()
    page.show_report(r1)
    return page


def said(page: ReportPage) -> list[str]:
    return [bar.accessibleName() for bar in page.facts.proposals.bars]


def test_a_proposal_says_who_wrote_it_when_and_what_stands(overtaken: ReportPage) -> None:
    assert overtaken.facts.proposals.isVisible()
    assert overtaken.facts.proposals.heading.text() == "2 corrections proposed"
    assert said(overtaken)[0] == (f"Phone: {HERS}, instead of {NEW}. Kelly Rowe, offline 02:47")


def test_words_of_a_proposal_are_shown_letter_for_letter(overtaken: ReportPage) -> None:
    assert "People named: <b>Dean</b>, 38, instead of " in said(overtaken)[1]


def test_it_is_taken_by_the_keyboard_under_the_names_of_both(
    qtbot: QtBot, overtaken: ReportPage, night: Night
) -> None:
    desk = night.seat(MO).desk
    take = overtaken.facts.proposals.bars[0].action
    take.setFocus(Qt.FocusReason.TabFocusReason)
    assert overtaken.focusWidget() is take
    QTest.keyClick(take, Qt.Key.Key_Space)
    assert effective(desk, night["r1"]).facts.phone == HERS
    entry = desk.entries(night["r1"])[-1].entry
    assert (entry.title, entry.by.name) == ("Facts corrected, as Kelly Rowe proposed", "Mo Ahmed")
    assert len(said(overtaken)) == 1
    following = overtaken.facts.proposals.bars[0].action
    qtbot.waitUntil(lambda: overtaken.focusWidget() is following)


def test_the_keyboard_comes_to_it_where_it_stands(overtaken: ReportPage) -> None:
    first, *others = [
        one for bar in overtaken.facts.proposals.bars for one in (bar.action, bar.leave)
    ]
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for button in (*others, overtaken.facts.edit):
        QTest.keyClick(overtaken.focusWidget(), Qt.Key.Key_Tab)
        assert overtaken.focusWidget() is button


def test_the_row_says_that_a_correction_is_proposed(overtaken: ReportPage, night: Night) -> None:
    (row,) = night.seat(MO).desk.rows([night["r1"]])
    assert ("Correction proposed", "warn", "pencil") in chips_of(row)
    for _ in range(2):
        overtaken.facts.proposals.bars[0].leave.click()
    (row,) = night.seat(MO).desk.rows([night["r1"]])
    assert "Correction proposed" not in [words for words, _, _ in chips_of(row)]


def test_it_is_left_and_the_last_takes_the_place_away(overtaken: ReportPage, night: Night) -> None:
    desk = night.seat(MO).desk
    for _ in range(2):
        overtaken.facts.proposals.bars[0].leave.click()
    assert effective(desk, night["r1"]).facts.phone == NEW
    assert not overtaken.facts.proposals.isVisible()
    told = [one.entry.text for one in desk.entries(night["r1"])]
    assert f"phone: {HERS}" in told


def test_what_was_settled_elsewhere_meanwhile_is_said(overtaken: ReportPage, night: Night) -> None:
    there = ReportPage(night.seat(SAM).desk)
    night.seat(SAM).exchange()
    there.show_report(night["r1"])
    there.facts.proposals.bars[0].leave.click()
    night.seat(SAM).exchange()
    there.deleteLater()
    overtaken.facts.proposals.bars[0].action.click()
    night.seat(MO).exchange()
    (case,) = [one for one in night.seat(MO).desk.attention() if one.mine]
    assert (case.command, HERS in case.text) == ("SettleProposal", True)


def test_who_proposed_it_sees_it_stand(overtaken: ReportPage, qtbot: QtBot, night: Night) -> None:
    hers = ReportPage(night.desk)
    qtbot.addWidget(hers)
    hers.show_report(night["r1"])
    assert said(hers) == said(overtaken)
