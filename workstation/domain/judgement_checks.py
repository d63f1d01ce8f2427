"""What is wrong with a pack's rules of judgement: hard rules, risk model, check for repeats."""

from collections import Counter
from collections.abc import Iterator

from workstation.domain.earlier_contacts import REPORTS_SHOWN
from workstation.domain.pack import HardRule, Pack, RepeatCheck

MOST_DAYS = 366
MODELS: dict[str, frozenset[str]] = {
    "THRIVE": frozenset(),
    "THRIVE+": frozenset("P"),
    "THRIVE-SP": frozenset("SP"),
}


def thrive_model_problems(pack: Pack) -> Iterator[str]:
    """A model's name promises its elements: THRIVE-SP has scene preservation and prevention."""
    if pack.thrive_model not in MODELS:
        yield f"thrive_model: {pack.thrive_model!r} is not known; allowed: {', '.join(MODELS)}"
        return
    keys = {element.key for element in pack.thrive}
    for key in sorted(MODELS[pack.thrive_model] - keys):
        given = ", ".join(sorted(keys))
        yield f"thrive: {pack.thrive_model} needs an element {key}; given: {given}"


def hard_rule_problems(pack: Pack) -> Iterator[str]:
    """As `key path: what, and what may be`; a force need not have any."""
    yield from _repeated("hard_rules", [rule.id for rule in pack.hard_rules])
    yield from _repeated("right_care", [limb.id for limb in pack.right_care])
    flags = sorted(pack.flag_by_id)
    classes = {offence.class_title for offence in pack.offences}
    for index, rule in enumerate(pack.hard_rules):
        where = f"hard_rules[{index}]"
        for flag in (one for one in rule.flags if one not in pack.flag_by_id):
            yield f"{where}.flags: {flag!r} is no flag of this force; allowed: {', '.join(flags)}"
        for name in (one for one in rule.classes if one not in classes):
            yield f"{where}.classes: {name!r} is no class of offence; allowed: those of the table"
        if not rule.flags and not rule.classes and not rule.forms and not rule.answers:
            yield f"{where}: names neither flags, classes, forms nor answers; it would never hold"
        if not rule.source.strip():
            yield f"{where}.source: is empty; say where the rule is from"
        if rule.until == "told" and {limb.attends for limb in pack.right_care} != {True, False}:
            yield "right_care: needs a limb on which police attend, and one on which they do not"
        if rule.until == "answered":
            yield from _asked_problems(where, rule.guide, rule.question, pack)
        yield from _answer_problems(where, rule, pack)


def _asked_problems(where: str, guide_id: str, question: str, pack: Pack) -> Iterator[str]:
    """A rule that nobody could fulfil would hold for good."""
    guide = pack.guide_by_id.get(guide_id)
    if guide is None:
        allowed = ", ".join(sorted(pack.guide_by_id)) or "none"
        yield f"{where}.guide: {guide_id!r} is no guide; allowed: {allowed}"
    elif guide.question(question) is None:
        allowed = ", ".join(one.id for one in guide.questions) or "none"
        yield f"{where}.question: {question!r} is not asked by it; allowed: {allowed}"


def _answer_problems(where: str, rule: HardRule, pack: Pack) -> Iterator[str]:
    """Answers nobody can give would never hold; a rule that waits for one needs some."""
    if rule.until in ("assessed", "answered otherwise"):
        if not rule.answers:
            yield f"{where}.answers: is empty; until {rule.until!r} needs the answers it waits for"
        if rule.flags or rule.classes or rule.forms:
            yield f"{where}: until {rule.until!r} goes by answers; leave out flags, classes, forms"
    for index, on in enumerate(rule.answers):
        at = f"{where}.answers[{index}]"
        yield from _asked_problems(at, on.guide, on.question, pack)
        guide = pack.guide_by_id.get(on.guide)
        question = guide.question(on.question) if guide is not None else None
        choices = question.choices if question is not None else ()
        for words in on.words if question is not None else ():
            if words not in choices:
                allowed = ", ".join(choices) or "none: it is typed"
                yield f"{at}.words: {words!r} is no answer to it; allowed: {allowed}"


def repeat_check_problems(check: RepeatCheck) -> Iterator[str]:
    """What it counts has to be something, and what it names has to fit a header."""
    for name, most in (
        ("days", MOST_DAYS),
        ("contacts", REPORTS_SHOWN),
        ("same_reporter_days", MOST_DAYS),
        ("other_reporter_days", MOST_DAYS),
    ):
        value = getattr(check, name)
        if not 1 <= value <= most:
            yield f"repeat_check.{name}: {value} is not allowed; give 1 to {most}"


def _repeated(where: str, ids: list[str]) -> Iterator[str]:
    for id, count in Counter(ids).items():
        if not id.strip():
            yield f"{where}: an id is empty"
        elif count > 1:
            yield f"{where}: id {id!r} is given {count} times; each must be its own"
