"""What an update says of itself, and one event told of by several callers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.assessing import low_risk
from tests.told import repeats
from tests.views.stage import NOW, SAM, Night
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import GradeReport
from workstation.domain.report import Facts, Location
from workstation.views.queue.row_chips import chips_of
from workstation.views.report.cluster import HERE, KEEPS, POINTS
from workstation.views.report.page import LINKED, ReportPage
from workstation.views.report.standing import standings


def quoting(night: Night, facts: Facts) -> str:
    """A contact that quotes the report of harassment; its row's chips in one line."""
    shown = night.desk.report(night["r1"])
    assert shown is not None
    words = f"{shown.report.reference}: he is back."
    night.receive("update", words, facts, Location())
    night.seat().exchange()
    (row,) = night.desk.rows([night["update"]])
    assert row.danger
    return ", ".join(words for words, _, _ in chips_of(row))


def banners(night: Night) -> list[str]:
    shown = night.desk.report(night["update"])
    assert shown is not None
    return [f"{one.lead} {one.text}" for one in standings(shown.report, night.desk.person, NOW)]


def test_an_update_of_somebody_unknown_says_so_on_its_row_and_its_page(night: Night) -> None:
    chips = quoting(night, Facts(title="He is back"))
    assert "identity not matched" in chips
    assert any(
        "nothing was added to the other. Assess the risk at once" in b for b in banners(night)
    )
    night.seat().assess(night["update"])
    assert not any("Assess the risk at once" in one for one in banners(night))
    (row,) = night.desk.rows([night["update"]])
    assert not row.danger


def test_an_update_of_the_same_person_leads_to_the_report(night: Night) -> None:
    chips = quoting(night, Facts(title="He is back", phone="07700 900412"))
    assert "Update to CC-" in chips
    assert any("by the same telephone" in one for one in banners(night))
    assert night.desk.linked(night["update"])[0].id == night["r1"]


@pytest.fixture
def page(qtbot: QtBot, night: Night) -> ReportPage:
    """The page of a report that another repeats."""
    sam = night.seat(SAM)
    sam.exchange()
    sam.do(low_risk(sam.desk, night["r5"]))
    sam.do(low_risk(sam.desk, night["r3"]))
    sam.do(ClaimReport(report=night["r5"]))
    sam.do(GradeReport(report=night["r5"], code="P", reason="The same noise"))
    sam.do(
        repeats(
            report=night["r3"], of=night["r5"], at=sam.desk.clock.now(), reason="The same noise"
        )
    )
    sam.exchange()
    night.seat().exchange()
    shown = ReportPage(night.desk)
    qtbot.addWidget(shown)
    shown.resize(900, 800)
    shown.show()
    shown.show_report(night["r3"])
    shown.tabs.setCurrentIndex(LINKED)
    return shown


def test_every_caller_keeps_their_words_and_their_own_thrive(
    page: ReportPage, night: Night
) -> None:
    first, second = page.links.cluster.rows()
    assert page.links.cluster.isVisible()
    assert (
        first.words.text() == "Loud music every night from flat above. It happened near the shops."
    )
    assert second.words.text().startswith("Neighbour dispute")
    assert first.thrive.text().startswith("THRIVE of this account: T ")
    assert [row.show_button.text() for row in (first, second)] == ["Show", HERE]
    told = [one.is_kept for one in night.desk.cluster(night["r3"])]
    assert told == [True, False]
    assert (KEEPS, POINTS) == ("Keeps the work", "Linked to it")


def test_the_other_account_is_opened_by_keyboard(
    qtbot: QtBot, page: ReportPage, night: Night
) -> None:
    first, _ = page.links.cluster.rows()
    first.show_button.setFocus()
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(first.show_button, Qt.Key.Key_Space)
    assert opened.args == [night["r5"]]


def test_a_report_alone_shows_no_cluster(page: ReportPage, night: Night) -> None:
    page.show_report(night["r6"])
    assert page.links.cluster.isHidden()
