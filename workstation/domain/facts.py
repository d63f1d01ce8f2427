"""The key facts of a report: corrected, proposed by who no longer holds it, taken or left.

A correction that came late changes nothing by itself: it stands beside the fact as a proposal
until somebody takes or leaves it. The log has every word of all of them.
"""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.act import Event
from workstation.domain.entry import EntryKind
from workstation.domain.report import Facts, Line, Location, Proposal, Report
from workstation.domain.roles import Author
from workstation.domain.safe_facts import said_again

PLACE = "location"
HOW_TO_REACH = frozenset({"phone", "email", "prefers"})
PROPOSED_BYTES = 4 * 1024


class FactChange(Struct, frozen=True, forbid_unknown_fields=True):
    """One key fact: what its author saw, and what it is now."""

    field: str
    was: str
    now: Line


class FactsCorrected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Key facts now read differently; the old words stay in the log."""

    changes: tuple[FactChange, ...] = ()
    location: Location | None = None
    location_was: Location = Location()
    as_proposed_by: Author | None = None

    def evolve(self, report: Report) -> Report:
        """What was proposed and now stands is proposed no more."""
        facts = replace(report.facts, **{change.field: change.now for change in self.changes})
        by = self.as_proposed_by or self.by
        corrected = replace(
            report,
            facts=facts,
            location=self.location or report.location,
            said=said_again(report.said, [one.field for one in self.changes], self.at, by),
        )
        return _without(corrected, lambda one: stands(corrected, one.field) == one.value)

    def story(self) -> tuple[EntryKind, str, str]:
        by = self.as_proposed_by
        title = f"Facts corrected, as {by.name} proposed" if by is not None else "Facts corrected"
        return (
            EntryKind.CORRECTION,
            title,
            _told(self.changes, self.location_was, self.location, _changed),
        )


class FactsProposed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody would have key facts read differently; as they stand they stand."""

    changes: tuple[FactChange, ...] = ()
    location: Location | None = None
    location_was: Location = Location()

    def evolve(self, report: Report) -> Report:
        """Each becomes a proposal; who corrects their own proposal has one, not two."""
        for change in self.changes:
            made = Proposal(
                at=self.at, by=self.by, field=change.field, now=change.now, late=self.stamp.late
            )
            report = _with(report, made, change.was)
        if self.location is None:
            return report
        place, late = self.location, self.stamp.late
        made = Proposal(at=self.at, by=self.by, field=PLACE, location=place, late=late)
        return _with(report, made, self.location_was)

    def story(self) -> tuple[EntryKind, str, str]:
        lines = _told(self.changes, self.location_was, self.location, _suggested)
        return EntryKind.CORRECTION, "Correction proposed, the facts stand", lines


class ProposalLeft(Event, frozen=True, kw_only=True):
    """Somebody decided that a fact stays as it is; what was proposed is in the log."""

    proposal: Proposal

    def evolve(self, report: Report) -> Report:
        return _without(report, lambda one: is_same(one, self.proposal))

    def story(self) -> tuple[EntryKind, str, str]:
        one = self.proposal
        title = f"Not taken: what {one.by.name} proposed"
        return EntryKind.CORRECTION, title, f"{_spoken(one.field)}: {in_words(one.value)}"


def stands(report: Report, field: str) -> str | Location:
    """What a fact says now; the place is one fact."""
    if field == PLACE:
        return report.location
    known: dict[str, str] = msgspec.structs.asdict(report.facts)
    return known.get(field, "")


def is_known(field: str) -> bool:
    """Whether there is such a fact."""
    return field == PLACE or field in Facts.__struct_fields__


def is_same(one: Proposal, other: Proposal) -> bool:
    """Whether both say the same of the same fact, by the same person."""
    return (one.field, one.by.id, one.value) == (other.field, other.by.id, other.value)


def in_words(value: str | Location) -> str:
    """A fact as the log tells it."""
    if isinstance(value, str):
        return value
    if value.unknown_because:
        return f"unknown: {value.unknown_because}"
    return value.text or value.postcode or value.town


def _with(report: Report, made: Proposal, saw: str | Location) -> Report:
    """The report with one proposal more; what the header does not hold is counted."""

    def is_replaced(one: Proposal) -> bool:
        is_own = (one.field, one.by.id) == (made.field, made.by.id)
        return is_own and one.value in (saw, made.value)

    kept = tuple(one for one in report.proposals if not is_replaced(one))
    more = (*kept, made)
    if len(msgspec.json.encode(more)) > PROPOSED_BYTES:
        return replace(report, proposed_beyond=report.proposed_beyond + 1)
    return replace(report, proposals=more)


def _without(report: Report, is_settled: Callable[[Proposal], bool]) -> Report:
    """With the last of them the count of those that only the log has ends, too."""
    left = tuple(one for one in report.proposals if not is_settled(one))
    return replace(report, proposals=left, proposed_beyond=report.proposed_beyond if left else 0)


def _told(
    changes: Iterable[FactChange],
    was: Location,
    now: Location | None,
    line: Callable[[str, str, str], str],
) -> str:
    lines = [line(_spoken(c.field), c.was, c.now) for c in changes]
    if now is not None:
        lines.append(line(_spoken(PLACE), in_words(was), in_words(now)))
    return "\n".join(lines)


def _changed(fact: str, was: str, now: str) -> str:
    if not was:
        return f"{fact}: {now}"
    return f"{fact}: {was} → {now}" if now else f"{fact}: taken out, was {was}"


def _suggested(fact: str, was: str, now: str) -> str:
    if not now:
        return f"Suggested: {fact} taken out, was {was}"
    return f"Suggested: {fact} {now}" + (f" instead of {was}" if was else "")


def _spoken(field: str) -> str:
    return "where" if field == PLACE else field.replace("_", " ")
