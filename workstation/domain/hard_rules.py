"""Rules that nobody's judgement passes over: what is attended, investigated, or told, and why.

Each is data of the force's pack with its source. They refuse lowering, closing, redirecting and
not attending; they never stand in the way of sending, raising, or of words for the log.
"""

from collections.abc import Iterator
from datetime import datetime

from workstation.domain.answered import Settled, settled_of
from workstation.domain.pack import HardAct, HardRule, OnAnswer, Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report


def rules_of(report: Report, pack: Pack) -> Iterator[HardRule]:
    """The rules that hold of this report, by its crimes, flags, form and answers."""
    known = (pack.offence_by_code.get(crime.offence) for crime in report.standing_crimes)
    classes = {offence.class_title for offence in known if offence is not None}
    flags = {flag.id for flag in report.flags}
    for rule in pack.hard_rules:
        flagged = not flags.isdisjoint(rule.flags)
        if rule.with_crime and not report.standing_crimes:
            flagged = False
        by_kind = report.form in rule.forms or not classes.isdisjoint(rule.classes)
        by_asking = rule.once_begun and report.answered_of(rule.guide) is not None
        if flagged or by_kind or by_asking or answers_for(rule, report):
            yield rule


def answers_for(rule: HardRule, report: Report) -> tuple[Settled, ...]:
    """The answers of the report that bring this rule to bear, as they stand now.

    Where the risk has to be assessed, *he has left* does not undo that he was there: it is one
    more thing to assess.
    """
    given = ((on, settled_of(report.settled, on.guide, on.question)) for on in rule.answers)
    found = ((on, one) for on, one in given if one is not None)
    was = rule.until == "assessed"
    return tuple(
        one for on, one in found if one.words in on.words or (was and _was_told(report, on))
    )


def _was_told(report: Report, on: OnAnswer) -> bool:
    done = report.answered_of(on.guide)
    return done is not None and any(one.question == on.question for one in done.raised)


def forbids(rule: HardRule, report: Report, act: HardAct) -> bool:
    """Whether a rule that holds of a report refuses this act just now."""
    if act not in rule.refuses:
        return False
    if rule.until == "told" and (care := report.right_care) is not None:
        # With the limb on record a crime may go to the IMU: officers stay due.
        return care.attends and act != "hand over" and _until_attended(report, act)
    if rule.until == "attended":
        return _until_attended(report, act)
    if rule.until == "investigated":
        return report.hand_off is None or bool(report.crimes_left)
    return _until_answered(rule, report, act)


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


def _until_answered(rule: HardRule, report: Report, act: HardAct) -> bool:
    if rule.until == "answered":
        return settled_of(report.settled, rule.guide, rule.question) is None
    if rule.until == "assessed":
        since = max((one.at for one in answers_for(rule, report)), default=None)
        return since is not None and not _is_judged(report, act, since)
    return True


def _is_judged(report: Report, act: HardAct, since: datetime) -> bool:
    """Whether somebody assessed the risk knowing of it; and graded it, before it ends.

    Officers who were sent before are on their way all the same.
    """
    thrive, grading = report.thrive, report.grading
    if thrive is None or thrive.at < since:
        return False
    is_graded = grading is not None and (grading.at >= since or grading.sends_officers)
    return act == "not attend" or is_graded


def _until_attended(report: Report, act: HardAct) -> bool:
    """It closes, or goes to the IMU, with officers on their way: dispatch has it on the screen."""
    if act == "lower":
        return False
    grading = report.grading
    sent = grading is not None and grading.sends_officers and report.opened is not None
    return not (sent and act in ("close", "hand over"))
