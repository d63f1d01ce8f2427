"""What anyone may add to a report at any time: notes, hazards, corrected facts."""

from typing import ClassVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.intake import NARRATIVE_LIMIT
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

    def evolve(self, report: Report) -> Report:
        facts = replace(report.facts, **{change.field: change.now for change in self.changes})
        return replace(report, facts=facts, location=self.location or report.location)

    def story(self) -> tuple[EntryKind, str, str]:
        lines = [f"{c.field.replace('_', ' ')}: {c.was} → {c.now}" for c in self.changes]
        if self.location is not None:
            where = self.location.text or self.location.postcode
            lines.append(f"where: {where or 'unknown: ' + self.location.unknown_because}")
        return EntryKind.CORRECTION, "Facts corrected", "\n".join(lines)


class AddNote(Command, frozen=True, kw_only=True):
    """Add to the log of a report, whoever holds it and whatever its state."""

    text: str
    hazard: bool = False
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Only an empty or an oversized note is refused."""
        if not self.text.strip():
            return Refusal("note/empty", "Write the note first.", "text")
        if len(self.text) > NARRATIVE_LIMIT:
            return Refusal("note/too-long", "Split the note: over 100,000 characters.", "text")
        return (
            NoteAdded(
                stamp=context.stamp(report.id),
                text=self.text,
                hazard=self.hazard,
            ),
        )


class CorrectFacts(Command, frozen=True, kw_only=True):
    """Correct or complete key facts; fields nobody else changed merge."""

    changes: tuple[FactChange, ...] = ()
    location: Location | None = None
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """A field that somebody else changed meanwhile is refused and both texts shown."""
        if not self.changes and self.location is None:
            return ()
        if self.location is not None and not self.location.is_given and report.location.is_given:
            sentence = "Officers may be on their way there. Give a place, or why it is unknown."
            return Refusal("facts/where", sentence, "location")
        facts: dict[str, str] = msgspec.structs.asdict(report.facts)
        for change in self.changes:
            if change.field not in Facts.__struct_fields__:
                return Refusal("facts/unknown", f"There is no fact called {change.field}.")
            if facts[change.field] not in (change.was, change.now):
                now = facts[change.field]
                sentence = f"Somebody else wrote “{now}” here meanwhile. Check, then save again."
                return Refusal("facts/changed", sentence, change.field)
        return (
            FactsCorrected(
                stamp=context.stamp(report.id),
                changes=self.changes,
                location=self.location,
            ),
        )
