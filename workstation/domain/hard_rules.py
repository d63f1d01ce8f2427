"""Rules that nobody's judgement passes over: what is attended, investigated, or told, and why.

Each is data of the force's pack with its source. They refuse lowering, closing, redirecting and
not attending; they never stand in the way of sending, raising, or of words for the log.
"""

from collections.abc import Iterator

from workstation.domain.answered import settled_of
from workstation.domain.pack import HardAct, HardRule, Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report


def rules_of(report: Report, pack: Pack) -> Iterator[HardRule]:
    """The rules that hold of this report, by its recorded crimes, its flags and its form."""
    known = (pack.offence_by_code.get(crime.offence) for crime in report.standing_crimes)
    classes = {offence.class_title for offence in known if offence is not None}
    flags = {flag.id for flag in report.flags}
    for rule in pack.hard_rules:
        flagged = not flags.isdisjoint(rule.flags)
        if rule.with_crime and not report.standing_crimes:
            flagged = False
        if flagged or report.form in rule.forms or not classes.isdisjoint(rule.classes):
            yield rule


def forbids(rule: HardRule, report: Report, act: HardAct) -> bool:
    """Whether a rule that holds of a report refuses this act just now."""
    if act not in rule.refuses:
        return False
    if rule.until == "told" and (care := report.right_care) is not None:
        return care.attends and _until_attended(report, act)
    if rule.until == "answered":
        return settled_of(report.settled, rule.guide, rule.question) is None
    if rule.until == "attended":
        return _until_attended(report, act)
    return report.hand_off is None or bool(report.crimes_left)


def forbidden(report: Report, pack: Pack, *acts: HardAct, field: str = "") -> Refusal | None:
    """The refusal of the first rule that stands against any of these acts."""
    for rule in rules_of(report, pack):
        if any(forbids(rule, report, act) for act in acts):
            sentence = f"{rule.name}. {rule.instead} Source: {rule.source}"
            return Refusal(f"rule/{rule.id}", sentence, field)
    return None


def bound_alike(report: Report, original: Report, pack: Pack) -> bool:
    """Whether whatever binds this report binds the one that keeps the work, too."""
    kept = {rule.id for rule in rules_of(original, pack)} if original.is_open else set()
    return {rule.id for rule in rules_of(report, pack)} <= kept


def _until_attended(report: Report, act: HardAct) -> bool:
    """It closes, or goes to the IMU, with officers on their way: dispatch has it on the screen."""
    if act == "lower":
        return False
    grading = report.grading
    sent = grading is not None and grading.sends_officers and report.opened is not None
    return not (sent and act in ("close", "hand over"))
