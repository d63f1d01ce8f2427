"""The page shows the risk as it was assessed last, and says *not done* where nobody did."""

from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from workstation.desk import Desk
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.views.report.page import ReportPage
from workstation.views.report.risk_card import NOT_DONE


def test_the_card_says_not_done_and_then_each_version_against_the_one_before(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    assert page.risk.levels.text() == NOT_DONE
    first = AssessRisk(
        report=noise,
        levels=lowest_levels(desk.pack),
        earlier=EarlierContacts(),
        words={"H": "Noise"},
    )
    quiet_night.seat().do(first)
    assert "Harm None" in page.risk.levels.text()
    assert page.risk.words.text() == "Harm: Noise"
    assert page.risk.changes.isHidden()
    high = replace(first, levels=first.levels | {"H": "High"}, words={"H": "She was hit"})
    quiet_night.seat().do(high)
    assert page.risk.changes.text() == "Since the one before: Harm None → High"
    assert page.risk.trailing.text().startswith("version 2, Kelly Rowe")
