"""The reply that the public was promised: given by voice or in writing, and logged.

A decision is no reply. Here is the one place that says when the public had it.
"""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.owed import Reply
from workstation.domain.refusal import Refusal
from workstation.domain.report import CrimeId, Report
from workstation.domain.roles import ON_RECORDS, Author, Role
from workstation.domain.story import Means
from workstation.domain.wording import has_words

IN_WRITING: frozenset[Means] = frozenset({"text", "e-mail", "letter"})


class ReplyGiven(Event, frozen=True, kw_only=True):
    """The public was told: the number, or why nothing is done and what else they can do."""

    who: str
    means: Means
    words: str

    def evolve(self, report: Report) -> Report:
        """The first reply keeps the promise; in writing it acknowledges each crime on record."""
        given = replied(report, self.at, self.by, self.means, self.who)
        return replace(
            report,
            reply=given,
            reasons_given=self._reasons_given(report),
            acknowledged=self._acknowledged(report),
        )

    def _reasons_given(self, report: Report) -> Reply | None:
        """The first word since the report was found to be no crime, whatever was told before."""
        decision, known = report.not_crime, report.reasons_given
        if decision is None or self.at < decision.at:
            return known
        if known is not None and decision.at <= known.at <= self.at:
            return known
        return Reply(at=self.at, by=self.by, how=self.means, who=self.who)

    def _acknowledged(self, report: Report) -> dict[CrimeId, datetime]:
        if self.means not in IN_WRITING:
            return report.acknowledged
        fresh = [crime.id for crime in report.crimes if crime.at <= self.at]
        return dict.fromkeys(fresh, self.at) | report.acknowledged

    def story(self) -> tuple[EntryKind, str, str]:
        by = self.means if self.means == "in person" else f"by {self.means}"
        return EntryKind.NOTE, f"{self.who} told, {by}: the reply", self.words


class LogReply(Command, frozen=True, kw_only=True):
    """Log that the reply was given: to whom, by which means, and what was said."""

    who: str
    means: Means
    words: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Somebody was told something: both are said."""
        if not self.who.strip():
            return Refusal("reply/who", "Say who was told.", "who")
        if not has_words(self.words):
            sentence = "Say what they were told: the number, or why not and what they can do."
            return Refusal("reply/words", sentence, "words")
        stamp = context.stamp(report.id)
        return (ReplyGiven(stamp=stamp, who=self.who, means=self.means, words=self.words),)


def replied(report: Report, at: datetime, by: Author, how: str, who: str = "") -> Reply:
    """The reply to the public, were it given now; of two the first keeps the promise."""
    first = report.reply
    if first is not None and first.at <= at:
        return first
    return Reply(at=at, by=by, how=how, who=who)
