"""Who changed a fact while a correction of it was being typed, and what it says now."""

from collections.abc import Iterable
from datetime import datetime

from workstation.desk import ShownEntry
from workstation.domain.entry import EntryKind
from workstation.views.due import moment
from workstation.views.literal import literal


def changed_meanwhile(entries: Iterable[ShownEntry], field: str, words: str, now: datetime) -> str:
    """`Bob Lee changed this to “Ely” at 10:42.` The log knows who; without it, nobody is named."""
    begins = f"{field.replace('_', ' ')}: "
    for entry in reversed([one.entry for one in entries]):
        lines = entry.text.splitlines()
        if entry.kind is EntryKind.CORRECTION and any(one.startswith(begins) for one in lines):
            at = moment(entry.at, now)
            return f"{literal(entry.by.name)} changed this to “{literal(words)}” at {at}."
    return f"This was changed to “{literal(words)}” meanwhile."
