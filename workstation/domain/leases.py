"""How a lease reads and how long it keeps others off; always by the store's clock."""

from datetime import datetime, timedelta

from workstation.domain.holders import Claim
from workstation.domain.numbers import LONDON
from workstation.domain.pack import Pack
from workstation.domain.report import Report

LEASE = timedelta(seconds=90)  # how long the store believes a silent desk to be at its reports
MARGIN = timedelta(seconds=10)  # by which the desk itself counts shorter than the store


def clock_time(at: datetime, now: datetime) -> str:
    """The hour as people here speak it, with the day where it is another one."""
    here, today = at.astimezone(LONDON), now.astimezone(LONDON)
    return f"{here:%H:%M}" if here.date() == today.date() else day_and_time(at)


def day_and_time(at: datetime) -> str:
    """The hour with its day, whenever it is read."""
    here = at.astimezone(LONDON)
    return f"{here:%H:%M} on {here.day} {here:%B}"


def held_off_until(report: Report, pack: Pack) -> datetime:
    """Until when peers leave a silent desk its report.

    Not at all where danger cannot wait: an emergency, or what nobody has assessed or graded yet.
    """
    claim = report.claim
    since = (claim.detached_at or claim.at) if claim is not None else report.received_at
    urgent = report.is_emergency or report.happening_now or report.risk_is_unassessed
    if urgent or report.grading is None:
        return since
    return since + timedelta(minutes=pack.claims.offline_hold_minutes)


def offline_words(claim: Claim, now: datetime) -> str:
    """Who holds the report, and since when their desk is silent."""
    since = clock_time(claim.detached_at or claim.at, now)
    return f"Held by {claim.by.name}, offline since {since}."


def reserved_words(claim: Claim, now: datetime) -> str:
    """For whom a report is set aside, and until when."""
    until = claim.packet_until or claim.at
    return f"Reserved for {claim.by.name} until {clock_time(until, now)}."
