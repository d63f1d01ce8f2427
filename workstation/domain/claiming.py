"""Who works a report: claims are leases with a fence that rises at every change of holder.

A claim never stops anyone adding to a report, raising its grade or escalating it. A desk that fell
silent keeps its claim, detached, until somebody takes the report over in so many words.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    fence_passed,
    first_refusal,
    handed,
    is_decided,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import forbidden
from workstation.domain.holders import Claim
from workstation.domain.leases import clock_time, held_off_until, offline_words, reserved_words
from workstation.domain.owed import Asked
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, in_header
from workstation.domain.roles import ON_RECORDS, Author, PersonId, Role

GIVEN = "Given to"


class ReportClaimed(Event, frozen=True, kw_only=True):
    """Somebody took the report."""

    workstation: str

    def evolve(self, report: Report) -> Report:
        return handed(report, self, self.by, self.workstation)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, f"{self.by.name} took this report", ""


class ReportTakenOver(Event, frozen=True, kw_only=True):
    """A peer took over what a silent desk held, knowing it."""

    workstation: str
    was: Author
    reason: str

    def evolve(self, report: Report) -> Report:
        return handed(report, self, self.by, self.workstation)

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"{self.by.name} took this over from {self.was.name}"
        return EntryKind.CLAIM, title, self.reason


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
        return handed(report, self, self.to, "")

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, f"{GIVEN} {self.to.name} by {self.by.name}", self.reason


class ClaimDetached(Event, frozen=True, kw_only=True):
    """The holder's desk fell silent: held, but nobody may be looking."""

    def evolve(self, report: Report) -> Report:
        if report.claim is None:
            return report
        at = self.stamp.recorded_at or self.at
        return replace(report, claim=replace(report.claim, detached=True, detached_at=at))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, "The holder's desk is offline", ""


class ClaimResumed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The holder is back, or has begun what was reserved for her; the fence stays hers."""

    workstation: str
    story_title: str = ""

    def evolve(self, report: Report) -> Report:
        if report.claim is None:
            return report
        leased = self.stamp.recorded_at
        claim = Claim(
            at=self.at, by=report.claim.by, workstation=self.workstation, leased_at=leased
        )
        return replace(report, claim=claim, returned_because="")

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.CLAIM, self.story_title, ""


class SupervisorAsked(Event, frozen=True, kw_only=True):
    """Somebody asked a supervisor to look."""

    question: str

    def evolve(self, report: Report) -> Report:
        return replace(
            report, asked=Asked(at=self.at, by=self.by, question=in_header(self.question))
        )

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.NOTE, "Supervisor asked to look", self.question


class ClaimReport(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Take a report from the queue; the first wins.

    `over_detached`: its author was told that a silent desk holds it, and takes it over.
    """

    over_detached: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Refused when somebody else holds it; a holder who was offline takes it up again."""
        if (decided := is_decided(report)) is not None:
            return decided
        claim, stamp = report.claim, context.stamp(report.id)
        if claim is not None and claim.by.id == context.who.id:
            return self._taken_up(claim, context)
        if claim is None or (claim.packet_until or context.now) < context.now:
            return (ReportClaimed(stamp=stamp, workstation=context.workstation),)
        if (refusal := self._held(report, claim, context)) is not None:
            return refusal
        return (
            ReportTakenOver(
                stamp=stamp,
                workstation=context.workstation,
                was=claim.by,
                reason=offline_words(claim, context.now),
            ),
        )

    def _taken_up(self, claim: Claim, context: Context) -> Decision:
        if claim.is_packet:
            title = f"{context.who.name} began this report, reserved for them"
        elif claim.detached:
            title = f"{context.who.name} is back at this report"
        else:
            return ()
        stamp, desk = context.stamp(self.report), context.workstation
        return (ClaimResumed(stamp=stamp, workstation=desk, story_title=title),)

    def _held(self, report: Report, claim: Claim, context: Context) -> Refusal | None:
        """A peer waits for a desk that is offline; then takes over, having been warned."""
        if claim.is_packet:
            sentence = f"{reserved_words(claim, context.now)} A supervisor may move it."
            return Refusal("claim/reserved", sentence)
        if not claim.detached:
            return Refusal("claim/held", f"{claim.by.name} took this report first.")
        until, words = held_off_until(report, context.pack), offline_words(claim, context.now)
        if context.now < until:
            when = clock_time(until, context.now)
            sentence = f"{words} You can take it over from {when}; a supervisor may move it now."
            return Refusal("claim/held", sentence)
        if not self.over_detached:
            sentence = f"{words} They may still be at it. Press F9 again to take it over."
            return Refusal("claim/detached", sentence)
        return None


class ReleaseReport(Command, frozen=True, kw_only=True):
    """Give a report back to the queue: whoever worked it has left what the force asks for."""

    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens when one does not hold it; what was only set aside is free to go."""
        if report.claim is None or report.claim.by.id != context.who.id:
            return ()
        if (changed := fence_passed(report, context)) is not None:
            return changed
        if not report.claim.is_packet and report.is_open:
            bound = forbidden(report, context.pack, "give back")
            if bound is not None:
                return bound
        return (
            ReportReleased(
                stamp=context.stamp(report.id),
            ),
        )


