"""What changed on a report since this person last looked, in one line."""

from collections import Counter
from collections.abc import Iterable

from workstation.cache.jottings import Look
from workstation.domain.report import Entry, EntryKind
from workstation.domain.roles import PersonId

_NOTES = {EntryKind.NOTE: "note", EntryKind.HAZARD: "hazard", EntryKind.CORRECTION: "correction"}


def is_new(position: int, entry: Entry, look: Look | None, person: PersonId) -> bool:
    """Whether this line came from somebody else since the person last looked."""
    return look is not None and position > look.position and entry.by.id != person


def line(entries: Iterable[Entry]) -> str:
    """`2 notes by Mo Ahmed, graded Prompt by Sam Lee`; empty when nothing changed."""
    counted: Counter[tuple[str, str]] = Counter()
    acts: list[str] = []
    for entry in entries:
        if entry.kind in _NOTES:
            counted[_NOTES[entry.kind], entry.by.name] += 1
        else:
            title = entry.title[:1].lower() + entry.title[1:]
            told = title if entry.by.name in entry.title else f"{title} by {entry.by.name}"
            acts.append(told if entry.kind is not EntryKind.CLAIM else entry.title)
    notes = [f"{n} {what}{'s' * (n > 1)} by {who}" for (what, who), n in counted.items()]
    return ", ".join([*notes, *acts])
