"""How far a desk had got, small enough for the keyring: a file older than that was put back.

SQLCipher opens an old copy of work.db without complaint; only what is kept elsewhere can tell.
"""

from msgspec import Struct

from workstation.cache.blocks import Blocks
from workstation.cache.outbox import Outbox, turn_of
from workstation.cache.work import WorkFile

BLOCKS = 16  # a keyring takes little more than a thousand characters


class Mark(Struct, frozen=True):
    """The file's turn (how often it began anew) and next number by lane; that of sure blocks.

    A block that is not named was given back, or its desk cannot tell: numbers wait for the store.
    """

    lanes: dict[str, tuple[int, int]] = {}
    blocks: dict[str, int] = {}


def mark_of(file: WorkFile, blocks: Blocks) -> Mark:
    """How far this file has got."""
    newest = sorted(blocks.sure().items(), reverse=True)[:BLOCKS]
    return Mark(_lanes(file), dict(newest))


def is_behind(file: WorkFile, mark: Mark) -> bool:
    """Whether the file is an older one than the mark tells of."""
    mine = _lanes(file)
    return any(mine.get(lane, (0, 0)) < at for lane, at in mark.lanes.items())


def _lanes(file: WorkFile) -> dict[str, tuple[int, int]]:
    lanes = file.read("SELECT lane, next_seq FROM lane")
    return {lane: (turn_of(file), int(seq)) for lane, seq in lanes}


def overtake(outbox: Outbox, mark: Mark) -> None:
    """Go on under new outboxes, past everything the mark tells of; blocks are not used again."""
    outbox.begin_anew(past=max((turn for turn, _ in mark.lanes.values()), default=0))
