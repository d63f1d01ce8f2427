"""What a command and an event are: the two shapes every task's rules are written in.

A command decides (pure) to events or a refusal; an event evolves a report and tells its line of
the story. The workstation and the store run this same code.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.entry import Entry, EntryKind
from workstation.domain.holders import Claim
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import DECIDERS, Author, Person, Release, Role

WAITED = timedelta(seconds=60)


class Stamp(Struct, frozen=True, omit_defaults=True):
    """Of which report, when it was done, by whom, and when the store took it.

    `late`: it was done offline, by somebody who does not hold the report. `released`: it was kept
    on a PC its author had left, and a supervisor let it leave.
    """

    report: ReportId
    at: datetime
    by: Author
    recorded_at: datetime | None = None
    late: bool = False
    released: Release | None = None


class Context(Struct, frozen=True, kw_only=True):
    """Everything a rule may know besides the report: who, when, where, the pack, what was seen.

    `seen` holds the versions the author had on screen; `fence` is the claim's, where the author
    held the report; `recorded_at` is None on a workstation.
    """

    who: Person
    at: datetime
    pack: Pack
    workstation: str
    recorded_at: datetime | None = None
    seen: Mapping[ReportId, int] = {}
    reports: Mapping[ReportId, Report] = {}
    incident_number: str = ""
    fence: int | None = None
    released: Release | None = None

    def stamp(self, report: ReportId) -> Stamp:
        """The stamp of an event that this act makes."""
        late = self.waited and not self._is_holder(report)
        return Stamp(report, self.at, self.who.author, self.recorded_at, late, self.released)

    @property
    def now(self) -> datetime:
        """The time a lease is judged by: the store's own, wherever the store decides."""
        return self.recorded_at or self.at

    @property
    def waited(self) -> bool:
        """Whether the act waited on a desk that was offline."""
        return self.recorded_at is not None and self.recorded_at - self.at > WAITED

    def _is_holder(self, id: ReportId) -> bool:
        report = self.reports.get(id)
        return report is None or (report.claim is not None and report.claim.by.id == self.who.id)


class Event(Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True):
    """Something that happened to a report."""

    stamp: Stamp

    @property
    def report(self) -> ReportId:
        """The report it happened to."""
        return self.stamp.report

    @property
    def at(self) -> datetime:
        """When it was done."""
        return self.stamp.at

    @property
    def by(self) -> Author:
        """Who did it."""
        return self.stamp.by

    def evolve(self, report: Report) -> Report:
        """The report after this event."""
        raise NotImplementedError

    def story(self) -> tuple[EntryKind, str, str] | None:
        """Kind, title and words of the line this event adds to the log, if any."""
        raise NotImplementedError

    def entry(self, id: str) -> Entry | None:
        """The line of the report's story, under an id that desk and store make alike."""
        told = self.story()
        if told is None:
            return None
        kind, title, text = told
        late = self.stamp.late and kind is not EntryKind.CLAIM
        return Entry(
            id,
            self.report,
            kind,
            self.at,
            self.by,
            title,
            text,
            self.stamp.recorded_at,
            late,
            released=self.stamp.released,
        )


Decision = tuple[Event, ...] | Refusal


class Command(Struct, frozen=True, tag=True, kw_only=True, forbid_unknown_fields=True):
    """Something a person asks for, imperative; `may` says which roles may ask.

    `exclusive`: only one person may do it, so a desk that is not sure of its claim does not.
    """

    report: ReportId
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = False

    def decide(self, report: Report, context: Context) -> Decision:
        """What follows from the command, by this task's rules."""
        raise NotImplementedError

    def reports(self) -> tuple[ReportId, ...]:
        """Every report the command touches."""
        return (self.report,)


def handed(report: Report, event: Event, to: Author, workstation: str) -> Report:
    """The report under a new lease."""
    leased = event.stamp.recorded_at
    claim = Claim(at=event.at, by=to, workstation=workstation, leased_at=leased)
    return replace(report, claim=claim, fence=report.fence + 1, returned_because="")


def holds(report: Report, context: Context) -> Refusal | None:
    """Exclusive acts are for the holder under the lease she had, or for a supervisor."""
    if Role.SUPERVISOR in context.who.roles:
        return None
    if (changed := fence_passed(report, context)) is not None:
        return changed
    if report.claim is None or report.claim.is_packet:
        return Refusal("claim/free", "Nobody works this report. Take it first (F9).")
    if report.claim.by.id != context.who.id:
        return Refusal(
            "claim/held", f"{report.claim.by.name} holds this report. Add a note, or ask them."
        )
    return None


def fence_passed(report: Report, context: Context) -> Refusal | None:
    """Why an exclusive act of a former lease is refused; one without a fence has nothing to tell.

    What keeps people safe (a more urgent grade, officers, voice, notes) never asks this.
    """
    if context.fence is None or context.fence >= report.fence:
        return None
    others = " and ".join(report.held_since(context.fence, context.who.id))
    claim = report.claim
    if claim is not None and claim.by.id != context.who.id and not claim.is_packet:
        who = f"{claim.by.name} holds this report now"
    elif others:
        who = f"{others} held this report meanwhile"
    elif _was_free(report, context.fence):
        who = "This report went back to the queue meanwhile"
    else:
        who = "You were given this report anew meanwhile"
    sentence = f"{who}. Nothing you wrote is lost: look at what changed, then decide again."
    return Refusal("claim/changed", sentence)


def _was_free(report: Report, fence: int) -> bool:
    """Whether nobody had it at some fence after this one, as far back as holders are kept."""
    held = {one.fence for one in report.holders}
    first = max(fence + 1, min(held, default=0))
    return any(n not in held for n in range(first, report.fence + 1))


def is_with_another(report: Report, context: Context) -> bool:
    """Whether the author held the report as she acted, and somebody else works it now."""
    claim = report.claim
    if context.fence is None or claim is None or claim.is_packet:
        return False
    return claim.by.id != context.who.id


def is_decided(report: Report) -> Refusal | None:
    """A report that has reached its end is reopened before it is worked again."""
    if report.closing is not None:
        return Refusal("report/closed", "This report is closed. Reopen it first.")
    if report.redirection is not None:
        name = report.redirection.agency_name
        return Refusal("report/redirected", f"This report went to {name}. Reopen it first.")
    if report.not_crime is not None:
        return Refusal("report/not-crime", "Recorded as not a crime. Reopen it first.")
    return None


def thrive_is_owed(report: Report) -> Refusal | None:
    """No report leaves the queue without a THRIVE, whatever its channel."""
    if report.thrive is None:
        return Refusal("thrive/owed", "Assess the risk first: six elements (F2).", "thrive")
    return None


def first_refusal(*checks: Refusal | None) -> Refusal | None:
    """The first rule that says no."""
    return next((check for check in checks if check is not None), None)


def cannot_end(
    report: Report, context: Context, left: Refusal | None, written: Refusal | None
) -> Refusal | None:
    """Why an act may not end a report: what is `left` to do first, what is not yet `written`."""
    return first_refusal(
        is_decided(report),
        holds(report, context),
        left,
        thrive_is_owed(report),
        written,
        unseen_changes(report, context),
    )


def unseen_changes(report: Report, context: Context) -> Refusal | None:
    """An act that ends a report is refused when somebody changed it unseen by its author."""
    seen = context.seen.get(report.id, report.version)
    if report.changed_by_others_since(seen, context.who.id):
        sentence = "Somebody added to this report since you looked. Read it, then decide again."
        return Refusal("report/changed", sentence)
    return None
