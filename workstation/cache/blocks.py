"""The blocks of numbers leased to this desk: asked for, active, closing, closed; on disk first.

A serial leaves a block once, for good; of a block that is closing none ever does. A block's id is
minted here before the store is asked, so that a lost reply strands nothing. An old copy of the
file that was put back believes in blocks which are over: none is issued from until it is sure.
"""

from collections.abc import Callable, Collection, Iterator

from workstation.cache.work import WorkFile
from workstation.domain.numbers import Block
from workstation.wire.protocol import LeaseBlock, OutboxId

_LIVE = "coalesce((SELECT state FROM lease WHERE lease.id = block.id), 'active') = 'active'"


class Blocks:
    """The block and lease tables of work.db.

    A block is sure once the store said, since the file was opened, that it is lent here; or where
    what is kept apart from the file says so, until the store is heard.
    """

    def __init__(self, file: WorkFile, new_id: Callable[[], str]) -> None:
        self._file = file
        self._new_id = new_id
        self._lent: set[str] = set()
        self._trusted: frozenset[str] = frozenset()
        self.is_resting = False  # nothing is leased: all was given back

    def trust(self, ids: Collection[str]) -> None:
        """These were lent here when the file was last written, as is known apart from it."""
        self._trusted = frozenset(ids)

    def let_go(self) -> None:
        """Nothing tells which of these numbers were spoken: none is issued, nor lent again.

        They stay lent to nobody until two people void them.
        """
        with self._file.transaction() as connection:
            connection.execute(f"DELETE FROM block WHERE {_LIVE}")
            connection.execute(
                "UPDATE lease SET state = 'closed' WHERE state IN ('active', 'asked')"
            )

    def doubt(self) -> None:
        """The store went back in time: what it knows of these is to be asked anew."""
        self._lent.clear()
        self._trusted = frozenset()

    def doubted(self, outbox: OutboxId) -> list[LeaseBlock]:
        """What to ask the store about once; a size of none lends nothing new."""
        rows = self._file.read(
            "SELECT block.id, coalesce(outbox_id, ?), block.series FROM block"
            f" LEFT JOIN lease USING (id) WHERE next <= hi AND {_LIVE} ORDER BY block.rowid",
            (outbox,),
        )
        return [
            LeaseBlock(OutboxId(outbox_id), series, 0, block=id)
            for id, outbox_id, series in rows
            if id not in self._lent
        ]

    def sure(self) -> dict[str, int]:
        """The next serial of each block that numbers may be issued from."""
        rows = self._file.read(f"SELECT id, next FROM block WHERE next <= hi AND {_LIVE}")
        return {id: int(following) for id, following in rows if self._is_sure(id)}

    def ask(self, outbox: OutboxId, series: str, size: int) -> None:
        """Mint a block to ask the store for; nothing where one of the series is asked for."""
        if any(one.series == series for one in self.asked()):
            return
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT INTO lease VALUES (?, ?, ?, ?, 'asked')",
                (self._new_id(), outbox, series, size),
            )

    def asked(self) -> list[LeaseBlock]:
        """What to ask the store for, again until it answers."""
        rows = self._file.read(
            "SELECT outbox_id, series, size, id FROM lease WHERE state = 'asked' ORDER BY rowid"
        )
        return [LeaseBlock(OutboxId(row[0]), row[1], row[2], block=row[3]) for row in rows]

    def closing(self) -> list[LeaseBlock]:
        """What to give back, again until the store confirms."""
        rows = self._file.read(
            "SELECT outbox_id, lease.series, lease.id, coalesce(next, 0) FROM lease"
            " LEFT JOIN block USING (id) WHERE state = 'closing' ORDER BY lease.rowid"
        )
        return [
            LeaseBlock(OutboxId(row[0]), row[1], returns=row[2], returned_from=row[3])
            for row in rows
        ]

    def add(self, block: Block) -> None:
        """The store lent this block, or says that it is lent here still.

        Only one that is still asked for, or held, may be used; from where the store knows of none.
        """
        self._lent.add(block.id)
        with self._file.transaction() as connection:
            asked = connection.execute(
                "UPDATE lease SET state = 'active' WHERE id = ? AND state = 'asked'", (block.id,)
            ).rowcount
            if asked:
                connection.execute(
                    "INSERT OR IGNORE INTO block VALUES (?, ?, ?, ?, ?)",
                    (block.id, block.series, block.lo, block.hi, block.next),
                )
            connection.execute(
                "UPDATE block SET next = max(next, ?) WHERE id = ?", (block.next, block.id)
            )

    def close(self, outbox: OutboxId, series: str) -> None:
        """Nothing of this series is issued here any more; what is unused goes back."""
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO lease SELECT id, ?, series, hi - lo + 1, 'active'"
                " FROM block WHERE series = ?",
                (outbox, series),
            )
            connection.execute(
                "UPDATE lease SET state = 'closing' WHERE series = ?"
                " AND state IN ('active', 'asked')",
                (series,),
            )

    def give_up(self, id: str) -> None:
        """The store will not lend a block of this id: should it have, it goes back."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE lease SET state = 'closing' WHERE id = ? AND state = 'asked'", (id,)
            )

    def closed(self, id: str) -> None:
        """The store has it back, lent it otherwise, or knows nothing of it: over for good."""
        with self._file.transaction() as connection:
            connection.execute("UPDATE lease SET state = 'closed' WHERE id = ?", (id,))
            connection.execute("DELETE FROM block WHERE id = ?", (id,))

    def series(self) -> list[str]:
        """The series of which anything is asked for or held."""
        rows = self._file.read(
            "SELECT series FROM block WHERE " + _LIVE + " UNION"
            " SELECT series FROM lease WHERE state IN ('active', 'asked') ORDER BY series"
        )
        return [row[0] for row in rows]

    def left(self, series: str) -> int:
        """How many serials of a series can be issued here now."""
        return sum(hi - following + 1 for _, following, hi in self._sure_of(series))

    def held(self, series: str) -> int:
        """How many serials of a series are here, those of blocks that are not sure among them."""
        return sum(hi - following + 1 for _, following, hi in self._rest_of(series))

    def take(self, series: str) -> int | None:
        """The lowest unused serial; call inside the transaction that writes the command."""
        first = next(self._sure_of(series), None)
        if first is None:
            return None
        id, serial, _ = first
        with self._file.transaction() as connection:
            connection.execute("UPDATE block SET next = next + 1 WHERE id = ?", (id,))
        return serial

    def _sure_of(self, series: str) -> Iterator[tuple[str, int, int]]:
        return (one for one in self._rest_of(series) if self._is_sure(one[0]))

    def _rest_of(self, series: str) -> list[tuple[str, int, int]]:
        """The blocks of a series that are not used up, the lowest first: id, next, last."""
        rows = self._file.read(
            f"SELECT id, next, hi FROM block WHERE series = ? AND next <= hi AND {_LIVE}"
            " ORDER BY next",
            (series,),
        )
        return [(id, int(following), int(hi)) for id, following, hi in rows]

    def _is_sure(self, id: str) -> bool:
        return id in self._lent or id in self._trusted
