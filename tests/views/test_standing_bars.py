"""Over a report two bars stand at most, and one line names what is folded away."""

from datetime import timedelta

from pytestqt.qtbot import QtBot

from tests.assessing import low_risk
from tests.views.stage import KELLY, MO, NOW, SAM, Night, effective
from tests.views.test_report_page import page
from workstation.domain.claiming import AskSupervisor, ReassignReport
from workstation.domain.flagging import SetFlag
from workstation.domain.grading import GradeReport
from workstation.domain.promising import MakePromise
from workstation.domain.roles import Author, PersonId
from workstation.views.report.page import ReportPage
from workstation.views.report.standing import Standing
from workstation.views.report.standing_bars import by_gravity, unfolded

LATE = Standing("danger", "phone-call", "Late:", "Ring them.", "Log the check", "checking")
TOLD = Standing("ok", "check-check", "Dispatcher has it,", "02:47, Dee Dunn.")


def crowded(qtbot: QtBot, night: Night) -> ReportPage:
    """A page on which five things stand."""
    kelly, r1 = night.seat(KELLY), night["r1"]
    to = Author(PersonId(MO), "Mo Ahmed")
    night.meanwhile(SAM, ReassignReport(report=r1, to=to, reason="Shift ends"))
    for flag in ("home-burglary", "welfare"):
        kelly.do(SetFlag(report=r1, flag=flag))
    kelly.do(AskSupervisor(report=r1, question="Is it a home?"))
    due_at = NOW + timedelta(hours=1)
    kelly.do(MakePromise(report=r1, promise="p1", what="Call back", due_at=due_at))
    shown = page(qtbot, night)
    assert len(shown.standings.told) == 5
    return shown


def standing(shown: ReportPage) -> list[str]:
    """The leads of the bars that can be seen."""
    pairs = zip(shown.standings.told, shown.standings.bars, strict=True)
    return [one.lead for one, bar in pairs if bar.isVisible()]


def test_of_five_bars_two_stand_and_a_line_names_the_others(qtbot: QtBot, night: Night) -> None:
    shown = crowded(qtbot, night)
    first, second = standing(shown)
    assert first.startswith("Right Care Right Person")
    assert second == "A supervisor was asked to look"
    fold = shown.standings.fold
    assert fold.isVisible()
    assert fold.accessibleName() == (
        "3 more: A burglary of a home is attended · Call back by 03:47 · Mo Ahmed holds this"
    )


def test_the_fold_opens_and_closes_and_another_report_finds_it_closed(
    qtbot: QtBot, night: Night
) -> None:
    shown = crowded(qtbot, night)
    shown.standings.fold.action.click()
    assert len(standing(shown)) == 5
    shown.show_report(night["r3"])
    shown.show_report(night["r1"])
    assert len(standing(shown)) == 2
    shown.standings.fold.action.click()
    shown.standings.fold.action.click()
    assert len(standing(shown)) == 2


def test_a_danger_is_never_folded_and_one_bar_alone_is_not_worth_a_fold() -> None:
    bars = by_gravity([TOLD, TOLD, LATE, LATE, TOLD, LATE])
    assert bars[:3] == (LATE, LATE, LATE)
    assert unfolded(bars) == 3
    assert unfolded(bars[:4]) == 4
    assert unfolded((LATE, TOLD, TOLD)) == 3


def test_a_rule_that_was_done_as_it_asks_asks_no_more(qtbot: QtBot, night: Night) -> None:
    kelly, r1 = night.seat(KELLY), night["r1"]
    kelly.do(SetFlag(report=r1, flag="home-burglary"))
    rule = "A burglary of a home is attended."
    assert rule in [one.lead for one in page(qtbot, night).standings.told]
    kelly.do(low_risk(night.desk, r1))
    kelly.do(GradeReport(report=r1, code="P", reason="He may come back"))
    assert effective(night.desk, r1).opened is None
    assert rule not in [one.lead for one in page(qtbot, night).standings.told]
