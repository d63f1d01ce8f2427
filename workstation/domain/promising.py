"""“I said I would”: what somebody told a caller they would do, by when, kept or dropped.

A promise is the report's: whoever holds it owes it, and who made it stays named. Making and
keeping one is never refused for who holds the report; letting one go needs a reason.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, fence_passed
from workstation.domain.entry import EntryKind
from workstation.domain.leases import clock_time
from workstation.domain.owed import Promised
from workstation.domain.refusal import Refusal
from workstation.domain.replying import replied
from workstation.domain.report import Report
from workstation.domain.roles import ON_RECORDS, Role

MOST_OWED, ENDED_SHOWN = 10, 5
FARTHEST = timedelta(days=366)
REPLY = "reply"  # the id under which the reply to the public is let go of
Instant = Annotated[datetime, Meta(tz=True)]


class PromiseMade(Event, frozen=True, kw_only=True):
    """Somebody said they would."""

    promise: str
    what: str
    due_at: Instant

    def evolve(self, report: Report) -> Report:
        made = Promised(
            at=self.at, by=self.by, id=self.promise, what=self.what, due_at=self.due_at
        )
        return replace(report, promised=_trimmed((*report.promised, made)))

    def story(self) -> tuple[EntryKind, str, str]:
        by = clock_time(self.due_at, self.at)
        return EntryKind.DECISION, f"{self.by.name} said we would, by {by}", self.what


class PromiseKept(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was done."""

    promise: str
    what: str
    words: str = ""

    def evolve(self, report: Report) -> Report:
        return _ended(report, self, self.promise, kept=True)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Done as promised: {self.what}", self.words


class PromiseDropped(Event, frozen=True, kw_only=True):
    """It will not be done, and why."""

    promise: str
    what: str
    reason: str

    def evolve(self, report: Report) -> Report:
        if self.promise == REPLY:
            return replace(report, reply=replied(report, self.at, self.by, "not owed"))
        return _ended(report, self, self.promise, kept=False)

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Promise let go: {self.what}", self.reason


class MakePromise(Command, frozen=True, kw_only=True):
    """Say that something will be done, and by when."""

    promise: str
    what: str
    due_at: Instant
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """In words and ahead of when it was said; on any report, whoever holds it."""
        if not self.promise or self.promise == REPLY:
            return Refusal("promise/id", "This promise has no id of its own.", "promise")
        if not self.what.strip():
            return Refusal("promise/what", "Say what you said you would do.", "what")
        if not context.at < self.due_at <= context.at + FARTHEST:
            sentence = "Give a time that is still to come, within a year."
            return Refusal("promise/when", sentence, "when")
        if promise_of(report, self.promise) is not None:
            return ()
        if len(report.owed_promises) >= MOST_OWED:
            sentence = f"{MOST_OWED} promises are owed here already. Keep or drop one first."
            return Refusal("promise/full", sentence)
        stamp = context.stamp(report.id)
        made = PromiseMade(stamp=stamp, promise=self.promise, what=self.what, due_at=self.due_at)
        return (made,)


class KeepPromise(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Say that what was promised is done."""

    promise: str
    words: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Who did it says so; that it was done stands over that somebody let it go."""
        found = promise_of(report, self.promise)
        if found is None:
            return _GONE
        if found.kept and not self.words.strip():
            return ()
        stamp = context.stamp(report.id)
        return (PromiseKept(stamp=stamp, promise=found.id, what=found.what, words=self.words),)


class DropPromise(Command, frozen=True, kw_only=True):
    """Let a promise go, with the reason; under the id `reply` the reply to the public."""

    promise: str
    reason: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """By who holds the report, who made the promise, or a supervisor."""
        found = promise_of(report, self.promise)
        if self.promise != REPLY and found is None:
            return _GONE
        is_over = report.reply is not None if found is None else found.kept is not None
        if is_over:
            return ()
        if (refusal := self._not_hers(report, found, context)) is not None:
            return refusal
        if not self.reason.strip():
            return Refusal("promise/reason", "Say why it will not be done.", "reason")
        what = found.what if found is not None else "the reply to the public"
        stamp = context.stamp(report.id)
        return (PromiseDropped(stamp=stamp, promise=self.promise, what=what, reason=self.reason),)

    def _not_hers(
        self, report: Report, found: Promised | None, context: Context
    ) -> Refusal | None:
        me, claim = context.who.id, report.claim
        is_maker = found is not None and found.by.id == me
        if is_maker or Role.SUPERVISOR in context.who.roles:
            return None
        if (changed := fence_passed(report, context)) is not None:
            return changed
        if claim is None or claim.is_packet or claim.by.id == me:
            return None
        sentence = f"{claim.by.name} holds this report and owes it. Ask them, or add a note."
        return Refusal("claim/held", sentence)


_GONE = Refusal(
    "promise/gone", "This promise is not on the report any more. Its log says what became of it."
)


def promise_of(report: Report, id: str) -> Promised | None:
    """The promise of this id, owed or ended."""
    return next((one for one in report.promised if one.id == id), None)


def _ended(report: Report, event: Event, id: str, *, kept: bool) -> Report:
    """What was done stays done, whatever was said before or comes later."""
    promised = tuple(
        replace(one, kept=kept, ended_at=event.at) if one.id == id and not one.kept else one
        for one in report.promised
    )
    return replace(report, promised=_trimmed(promised))


def _trimmed(promised: Iterable[Promised]) -> tuple[Promised, ...]:
    """Everything that is owed, and of what is over the last few: the log has them all."""
    all_of_them = list(promised)
    over = [one for one in all_of_them if one.kept is not None]
    old = {one.id for one in sorted(over, key=lambda one: one.ended_at or one.at)[:-ENDED_SHOWN]}
    return tuple(one for one in all_of_them if one.id not in old)
