"""Correcting the key facts: what merges, what is refused and shown, what is only proposed."""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    fence_passed,
    is_with_another,
)
from workstation.domain.facts import (
    HOW_TO_REACH,
    PLACE,
    FactChange,
    FactsCorrected,
    FactsProposed,
    ProposalLeft,
    in_words,
    is_known,
    is_same,
    stands,
)
from workstation.domain.refusal import Refusal
from workstation.domain.report import Line, Location, Proposal, Report
from workstation.domain.roles import ON_RECORDS, Author, PersonId, Role
from workstation.domain.typed import is_false_birth


class CorrectFacts(Command, frozen=True, kw_only=True):
    """Correct or complete key facts; fields nobody else changed merge.

    The place is one fact, since its words and its coordinates belong together; `location_was` is
    the place its author saw.
    """

    changes: tuple[FactChange, ...] = ()
    location: Location | None = None
    location_was: Location = Location()
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """A field that somebody else changed meanwhile is refused and both texts shown.

        How to reach a person is kept both ways instead: somebody was told it. What comes from a
        desk that no longer holds the report is proposed to who does.
        """
        if not self.changes and self.location is None:
            return ()
        if (wrong := self._wrong(report) or self._unborn(context)) is not None:
            return wrong
        if is_with_another(report, context):
            return self._proposed(report, context, self.changes, self.location)
        kept = tuple(c for c in self.changes if _is_kept_beside(c, stands(report, c.field)))
        rest = tuple(c for c in self.changes if c not in kept)
        if (overtaken := self._overtaken(report, rest)) is not None:
            return overtaken
        proposed = self._proposed(report, context, kept, None)
        if not rest and self.location is None:
            return proposed
        return (self._corrected(report, context, rest), *proposed)

    def _unborn(self, context: Context) -> Refusal | None:
        """What is impossible in a calendar stands as said; a birth after today would be false."""
        born = (change.now for change in self.changes if change.field == "date_of_birth")
        if not any(is_false_birth(words, context.now) for words in born):
            return None
        return Refusal("facts/birth", "Nobody was born after today. Ask again.", "date_of_birth")

    def _corrected(
        self, report: Report, context: Context, changes: tuple[FactChange, ...]
    ) -> FactsCorrected:
        return FactsCorrected(
            stamp=context.stamp(report.id),
            changes=changes,
            location=self.location,
            location_was=report.location if self.location is not None else Location(),
        )

    def _proposed(
        self,
        report: Report,
        context: Context,
        changes: tuple[FactChange, ...],
        location: Location | None,
    ) -> tuple[Event, ...]:
        """What differs from what stands, for a person to take or leave."""
        changes = tuple(c for c in changes if c.now != stands(report, c.field))
        location = None if location == report.location else location
        if not changes and location is None:
            return ()
        return (
            FactsProposed(
                stamp=context.stamp(report.id),
                changes=changes,
                location=location,
                location_was=self.location_was if location is not None else Location(),
            ),
        )

    def _wrong(self, report: Report) -> Refusal | None:
        """What is wrong with the correction itself, whoever holds the report."""
        place = self.location
        if place is not None and not place.is_given and report.location.is_given:
            sentence = "Officers may be on their way there. Give a place, or why it is unknown."
            return Refusal("facts/where", sentence, PLACE)
        if len({change.field for change in self.changes}) < len(self.changes):
            return Refusal("facts/twice", "Give each fact once.", "changes")
        for change in self.changes:
            if change.field == PLACE or not is_known(change.field):
                return Refusal("facts/unknown", f"There is no fact called {change.field}.")
        return None

    def _overtaken(self, report: Report, changes: tuple[FactChange, ...]) -> Refusal | None:
        place = report.location
        if self.location is not None and place not in (self.location_was, self.location):
            return _changed_meanwhile(place, PLACE)
        for change in changes:
            said = stands(report, change.field)
            if said not in (change.was, change.now):
                return _changed_meanwhile(said, change.field)
        return None


class SettleProposal(Command, frozen=True, kw_only=True):
    """Take what `by` proposed for a fact, or leave the fact as it is.

    `now` or `location` is what was proposed, `was` or `location_was` what stood on screen.
    """

    by: PersonId
    field: str
    take: bool
    now: Line = ""
    was: Line = ""
    location: Location | None = None
    location_was: Location = Location()
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Once; taking corrects the fact under the names of both, unless it changed meanwhile."""
        if (passed := fence_passed(report, context)) is not None:
            return passed
        wanted = self._wanted(context)
        found = next((one for one in report.proposals if is_same(one, wanted)), None)
        said = stands(report, self.field)
        if found is None:
            return self._gone(said == wanted.value)
        stamp = context.stamp(report.id)
        if not self.take:
            return (ProposalLeft(stamp=stamp, proposal=found),)
        if said not in (self._saw, found.value):
            return _changed_meanwhile(said, self.field)
        if self.location is not None:
            taken = FactsCorrected(
                stamp=stamp, location=self.location, location_was=report.location
            )
        else:
            change = FactChange(self.field, in_words(said), self.now)
            taken = FactsCorrected(stamp=stamp, changes=(change,))
        return (replace(taken, as_proposed_by=found.by),)

    @property
    def _saw(self) -> str | Location:
        return self.location_was if self.location is not None else self.was

    def _wanted(self, context: Context) -> Proposal:
        by = Author(self.by, "")
        return Proposal(
            at=context.at, by=by, field=self.field, now=self.now, location=self.location
        )

    def _gone(self, is_so: bool) -> Decision:
        """Somebody settled it before: the same way is no matter, otherwise it is said."""
        if is_so or not self.take:
            return ()
        sentence = "Somebody left this as it was meanwhile. If it is right, edit the fact."
        return Refusal("proposal/gone", sentence, self.field)


def _is_kept_beside(change: FactChange, said: str | Location) -> bool:
    """Whether both are kept: how to reach a person, said otherwise by two who did not know."""
    is_new = bool(change.now.strip()) and said not in (change.was, change.now)
    return change.field in HOW_TO_REACH and is_new


def _changed_meanwhile(said: str | Location, field: str) -> Refusal:
    sentence = f"Somebody else wrote “{in_words(said)}” here meanwhile. Check, then save again."
    return Refusal("facts/changed", sentence, field)
