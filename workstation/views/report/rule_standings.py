"""The hard rules that hold of a report: what may not be done with it, why, and what to do."""

from datetime import datetime

from workstation.domain.answered import Settled
from workstation.domain.hard_rules import answers_for, forbids, rules_of
from workstation.domain.pack import HardRule, Pack
from workstation.domain.report import Report
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.right_care_form import CARING
from workstation.views.report.settling_form import settling
from workstation.views.report.standing import RECORD, Standing


def rule_standings(report: Report, pack: Pack, now: datetime) -> list[Standing]:
    """A banner for each rule that still asks for something, and what the caller was told."""
    if not report.is_open:
        return []
    bars = []
    for rule in rules_of(report, pack):
        if any(forbids(rule, report, act) for act in rule.refuses) and not _is_kept(rule, report):
            form = _form(rule, report)
            again = "Ask again" if rule.until == "answered otherwise" else RECORD
            action = again if form else ""
            lead, text = literal(f"{rule.name}."), literal(rule.instead)
            bars.append(Standing("warn", "shield-check", lead, text, action, form))
    bars += [bar for one in report.settled if (bar := _judged(one, pack, now)) is not None]
    care = report.right_care
    if care is not None:
        text = f"Caller told: {care.told} ({care.by.name}, {moment(care.at, now)})"
        bars.append(Standing("neutral", "badge-check", literal(f"{care.name}."), literal(text)))
    return bars


def _form(rule: HardRule, report: Report) -> str:
    """The form that records what the rule asks for, if it asks for words."""
    if rule.until == "answered":
        return settling(rule.guide, rule.question)
    if rule.until == "answered otherwise":
        first = answers_for(rule, report)[0]
        return settling(first.guide, first.question)
    return CARING if rule.until == "told" and report.right_care is None else ""


def _judged(one: Settled, pack: Pack, now: datetime) -> Standing | None:
    """A level that was judged stands with its meaning; plain facts have their place elsewhere."""
    guide = pack.guide_by_id.get(one.guide)
    question = guide.question(one.question) if guide is not None else None
    if guide is None or question is None or not question.meanings:
        return None
    tone = "warn" if one.words in question.raises else "neutral"
    text = f"{question.meaning(one.words)} ({one.by.name}, {moment(one.at, now)})"
    form = settling(one.guide, one.question)
    lead = literal(f"{guide.name}, {one.words[:1].lower()}{one.words[1:]}:")
    return Standing(tone, "shield-check", lead, literal(text), "Judge again", form)


def _is_kept(rule: HardRule, report: Report) -> bool:
    """Officers were sent for, as it asks: that dispatch has not opened it is told elsewhere."""
    asks_attendance = rule.until == "attended"
    if rule.until == "told":
        asks_attendance = report.right_care is not None and report.right_care.attends
    is_sent = report.grading is not None and report.grading.sends_officers
    return is_sent and asks_attendance
