"""Which earlier contacts may tell of the same event: suggested with all they share, never linked.

The kinds of risk that were marked stand for what happened: the words themselves are read by the
suggestions of each report.
"""

from collections.abc import Iterable

from workstation.domain.pack import RepeatCheck
from workstation.domain.report import Report, ReportId
from workstation.reading.account import Account, Teller, Where
from workstation.reading.repeats import alike

MOST = 20


def same_event(
    report: Report, others: Iterable[Report], check: RepeatCheck
) -> dict[ReportId, tuple[str, ...]]:
    """Those of the others that may be about the same, and by what."""
    told = [_told(one) for one in list(others)[:MOST]]
    found = alike(_told(report), told, check)
    return {ReportId(id): shared for id, shared in found.items()}


def _told(report: Report) -> tuple[Account, tuple[str, ...]]:
    facts, where = report.facts, report.location
    account = Account(
        report_id=report.id,
        force="",
        channel=report.channel.value,
        form=report.form,
        received_at=report.received_at,
        narrative=f"{facts.title}. {facts.people}. {report.excerpt}",
        receipt_code=report.receipt_code or None,
        reporter=Teller(facts.reporter or None, False, facts.phone or None, facts.email or None),
        location=Where(where.text or None, where.town or None, where.postcode or None),
    )
    return account, tuple(dict.fromkeys(mark.kind for mark in report.marked))
