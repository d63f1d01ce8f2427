"""The page says who said that somebody is safe, how long ago, and when nobody knows any more."""

from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from workstation.desk import Desk
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.flagging import SetFlag
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.ui.ticker import ticker
from workstation.views.report.page import ReportPage


def fact(page: ReportPage, label: str) -> str:
    """What the grid says of a fact."""
    return next(value for name, value, _ in page.facts.grid._told if name == label)


def test_a_safe_fact_says_who_and_when_and_lapses_by_time_alone(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    assert fact(page, "In danger now?") == "Not known"
    change = FactChange("safety", "", "Indoors, door locked")
    quiet_night.seat().do(CorrectFacts(report=noise, changes=(change,)))
    words = fact(page, "In danger now?")
    assert words == "Indoors, door locked (Kelly Rowe, 02:47, 0 min ago)"
    quiet_night.clock.pass_by(minutes=16)
    ticker().tick.emit()
    words = fact(page, "In danger now?")
    assert words.startswith("Not known any more: ask again. Kelly Rowe, 02:47, 16 min ago")
    assert "“Indoors, door locked”" in words


def test_what_came_in_since_the_assessment_stands_on_the_page_and_on_the_row(
    qtbot: QtBot, desk: Desk, quiet_night: Night, noise: ReportId
) -> None:
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(noise)
    thrive = AssessRisk(report=noise, levels=lowest_levels(desk.pack), earlier=EarlierContacts())
    quiet_night.seat().do(thrive)
    assert "assess again" not in desk.rows([noise])[0].flags
    quiet_night.clock.pass_by(minutes=2)
    quiet_night.seat().do(SetFlag(report=noise, flag="domestic-abuse"))
    (bar,) = [one for one in page.standings.told if one.lead.startswith("RE-THRIVE")]
    assert bar.text == "Domestic abuse was flagged (02:49). Open Assess and grade (F2)."
    assert "assess again" in desk.rows([noise])[0].flags
    quiet_night.clock.pass_by(minutes=1)
    quiet_night.seat().do(thrive)
    assert not [one for one in page.standings.told if one.lead.startswith("RE-THRIVE")]
    assert "assess again" not in desk.rows([noise])[0].flags
