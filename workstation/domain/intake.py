"""How a report begins: received from the public, or taken by a handler at a desk or a counter."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.holders import Claim
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    Channel,
    Facts,
    Line,
    Location,
    MarkedPhrase,
    Quoted,
    Report,
    ReportId,
)
from workstation.domain.roles import DECIDERS, Role
from workstation.domain.safe_facts import said_first

EXCERPT = 240


class ContactBegun(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A contact is on record; the first event of a report's history."""

    channel: Channel
    incident_number: str
    account: str
    facts: Facts
    location: Location
    happening_now: bool = False
    marked: tuple[MarkedPhrase, ...] = ()

    def begin(self) -> Report:
        """The report as it starts."""
        return Report(
            id=self.report,
            channel=self.channel,
            received_at=self.at,
            incident_number=self.incident_number,
            facts=self.facts,
            location=self.location,
            excerpt=self.account[:EXCERPT],
            happening_now=self.happening_now,
            marked=self.marked,
            said=said_first(self.facts, self.at, self.by),
        )

    def evolve(self, report: Report) -> Report:
        return report


class ReportReceived(ContactBegun, frozen=True, kw_only=True, omit_defaults=True):
    """A contact from the public is on record."""

    received_at: datetime
    source: str
    receipt_code: str
    form: str = ""
    quotes: Quoted | None = None

    def begin(self) -> Report:
        return replace(
            ContactBegun.begin(self),
            quotes=self.quotes,
            received_at=self.received_at,
            form=self.form,
            source=self.source,
            receipt_code=self.receipt_code,
            said=said_first(self.facts, self.received_at, self.by),
        )

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.ACCOUNT, f"Received: {self.channel}", self.account


class ReportCreated(ContactBegun, frozen=True, kw_only=True, omit_defaults=True):
    """A handler took a call or a walk-in, and holds the report from its first second."""

    workstation: str
    local_reference: str

    def begin(self) -> Report:
        return replace(
            ContactBegun.begin(self),
            source="desk",
            local_reference=self.local_reference,
            claim=Claim(
                at=self.at,
                by=self.by,
                workstation=self.workstation,
                leased_at=self.stamp.recorded_at,
            ),
            fence=1,
        )

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.ACCOUNT, f"Taken: {self.channel}", self.account


class BeginContact(Command, frozen=True, kw_only=True):
    """What every contact brings, however it reaches the force."""

    channel: Channel
    account: str
    facts: Facts = Facts()
    location: Location = Location()
    happening_now: bool = False
    marked: tuple[MarkedPhrase, ...] = ()

    def begin(self, context: Context) -> Decision:
        """How the report starts, or why it cannot."""
        raise NotImplementedError


class UpdateCame(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Who reported this quotes it in a new contact, which is a report of its own."""

    update: ReportId
    reference: str
    known_by: tuple[str, ...]
    excerpt: str

    def evolve(self, report: Report) -> Report:
        return report

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"Update: {self.reference}, by the same {', '.join(self.known_by)}"
        return EntryKind.NOTE, title, self.excerpt


class ReceiveReport(BeginContact, frozen=True, kw_only=True):
    """What an intake machine asks: put this contact on record.

    `quotes`: the reference of another report, as the store has worked out.
    """

    received_at: datetime
    source: str
    receipt_code: str
    form: str = ""
    quotes: Quoted | None = None
    may: ClassVar[frozenset[Role]] = frozenset({Role.INTAKE_MACHINE})

    def reports(self) -> tuple[ReportId, ...]:
        quoted = self.quotes.report if self.quotes is not None else None
        return (self.report,) if quoted is None else (self.report, quoted)

    def begin(self, context: Context) -> Decision:
        """A contact is never refused for what it says; only for its size.

        An update is a report of its own: risk never waits on who somebody is.
        """
        return (self._received(context), *self._update(context))

    def _update(self, context: Context) -> tuple[Event, ...]:
        """A line on the report it quotes, where the same person sent both."""
        quotes = self.quotes
        if quotes is None or quotes.report is None or quotes.report not in context.reports:
            return ()
        return (
            UpdateCame(
                stamp=context.stamp(quotes.report),
                update=self.report,
                reference=context.incident_number,
                known_by=quotes.by,
                excerpt=self.account[:EXCERPT],
            ),
        )

    def _received(self, context: Context) -> ReportReceived:
        return ReportReceived(
            stamp=context.stamp(self.report),
            channel=self.channel,
            received_at=self.received_at,
            source=self.source,
            receipt_code=self.receipt_code,
            incident_number=context.incident_number,
            account=self.account,
            facts=self.facts,
            location=self.location,
            form=self.form,
            happening_now=self.happening_now,
            marked=self.marked,
            quotes=self.quotes,
        )


class CreateReport(BeginContact, frozen=True, kw_only=True):
    """A handler takes a call or a walk-in: words first, everything else can follow."""

    incident_number: str = ""
    local_reference: Line = ""
    may: ClassVar[frozenset[Role]] = DECIDERS

    def begin(self, context: Context) -> Decision:
        """Usable before any type is chosen: only something said is needed."""
        if not self.account.strip():
            return Refusal("report/empty", "Write what is happening, even one word.", "account")
        return (
            ReportCreated(
                stamp=context.stamp(self.report),
                channel=self.channel,
                workstation=context.workstation,
                incident_number=self.incident_number,
                local_reference=self.local_reference,
                account=self.account,
                facts=self.facts,
                location=self.location,
                happening_now=self.happening_now,
                marked=self.marked,
            ),
        )


class IncidentNumberGiven(Event, frozen=True, kw_only=True):
    """The store numbered a report that a desk took with its own reference."""

    incident_number: str

    def evolve(self, report: Report) -> Report:
        """What the desk had shown goes on finding the report."""
        shown = report.local_reference or report.incident_number
        return replace(report, incident_number=self.incident_number, local_reference=shown)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Incident number {self.incident_number}", ""
