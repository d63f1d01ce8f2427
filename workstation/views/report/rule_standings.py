"""The hard rules that hold of a report: what may not be done with it, why, and what to do."""

from datetime import datetime

from workstation.domain.hard_rules import forbids, rules_of
from workstation.domain.pack import HardRule, Pack
from workstation.domain.report import Report
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.right_care_form import CARING
from workstation.views.report.standing import Standing


def rule_standings(report: Report, pack: Pack, now: datetime) -> list[Standing]:
    """A banner for each rule that still asks for something, and what the caller was told."""
    if not report.is_open:
        return []
    bars = []
    for rule in rules_of(report, pack):
        if forbids(rule, report, "close") and not _is_kept(rule, report):
            is_owed = rule.until == "told" and report.right_care is None
            action, form = ("Record it", CARING) if is_owed else ("", "")
            lead, text = literal(f"{rule.name}."), literal(rule.instead)
            bars.append(Standing("warn", "shield-check", lead, text, action, form))
    care = report.right_care
    if care is not None:
        text = f"Caller told: {care.told} ({care.by.name}, {moment(care.at, now)})"
        bars.append(Standing("neutral", "badge-check", literal(f"{care.name}."), literal(text)))
    return bars


def _is_kept(rule: HardRule, report: Report) -> bool:
    """Officers were sent for, as it asks: that dispatch has not opened it is told elsewhere."""
    asks_attendance = rule.until == "attended"
    if rule.until == "told":
        asks_attendance = report.right_care is not None and report.right_care.attends
    is_sent = report.grading is not None and report.grading.sends_officers
    return is_sent and asks_attendance
