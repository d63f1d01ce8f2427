"""What a person keeps here besides commands and drafts: what they looked at, number blocks."""

from datetime import datetime

from msgspec import Struct

from workstation.cache.work import WorkFile
from workstation.domain.report import ReportId


class Look(Struct, frozen=True):
    """How far this person has read a report."""

    version: int
    position: int


class Jottings:
    """The looked-at marks and settled cases of work.db."""

    def __init__(self, file: WorkFile) -> None:
        self._file = file

    def looks(self) -> dict[ReportId, Look]:
        """How far every report was read."""
        rows = self._file.read("SELECT report, version, position FROM looked")
        return {ReportId(row[0]): Look(row[1], row[2]) for row in rows}

    def looked(self, report: ReportId, look: Look) -> None:
        """The person has this report on screen up to here."""
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO looked VALUES (?, ?, ?)",
                (report, look.version, look.position),
            )

    def settle(self, case_id: str, words: str, now: datetime) -> None:
        """A person dealt with a case."""
        with self._file.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO settled VALUES (?, ?, ?)",
                (case_id, words, now.timestamp()),
            )

    def settled(self) -> dict[str, str]:
        """The cases this person dealt with, and their words."""
        return dict(self._file.read("SELECT case_id, words FROM settled"))
