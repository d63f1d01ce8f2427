"""Every banner of a report on this desk, in the order in which they matter."""

from workstation.desk import Desk, Shown
from workstation.views.report.rule_standings import rule_standings
from workstation.views.report.standing import Standing, standings


def bars_of(desk: Desk, shown: Shown) -> list[Standing]:
    """What stands of the report and of the people at it, then the rules that bind it."""
    report, now = shown.report, desk.clock.now()
    is_confirmed = shown.stage == "confirmed" and not shown.pending
    company = desk.presence(report.id)
    bars = standings(report, desk.person, now, is_confirmed, company)
    return bars + rule_standings(report, desk.pack, now)
