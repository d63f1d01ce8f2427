"""What an offer says to the person it waits for: its colleague, or who made it once declined."""

from workstation.cache.columns import title_of
from workstation.desk.shown import Offered
from workstation.domain.report import Report
from workstation.domain.roles import PersonId


def offered(report: Report) -> Offered:
    """The offer of a report that has one."""
    offer = report.offer
    if offer is None:
        raise ValueError(f"{report.id} is not offered to anybody")
    title = title_of(report)
    if offer.declined is None:
        return Offered(report.id, title, offer.by.name, offer.reason, False)
    return Offered(report.id, title, offer.declined.by.name, offer.declined.word, True)


def row_words(report: Report, person: PersonId) -> str:
    """What a row says of an offer to those it concerns; others are not asked."""
    offer = report.offer
    if offer is None:
        return ""
    if offer.to.id == person and offer.declined is None:
        return f"offered to you by {offer.by.name}"
    if offer.by.id != person:
        return ""
    what = "offered to" if offer.declined is None else "declined by"
    return f"{what} {offer.to.name}"
