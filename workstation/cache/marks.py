"""How far a desk had got, small enough for the keyring: a file older than that was put back.

SQLCipher opens an old copy of work.db without complaint; only what is kept elsewhere can tell.
"""

from msgspec import Struct

from workstation.cache.outbox import Outbox, turn_of
from workstation.cache.work import WorkFile

SERIES = 8


class Mark(Struct, frozen=True):
    """The file's turn (how often it began anew) and next number by lane; that of each series."""

    lanes: dict[str, tuple[int, int]] = {}
    serials: dict[str, int] = {}


def mark_of(file: WorkFile) -> Mark:
    """How far this file has got."""
    lanes = file.read("SELECT lane, next_seq FROM lane")
    serials = file.read(
        "SELECT series, max(next) FROM block GROUP BY series ORDER BY series DESC LIMIT ?",
        (SERIES,),
    )
    return Mark({lane: (turn_of(file), int(seq)) for lane, seq in lanes}, dict(serials))


def is_behind(file: WorkFile, mark: Mark) -> bool:
    """Whether the file is an older one than the mark tells of."""
    mine = mark_of(file)
    if any(mine.lanes.get(lane, (0, 0)) < at for lane, at in mark.lanes.items()):
        return True
    is_same_turn = mine.lanes.get("main", (0,))[0] == mark.lanes.get("main", (0,))[0]
    return is_same_turn and any(
        series in mine.serials and mine.serials[series] < at for series, at in mark.serials.items()
    )


def overtake(outbox: Outbox, mark: Mark) -> None:
    """Go on under new outboxes, past everything the mark tells of; blocks are not used again."""
    outbox.begin_anew(past=max((turn for turn, _ in mark.lanes.values()), default=0))
