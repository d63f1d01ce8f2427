"""The blocks of numbers leased to this desk: asked for, active, closing, closed; on disk first.

A serial leaves a block once, for good; of a block that is closing none ever does. A block's id is
minted here before the store is asked, so that a lost reply strands nothing.
"""

from collections.abc import Callable

from workstation.cache.work import WorkFile
from workstation.domain.numbers import Block
from workstation.wire.protocol import LeaseBlock, OutboxId

_LIVE = "coalesce((SELECT state FROM lease WHERE lease.id = block.id), 'active') = 'active'"


class Blocks:
    """The block and lease tables of work.db."""

    def __init__(self, file: WorkFile, new_id: Callable[[], str]) -> None:
        self._file = file
        self._new_id = new_id
        self.is_resting = False  # nothing is leased: all was given back

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
        """Keep a leased block; only one that is still asked for may be used."""
        with self._file.transaction() as connection:
            asked = connection.execute(
                "UPDATE lease SET state = 'active' WHERE id = ? AND state = 'asked'", (block.id,)
            ).rowcount
            if asked:
                connection.execute(
                    "INSERT OR IGNORE INTO block VALUES (?, ?, ?, ?, ?)",
                    (block.id, block.series, block.lo, block.hi, block.next),
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
        """The store has it back, or knows nothing of it."""
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
        """How many serials of a series can still be issued here."""
        rows = self._file.read(
            f"SELECT coalesce(sum(hi - next + 1), 0) FROM block WHERE series = ? AND {_LIVE}",
            (series,),
        )
        return sum(int(row[0]) for row in rows)

    def take(self, series: str) -> int | None:
        """The lowest unused serial; call inside the transaction that writes the command."""
        row = self._file.read(
            f"SELECT id, next FROM block WHERE series = ? AND next <= hi AND {_LIVE}"
            " ORDER BY next LIMIT 1",
            (series,),
        ).fetchone()
        if row is None:
            return None
        with self._file.transaction() as connection:
            connection.execute("UPDATE block SET next = next + 1 WHERE id = ?", (row[0],))
        return int(row[1])
