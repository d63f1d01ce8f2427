"""Who works a report: claims are leases with a fence that rises at every change of holder.

A claim never stops anyone adding to a report, raising its grade or escalating it.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, first_refusal, is_decided
from workstation.domain.refusal import Refusal
from workstation.domain.report import Asked, Claim, EntryKind, Report, in_header
from workstation.domain.roles import ON_RECORDS, Author, Role


class ReportClaimed(Event, frozen=True, kw_only=True):
    """Somebody took the report."""

    workstation: str

    def evolve(self, report: Report) -> Report:
        claim = Claim(at=self.at, by=self.by, workstation=self.workstation)
        return replace(report, claim=claim, fence=report.fence + 1, returned_because="")

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, f"{self.by.name} took this report", ""


class ReportReleased(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The report went back to the queue."""

    because: str = ""

    def evolve(self, report: Report) -> Report:
        return replace(report, claim=None, fence=report.fence + 1, returned_because=self.because)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, "Returned to the queue", self.because


class ReportReassigned(Event, frozen=True, kw_only=True):
    """A supervisor gave the report to somebody."""

    to: Author
    reason: str

    def evolve(self, report: Report) -> Report:
        claim = Claim(at=self.at, by=self.to, workstation="")
        return replace(report, claim=claim, fence=report.fence + 1, returned_because="")

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, f"Given to {self.to.name} by {self.by.name}", self.reason


class ClaimDetached(Event, frozen=True, kw_only=True):
    """The holder's desk fell silent: held, but nobody may be looking."""

    def evolve(self, report: Report) -> Report:
        if report.claim is None:
            return report
        return replace(report, claim=replace(report.claim, detached=True))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, "The holder's desk is offline", ""


class SupervisorAsked(Event, frozen=True, kw_only=True):
    """Somebody asked a supervisor to look."""

    question: str

    def evolve(self, report: Report) -> Report:
        return replace(
            report, asked=Asked(at=self.at, by=self.by, question=in_header(self.question))
        )

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.NOTE, "Supervisor asked to look", self.question


class ClaimReport(Command, frozen=True, kw_only=True):
    """Take a report from the queue; the first wins."""

    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Refused when somebody else holds it; a holder who was offline takes it up again."""
        if (decided := is_decided(report)) is not None:
            return decided
        if report.claim is not None:
            if report.claim.by.id == context.who.id and not report.claim.detached:
                return ()
            if report.claim.by.id != context.who.id:
                return Refusal("claim/held", f"{report.claim.by.name} took this report first.")
        return (
            ReportClaimed(
                stamp=context.stamp(report.id),
                workstation=context.workstation,
            ),
        )


class ReleaseReport(Command, frozen=True, kw_only=True):
    """Give a report back to the queue."""

    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens when one does not hold it."""
        if report.claim is None or report.claim.by.id != context.who.id:
            return ()
        return (
            ReportReleased(
                stamp=context.stamp(report.id),
            ),
        )


class ReassignReport(Command, frozen=True, kw_only=True):
    """A supervisor gives a report to somebody, with the reason."""

    to: Author
    reason: str
    may: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    def decide(self, report: Report, context: Context) -> Decision:
        """The reason goes on the record."""
        no_reason = (
            None
            if self.reason.strip()
            else Refusal("reassign/reason", "Say why this report moves.", "reason")
        )
        unnamed = (
            None
            if self.to.id and self.to.name.strip()
            else Refusal("reassign/to", "Choose who takes this report.", "to")
        )
        if (refusal := first_refusal(is_decided(report), unnamed, no_reason)) is not None:
            return refusal
        return (
            ReportReassigned(
                stamp=context.stamp(report.id),
                to=self.to,
                reason=self.reason,
            ),
        )


class DetachClaim(Command, frozen=True, kw_only=True):
    """The store marks a claim whose desk fell silent; an ungraded report goes back at once."""

    may: ClassVar[frozenset[Role]] = frozenset({Role.STORE})

    def decide(self, report: Report, context: Context) -> Decision:
        """An ungraded or emergency report is never left with nobody looking."""
        if report.claim is None or report.claim.detached:
            return ()
        if report.grading is None or report.is_emergency:
            because = f"{report.claim.by.name}'s desk went offline before it was finished"
            return (
                ReportReleased(
                    stamp=context.stamp(report.id),
                    because=because,
                ),
            )
        return (
            ClaimDetached(
                stamp=context.stamp(report.id),
            ),
        )


class AskSupervisor(Command, frozen=True, kw_only=True):
    """One key: somebody senior is to look at this."""

    question: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never refused."""
        return (
            SupervisorAsked(
                stamp=context.stamp(report.id),
                question=self.question,
            ),
        )
