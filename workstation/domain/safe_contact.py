"""Whether it may be unsafe to speak to somebody: what is read to them waits until they were asked.

Whoever hurts a person may answer their telephone, stand beside them or read their messages. Which
flags, risks, marked words and offences say so is data of the force's pack, with its source.
"""

from collections.abc import Collection, Iterator

from workstation.domain.pack import Pack, SafeContact
from workstation.domain.report import Report

ASK = "Can you talk safely now? Just say yes or no."
_WAYS = ("", "any", "phone", "telephone", "mobile", "text", "text message", "sms", "email",
         "e-mail", "post", "letter")  # fmt: skip


def why_ask_first(report: Report, pack: Pack, risks: Collection[str] = ()) -> tuple[str, ...]:
    """Each reason to ask first whether they can talk; none means that nothing here says so.

    `risks` are those that were found in the words beside the window. A pack that does not say for
    which reports it is asked makes it every report.
    """
    rule = pack.safe_contact
    if rule is None:
        return ("the force's pack does not say for whom it is safe",)
    reasons = (*_by_people(report, rule), *_by_words(report, rule, risks))
    return tuple(dict.fromkeys((*reasons, *_by_work(report, pack, rule))))


def ask_words(pack: Pack) -> str:
    """The question that is asked first."""
    return pack.safe_contact.ask if pack.safe_contact is not None else ASK


def _by_people(report: Report, rule: SafeContact) -> Iterator[str]:
    for flag in report.flags:
        if flag.id in rule.flags:
            yield f"{flag.name} is flagged"
    prefers = report.facts.prefers.strip(" .")
    if prefers.casefold() not in _WAYS:
        yield f"they prefer “{prefers}”"


def _by_words(report: Report, rule: SafeContact, risks: Collection[str]) -> Iterator[str]:
    for mark in report.marked:
        if mark.kind.casefold() in rule.marks:
            yield f"the account says “{mark.words}”"
    if not set(risks).isdisjoint(rule.risks):
        yield "its words speak of abuse, stalking or exploitation"


def _by_work(report: Report, pack: Pack, rule: SafeContact) -> Iterator[str]:
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
