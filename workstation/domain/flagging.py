"""Flags of risk to a person, of the force's own list: anybody sets one, its holder clears it.

Setting is never refused and never lost, however late; clearing is, where somebody set the flag
again that its author has not seen.
"""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, holds
from workstation.domain.entry import EntryKind
from workstation.domain.leases import clock_time
from workstation.domain.refusal import Refusal
from workstation.domain.report import Flag, Report
from workstation.domain.roles import DECIDERS, ON_RECORDS, PersonId, Role
from workstation.domain.wording import has_words


class FlagSet(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody found this risk."""

    flag: str
    name: str
    reason: str = ""

    def evolve(self, report: Report) -> Report:
        flag = Flag(at=self.at, by=self.by, id=self.flag, name=self.name)
        others = tuple(one for one in report.flags if one.id != self.flag)
        return replace(report, flags=(*others, flag))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Flag set: {self.name}", self.reason


class FlagCleared(Event, frozen=True, kw_only=True):
    """The risk was found not to be there, or to be over."""

    flag: str
    name: str
    reason: str

    def evolve(self, report: Report) -> Report:
        return replace(report, flags=tuple(one for one in report.flags if one.id != self.flag))

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Flag cleared: {self.name}", self.reason


class SetFlag(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Mark a report with a flag of the pack, whoever holds it and whatever its state."""

    flag: str
    reason: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Set again by somebody else, or with a reason, it is theirs too: a clearing sees that."""
        kind = context.pack.flag_by_id.get(self.flag)
        if kind is None:
            return Refusal("flag/unknown", "Choose one of the flags of this force.", "flag")
        stands = report.flag(self.flag)
        if stands is not None and stands.by.id == context.who.id and not self.reason.strip():
            return ()
        stamp = context.stamp(report.id)
        return (FlagSet(stamp=stamp, flag=kind.id, name=kind.name, reason=self.reason),)


class ClearFlag(Command, frozen=True, kw_only=True):
    """Take a flag away, with the reason; by whom and when it was set as its author saw it."""

    flag: str
    reason: str
    set_by: PersonId
    set_at: datetime
    may: ClassVar[frozenset[Role]] = DECIDERS

    def decide(self, report: Report, context: Context) -> Decision:
        """For the holder or a supervisor, and only of the very flag that was seen."""
        flag = report.flag(self.flag)
        if flag is None:
            return ()
        refusal = holds(report, context) or self._no_reason() or self._set_again(flag, context)
        if refusal is not None:
            return refusal
        stamp = context.stamp(report.id)
        return (FlagCleared(stamp=stamp, flag=flag.id, name=flag.name, reason=self.reason),)

    def _no_reason(self) -> Refusal | None:
        if has_words(self.reason):
            return None
        return Refusal("flag/reason", "Say why this flag no longer holds.", "reason")

    def _set_again(self, flag: Flag, context: Context) -> Refusal | None:
        is_own = flag.by.id == context.who.id  # by a clock that the store may have put right
        if flag.by.id == self.set_by and (is_own or flag.at == self.set_at):
            return None
        when = clock_time(flag.at, context.now)
        sentence = (
            f"{flag.by.name} set “{flag.name}” again at {when}, which you had not seen. "
            "The flag stands: read why in the log, then decide again."
        )
        return Refusal("flag/changed", sentence, "flag")
