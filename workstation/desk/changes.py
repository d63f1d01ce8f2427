"""What changed on a report since this person last looked, in one line."""

from collections import Counter
from collections.abc import Iterable

from workstation.cache.jottings import Look
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.roles import STORE_ID, PersonId

MOST_OF_A_REASON = 160
_NOTES = {EntryKind.NOTE: "note", EntryKind.HAZARD: "hazard", EntryKind.CORRECTION: "correction"}


def is_new(position: int, entry: Entry, look: Look | None, person: PersonId) -> bool:
    """Whether this line came from somebody else since the person last looked."""
    return look is not None and position > look.position and entry.by.id != person


def line(entries: Iterable[Entry]) -> str:
    """`Mo Ahmed added 2 notes while offline, graded Prompt by Sam Lee`; empty without changes."""
    counted: Counter[tuple[str, str, bool]] = Counter()
    acts: list[str] = []
    for entry in entries:
        if entry.kind in _NOTES:
            counted[_NOTES[entry.kind], entry.by.name, entry.late] += 1
        else:
            acts.append(_act(entry))
    return ", ".join([*(_notes(*which, n) for which, n in counted.items()), *acts])


def is_of_moment(entry: Entry) -> bool:
    """Whether who has the report open is told at once: it moved, or somebody was offline."""
    return entry.late or is_move(entry)


def is_move(entry: Entry) -> bool:
    """Whether somebody took the report, or gave it to somebody."""
    return entry.kind is EntryKind.CLAIM and entry.by.id != STORE_ID


def reason(entry: Entry) -> str:
    """Why a report moved, as far as there is room for it."""
    why = entry.text.partition("\n")[0].rstrip(".")
    return why if len(why) <= MOST_OF_A_REASON else f"{why[:MOST_OF_A_REASON]}…"


def _notes(what: str, who: str, late: bool, n: int) -> str:
    many = f"{n} {what}{'s' * (n > 1)}"
    return f"{who} added {many} while offline" if late else f"{many} by {who}"


def _act(entry: Entry) -> str:
    """Why a report moved is told with to whom; of another act, who did it."""
    if entry.kind is EntryKind.CLAIM:
        why = reason(entry)
        return f"{entry.title}: {why}" if why else entry.title
    title = entry.title[:1].lower() + entry.title[1:]
    told = title if entry.by.name in entry.title else f"{title} by {entry.by.name}"
    return f"{told} while offline" if entry.late else told
