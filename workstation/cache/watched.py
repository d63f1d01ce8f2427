"""A connection to cache.db that tells damage met while reading as such, and remembers it.

A file in which damage was met is set aside when it is closed, and filled again.
"""

from collections.abc import Sequence

import sqlcipher3.dbapi2 as sqlcipher

from workstation.cache.confirmed import CacheDamaged
from workstation.cache.soundness import is_damage
from workstation.machine.sealed import Connection, Rows, all_rows


class Watched:
    """The reading connection of cache.db."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.is_sound = True

    def execute(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """Read all a statement gives; CacheDamaged where the file cannot be read."""
        try:
            return all_rows(self._connection, statement, values)
        except (sqlcipher.DatabaseError, MemoryError) as wrong:
            if not is_damage(wrong):
                raise
            raise self.damaged(wrong) from wrong

    def damaged(self, wrong: Exception) -> CacheDamaged:
        """Remember it; what to raise."""
        self.is_sound = False
        return CacheDamaged(wrong)

    def executemany(self, statement: str, values: object) -> None:
        """Write to the temporary tables."""
        self._connection.executemany(statement, values)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
