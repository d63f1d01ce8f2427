"""Every banner of a report on this desk, in the order in which they matter."""

from datetime import datetime

from workstation.desk import Desk, Shown
from workstation.domain.pack import Pack
from workstation.domain.reassess import reassessment_owed
from workstation.domain.report import Report
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.rule_standings import rule_standings
from workstation.views.report.safe_contact_form import safe_contact_bar
from workstation.views.report.standing import Standing, standings


def bars_of(desk: Desk, shown: Shown, is_move_told: bool = False) -> list[Standing]:
    """What stands of the report and of the people at it, then the rules that bind it.

    `is_move_told`: another bar says to whom it went.
    """
    report, now = shown.report, desk.clock.now()
    is_confirmed = shown.stage == "confirmed" and not shown.pending
    company = desk.presence(report.id)
    bars = standings(report, desk.person, now, is_confirmed, company, is_move_told)
    bars = safe_contact_bar(report, now) + bars
    return bars + _owed(report, desk.pack, now) + rule_standings(report, desk.pack, now)


def _owed(report: Report, pack: Pack, now: datetime) -> list[Standing]:
    """That the risk is to be assessed again, with every reason."""
    owed = reassessment_owed(report, now, pack)
    if not owed:
        return []
    why = "; ".join(f"{one.why} ({moment(one.since, now)})" for one in owed)
    way = "Open Assess and grade (F2)." if report.hand_off is None else "Reopen it for that."
    text = literal(f"{why[:1].upper()}{why[1:]}. {way}")
    return [Standing("warn", "refresh-cw", f"RE-{pack.thrive_model} is owed:", text)]
