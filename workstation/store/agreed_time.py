"""The time of a serving process, kept by its database's clock: hosts that disagree serve alike."""

from datetime import UTC, datetime

from workstation.machine.clock import OffsetClock
from workstation.store import posts
from workstation.store.database import Database


class AgreedTime(OffsetClock):
    """A clock that goes by the database's whenever it agrees with it anew."""

    def agree(self, database: Database) -> None:
        """From now on, what the database says it is."""
        with database.read() as connection:
            self.correct(datetime.fromtimestamp(posts.now(connection), UTC))
