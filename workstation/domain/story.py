"""What anyone may add to a report at any time: notes, hazards, corrected facts."""

from typing import ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.refusal import Refusal
from workstation.domain.report import EntryKind, Facts, Line, Location, Report
from workstation.domain.roles import ON_RECORDS, Role

HAZARDS_SHOWN = 20
HAZARD_EXCERPT = 160


class FactChange(Struct, frozen=True, forbid_unknown_fields=True):
    """One key fact: what its author saw, and what it is now."""

    field: str
    was: str
    now: Line


class NoteAdded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Words for the log; a hazard stays pinned at its top."""

    text: str
    hazard: bool = False

    def evolve(self, report: Report) -> Report:
        if not self.hazard:
            return report
        shown = self.text[:HAZARD_EXCERPT]
        return replace(report, hazards=(*report.hazards, shown)[-HAZARDS_SHOWN:])

    def story(self) -> tuple[EntryKind, str, str]:
        if self.hazard:
            return EntryKind.HAZARD, "Hazard", self.text
        return EntryKind.NOTE, "Note", self.text


class FactsCorrected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Key facts now read differently; the old words stay in the log."""

    changes: tuple[FactChange, ...] = ()
    location: Location | None = None
    location_was: Location = Location()

    def evolve(self, report: Report) -> Report:
        facts = replace(report.facts, **{change.field: change.now for change in self.changes})
        return replace(report, facts=facts, location=self.location or report.location)

    def story(self) -> tuple[EntryKind, str, str]:
        lines = [f"{c.field.replace('_', ' ')}: {c.was} → {c.now}" for c in self.changes]
        if self.location is not None:
            lines.append(f"where: {_in_words(self.location_was)} → {_in_words(self.location)}")
        return EntryKind.CORRECTION, "Facts corrected", "\n".join(lines)


class AddNote(Command, frozen=True, kw_only=True):
    """Add to the log of a report, whoever holds it and whatever its state."""

    text: str
    hazard: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only an empty note is refused."""
        if not self.text.strip():
            return Refusal("note/empty", "Write the note first.", "text")
        return (
            NoteAdded(
                stamp=context.stamp(report.id),
                text=self.text,
                hazard=self.hazard,
            ),
        )


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
        """A field that somebody else changed meanwhile is refused and both texts shown."""
        if not self.changes and self.location is None:
            return ()
        refusal = self._place_refused(report.location) or self._facts_refused(report.facts)
        if refusal is not None:
            return refusal
        return (
            FactsCorrected(
                stamp=context.stamp(report.id),
                changes=self.changes,
                location=self.location,
                location_was=report.location if self.location is not None else Location(),
            ),
        )

    def _place_refused(self, stands: Location) -> Refusal | None:
        if self.location is None:
            return None
        if not self.location.is_given and stands.is_given:
            sentence = "Officers may be on their way there. Give a place, or why it is unknown."
            return Refusal("facts/where", sentence, "location")
        if stands not in (self.location_was, self.location):
            return _changed_meanwhile(_in_words(stands), "location")
        return None

    def _facts_refused(self, stand: Facts) -> Refusal | None:
        facts: dict[str, str] = msgspec.structs.asdict(stand)
        if len({change.field for change in self.changes}) < len(self.changes):
            return Refusal("facts/twice", "Give each fact once.", "changes")
        for change in self.changes:
            if change.field not in facts:
                return Refusal("facts/unknown", f"There is no fact called {change.field}.")
            if facts[change.field] not in (change.was, change.now):
                return _changed_meanwhile(facts[change.field], change.field)
        return None


def _changed_meanwhile(words: str, field: str) -> Refusal:
    sentence = f"Somebody else wrote “{words}” here meanwhile. Check, then save again."
    return Refusal("facts/changed", sentence, field)


def _in_words(place: Location) -> str:
    if place.unknown_because:
        return f"unknown: {place.unknown_because}"
    return place.text or place.postcode or place.town
