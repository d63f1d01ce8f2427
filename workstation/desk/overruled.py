"""Two supervisors moved one report: the last one stands, and the one before is told."""

from collections.abc import Iterable
from datetime import timedelta

from workstation.domain.claiming import GIVEN
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.roles import STORE_ID, PersonId

WITHIN = timedelta(hours=1)  # later it is the next move, not another's word on the same one


def overruled(story: Iterable[Entry], me: PersonId) -> tuple[Entry, Entry] | None:
    """My move and the other supervisor's that came right after it, to somebody else."""
    moves = [one for one in story if one.kind is EntryKind.CLAIM and one.by.id != STORE_ID]
    for mine, theirs in zip(moves[-2::-1], moves[:0:-1], strict=True):
        if mine.by.id == me and mine.title.startswith(GIVEN):
            is_other = theirs.by.id != me and theirs.title.startswith(GIVEN)
            is_at_once = theirs.at - mine.at <= WITHIN
            same = to_whom(mine) == to_whom(theirs)
            return (mine, theirs) if is_other and is_at_once and not same else None
    return None


def to_whom(move: Entry) -> str:
    """Whom a move gave the report to."""
    return move.title.removeprefix(f"{GIVEN} ").removesuffix(f" by {move.by.name}")


def words(reference: str, mine: Entry, theirs: Entry) -> str:
    """What she is told."""
    return (
        f"{reference or 'A report'} is {to_whom(theirs)}'s now: {theirs.by.name} moved it after "
        f"you gave it to {to_whom(mine)}. Reason: {theirs.text}"
    )
