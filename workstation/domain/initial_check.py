"""The two stages of a report: the initial check (emergency? ours?), then the review in depth.

A report past its initial check may wait, one before it may not (rows S61 to S63). Whatever looks
closer (a THRIVE, a grade, a crime) is the initial check, too; nothing is checked twice.
"""

from datetime import datetime
from typing import ClassVar, Literal

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.owed import InitialCheck
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import DECIDERS, Author, Role

Whose = Literal["ours", "not ours", "not sure"]


class InitialCheckDone(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody read it, found nothing that cannot wait for the review, and said whose it is."""

    whose: Whose
    words: str = ""

    def evolve(self, report: Report) -> Report:
        return replace(report, initial_check=looked_at(report, self.at, self.by))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Initial check: may wait for review, {self.whose}", self.words


class PassInitialCheck(Command, frozen=True, kw_only=True, omit_defaults=True):
    """The report was read and may wait for its review; an emergency is graded instead."""

    whose: Whose
    words: str = ""
    may: ClassVar[frozenset[Role]] = DECIDERS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never while it says it is happening now; done again it only adds its words."""
        if report.happening_now and not report.is_emergency:
            sentence = "It says it is happening now: grade it first (F2). It may not wait."
            return Refusal("check/now", sentence)
        if first_look(report) is not None and not self.words.strip():
            return ()
        done = InitialCheckDone(stamp=context.stamp(report.id), whose=self.whose, words=self.words)
        return (done,)


class Stage(Struct, frozen=True):
    """One of the two stages: whose it is or was, since when, and until when."""

    name: str
    owner: Author | None
    started_at: datetime
    ended_at: datetime | None


def looked_at(report: Report, at: datetime, by: Author) -> InitialCheck:
    """The initial check, were this the first look at it; of two the earlier one stands."""
    first = report.initial_check
    if first is not None and first.at <= at:
        return first
    return InitialCheck(at=at, by=by)


def first_look(report: Report) -> InitialCheck | None:
    """Who looked first, and when; also of a report from before this was kept for itself."""
    if report.initial_check is not None:
        return report.initial_check
    looks = [f for f in (report.thrive, report.grading, *report.crimes[:1]) if f is not None]
    first = min(looks, key=lambda look: look.at, default=None)
    return InitialCheck(at=first.at, by=first.by) if first is not None else None


def may_wait(report: Report) -> bool:
    """Whether the initial check is done, or there is nothing left to do."""
    return first_look(report) is not None or not report.is_open


def stages(report: Report) -> tuple[Stage, ...]:
    """The initial check, and from its end the review, with who owns each."""
    look, end = first_look(report), _decision(report)
    if look is None:
        until = end.at if end is not None else None
        owner = end.by if end is not None else report.owner
        return (Stage("Initial check", owner, report.received_at, until),)
    review = Stage(
        "Review in depth",
        end.by if end is not None else report.owner,
        look.at,
        end.at if end is not None else None,
    )
    return (Stage("Initial check", look.by, report.received_at, look.at), review)


def _decision(report: Report) -> InitialCheck | None:
    """What ended the review, by whom: the first of what ends a report in the hub."""
    ends = (report.closing, report.redirection, report.not_crime, report.hand_off)
    given = [facet for facet in ends if facet is not None]
    first = min(given, key=lambda facet: facet.at, default=None)
    return InitialCheck(at=first.at, by=first.by) if first is not None else None
