"""The demonstration reports: invented contacts as JSON lines, and each as intake takes it.

Only what the public or an operator would have given is read; the labels for judging never are.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from workstation.domain.report import Channel, Facts, Location
from workstation.reading.account import Teller, When, Where
from workstation.wire.protocol import IntakeReport

SOURCE = "demonstration"
CHANNELS = {"webchat": Channel.CHAT}
TITLE = 80
TELLERS = ("customer", "call_handler")


class Turn(Struct, frozen=True):
    """One thing said in a chat or a call."""

    who: str
    text: str


class DemoReport(Struct, frozen=True):
    """One invented contact; every other field of its line is left unread."""

    report_id: str
    force: str
    channel: str
    narrative: str
    form: str = ""
    reporter: Teller = Teller()
    occurred: When = When()
    location: Where = Where()
    turns: tuple[Turn, ...] = ()
    happening_now: bool = False


class NoReports(Exception):
    """There is nothing to play for this force."""


def read_reports(lines: Iterable[str], force: str) -> tuple[DemoReport, ...]:
    """The force's reports, in the order of the file."""
    decoder = msgspec.json.Decoder(DemoReport)
    every = [decoder.decode(line) for line in lines if line.strip()]
    own = tuple(report for report in every if report.force == force)
    if not own:
        forces = ", ".join(sorted({report.force for report in every}))
        raise NoReports(f"There are no demonstration reports for {force}. Choose from: {forces}.")
    return own


def channel_of(report: DemoReport) -> Channel:
    """The channel as the product names it."""
    return CHANNELS.get(report.channel) or Channel(report.channel)


def account_of(report: DemoReport) -> str:
    """The words given: a call's or a chat's turns one a line, each with its speaker."""
    if not report.turns:
        return report.narrative
    return "\n".join(f"[{turn.who}] {turn.text}" for turn in report.turns)


def title_of(report: DemoReport) -> str:
    """A call or a chat is called by what the caller, or for them the handler, said first.

    What was left out is shown as left out.
    """
    said = (turn.text for turn in report.turns if turn.who in TELLERS)
    line = " ".join(next(said, "").split())
    if len(line) <= TITLE:
        return line
    return f"{line[:TITLE].rsplit(' ', 1)[0].rstrip(' ,.;:')}\N{HORIZONTAL ELLIPSIS}"


def contact(report: DemoReport, received_at: datetime, external_id: str) -> IntakeReport:
    """The report as intake takes it, received at this moment."""
    place = report.location
    return IntakeReport(
        source=SOURCE,
        external_id=external_id,
        channel=channel_of(report),
        received_at=received_at,
        account=account_of(report),
        facts=_facts(report),
        location=Location(
            text=place.text or "", town=place.town or "", postcode=place.postcode or ""
        ),
        form=report.form,
        happening_now=report.happening_now,
    )


def _facts(report: DemoReport) -> Facts:
    who = report.reporter
    return Facts(
        title=title_of(report),
        reporter="" if who.anonymous else who.name or "",
        reporter_role=(who.role or "").replace("_", " "),
        phone=who.phone or "",
        email=who.email or "",
        date_of_birth=who.date_of_birth or "",
        prefers=who.preferred_contact or "",
        occurred=report.occurred.text or report.occurred.from_ or "",
    )