class ReassignReport(Command, frozen=True, kw_only=True, omit_defaults=True):
    """A supervisor gives a report to somebody, with the reason.

    `saw`: who held it on her screen, empty for nobody, None where her desk does not say.
    """

    to: Author
    reason: str
    saw: PersonId | None = None
    may: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    def decide(self, report: Report, context: Context) -> Decision:
        """The reason goes on the record. Online the last supervisor wins; what waited offline
        moves only what is still with whom she saw, and nothing moves what left the hub meanwhile.
        Who holds it already loses no lease by it.
        """
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
        moved = self._moved_meanwhile(report, context)
        checks = (is_decided(report), unnamed, no_reason, self._held_already(report), moved)
        if (refusal := first_refusal(*checks)) is not None:
            return refusal
        return (
            ReportReassigned(
                stamp=context.stamp(report.id),
                to=self.to,
                reason=self.reason,
            ),
        )

    def _held_already(self, report: Report) -> Refusal | None:
        """Giving it to its holder says only that what they offer is not to go."""
        claim = report.claim
        if claim is None or claim.is_packet or claim.by.id != self.to.id or report.offer:
            return None
        return Refusal("reassign/held", f"{claim.by.name} holds this report already.")

    def _moved_meanwhile(self, report: Report, context: Context) -> Refusal | None:
        holder = report.claim.by.id if report.claim is not None else ""
        handed = report.hand_off if not report.is_back else None
        if self.saw in (None, holder) or not (context.waited or handed):
            return None
        if report.claim is not None:
            what = f"{report.claim.by.name} holds it by now, another than you saw"
        elif handed is not None:
            what = f"{handed.by.name} handed it to the IMU meanwhile"
        else:
            what = "Nobody holds it by now, another than you saw"
        sentence = f"{what}. Look at it, then decide again."
        return Refusal("reassign/changed", sentence, "to")


class DetachClaim(Command, frozen=True, kw_only=True):
    """The store marks a claim whose desk fell silent: never free, never silently somebody's."""

    may: ClassVar[frozenset[Role]] = frozenset({Role.STORE})

    def decide(self, report: Report, context: Context) -> Decision:
        """Only a claim that is being worked can fall silent."""
        if report.lease != "active":
            return ()
        return (
            ClaimDetached(
                stamp=context.stamp(report.id),
            ),
        )


class ResumeClaim(Command, frozen=True, kw_only=True):
    """The store heard the holder again, there or at another PC: the claim is what it was."""

    workstation: str
    may: ClassVar[frozenset[Role]] = frozenset({Role.STORE})

    def decide(self, report: Report, context: Context) -> Decision:
        """Nothing happens where somebody took the report over meanwhile."""
        claim = report.claim
        if claim is None or not claim.detached:
            return ()
        is_there = claim.workstation in ("", self.workstation)
        name = claim.by.name
        title = f"{name}'s desk is back" if is_there else f"{name} goes on at another PC"
        stamp = context.stamp(report.id)
        return (ClaimResumed(stamp=stamp, workstation=self.workstation, story_title=title),)


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
