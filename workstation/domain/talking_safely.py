"""Whether it may be unsafe to speak to somebody: what is read to them waits until they were asked.

Whoever hurts a person may answer their telephone, stand beside them or read their messages. Which
flags, risks, marked words and offences say so is data of the force's pack, with its source.
"""

from collections.abc import Collection, Iterator

from workstation.domain.pack import Pack, TalkSafely
from workstation.domain.report import Report
from workstation.domain.safe_contact import terms_of, what_not

ASK = "Can you talk safely now? Just say yes or no."
_WAYS = ("", "any", "phone", "telephone", "mobile", "text", "text message", "sms", "email",
         "e-mail", "post", "letter")  # fmt: skip


def why_ask_first(report: Report, pack: Pack, risks: Collection[str] = ()) -> tuple[str, ...]:
    """Each reason to ask first whether they can talk; none means that nothing here says so.

    `risks` are those that were found in the words beside the window. A pack that does not say for
    which reports it is asked makes it every report.
    """
    rule = pack.talk_safely
    if rule is None:
        return ("the force's pack does not say for whom it is safe",)
    reasons = (*_by_people(report, rule), *_by_words(report, rule, risks))
    return tuple(dict.fromkeys((*reasons, *_by_work(report, pack, rule))))


def ask_words(pack: Pack) -> str:
    """The question that is asked first."""
    return pack.talk_safely.ask if pack.talk_safely is not None else ASK


def careful_preference(report: Report) -> str:
    """How they said they are to be reached, where that is more than a plain way to do it."""
    prefers = report.facts.prefers.strip(" .")
    return "" if prefers.casefold() in _WAYS else prefers


def _by_people(report: Report, rule: TalkSafely) -> Iterator[str]:
    for flag in report.flags:
        if flag.id in rule.flags:
            yield f"{flag.name} is flagged"
    terms = terms_of(report.safe_contact)
    if terms.is_careful:
        yield f"it is known to take care: {what_not(terms) or 'see how they may be reached'}"
    if prefers := careful_preference(report):
        yield f"they prefer “{prefers}”"


def _by_words(report: Report, rule: TalkSafely, risks: Collection[str]) -> Iterator[str]:
    for mark in report.marked:
        if mark.kind.casefold() in rule.marks:
            yield f"the account says “{mark.words}”"
    if not set(risks).isdisjoint(rule.risks):
        yield "its words speak of abuse, stalking or exploitation"


def _by_work(report: Report, pack: Pack, rule: TalkSafely) -> Iterator[str]:
    """By what was recorded and asked on it."""
    for crime in report.standing_crimes:
        offence = pack.offence_by_code.get(crime.offence)
        is_class = offence is not None and offence.class_title in rule.classes
        if is_class or crime.offence in rule.offences:
            yield f"{crime.offence_title} is recorded"
    for answered in report.answered:
        guide = pack.guide_by_id.get(answered.guide)
        if guide is not None and not set(guide.suits.flags).isdisjoint(rule.flags):
            yield f"questions were asked on {answered.name}"
