"""Words begun on a report that this person has no more: what became of it, asked of her alone."""

from collections.abc import Callable, Collection, Sequence

from workstation.cache.drafts import Draft
from workstation.desk.shown import Unsent
from workstation.domain.entry import Entry
from workstation.domain.holders import Claim
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Facet, PersonId

NOT_LOGGED = "What you wrote of telling dispatch by voice is not in the log."
UNSEEN = "You cannot see this report any more."
_ENDS = ("was closed", "was redirected", "was recorded as not a crime", "was handed to the IMU")


def unsent(
    id: ReportId,
    report: Report | None,
    drafts: Sequence[Draft],
    told: Sequence[Draft],
    me: PersonId,
    text: Callable[[Collection[Draft]], str],
    move: Entry | None,
) -> Unsent | None:
    """What is asked of the words, if anything; `report`: None where it is out of her sight.

    `told`: whom dispatch was told through, which no bar asks for; asked of whoever has it.
    """
    why = UNSEEN if report is None else _what_became(report, drafts, me) if drafts else ""
    words = (*drafts, *told) if why else tuple(told)
    if not words:
        return None
    return Unsent(
        report=id,
        reference=report.reference if report is not None else "",
        title=(report.facts.title or report.excerpt) if report is not None else "",
        why=why or NOT_LOGGED,
        is_held=bool(why) and report is not None and _holder(report) is not None,
        can_send=report is not None,
        since=min(one.begun_at for one in words),
        fields=tuple(one.field for one in words),
        text=text(words),
        move=move,
    )


def _what_became(report: Report, drafts: Collection[Draft], me: PersonId) -> str:
    """Who has it since they were begun, or who ended it, or that she gave it up or lost it.

    A packet is nobody's yet; nor is a report hers because a colleague came and went.
    """
    claim = _holder(report)
    if all(one.fence == report.fence for one in drafts) or (claim and claim.by.id == me):
        return ""
    if claim is not None:
        return f"This report is {claim.by.name}'s now."
    if (end := _end(report)) is not None:
        how, facet = end
        return f"This report {how} by {'you' if facet.by.id == me else facet.by.name}."
    begun = min(one.fence for one in drafts)
    was_hers = any(one.by.id == me and one.fence >= begun for one in report.holders)
    return "This report is back in the queue." if was_hers else ""


def _holder(report: Report) -> Claim | None:
    claim = report.claim
    return claim if claim is not None and not claim.is_packet else None


def _end(report: Report) -> tuple[str, Facet] | None:
    ends = zip(_ENDS, report.endings, strict=True)
    return next(((how, facet) for how, facet in ends if facet is not None), None)
