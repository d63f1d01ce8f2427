"""What is read of cache.db: a connection of its own, with pending reports laid over it.

Pending reports' effective rows stand in a temporary table of this connection, so that paging,
sorting and filtering see them.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from workstation.cache import columns, earlier, index
from workstation.cache.confirmed import (
    FREE,
    REPORT_COLUMNS,
    Standing,
    case_decoder,
    entry_decoder,
    kept_pack,
    report_decoder,
    standing,
)
from workstation.cache.watched import Watched
from workstation.domain.earlier_places import EarlierPlace
from workstation.domain.entry import Entry
from workstation.domain.pack import Pack, PackProblem
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import PersonId
from workstation.domain.searching import words_in
from workstation.domain.traces import Trace
from workstation.machine.sealed import open_connection
from workstation.wire.protocol import Case

State = TypeVar("State")
_reports_decoder = msgspec.json.Decoder(list[Report])
_SORTED = "id, calm, band, waits, due_at"
BY_DANGER = "calm, band, waits, due_at, id"
_BATCH = 400
MOST_FOUND = 200
COMMON = 3_000
_FOUND = """
SELECT DISTINCT report FROM contact WHERE kind = ? AND hash = ? ORDER BY report DESC LIMIT ?
"""


class Shelf:
    """A reader of cache.db: one for the window's thread, one for what reads through it all.

    What a statement finds comes as one row wherever it may be many: the thread that fills the
    cache takes its turn after each row, and the window would wait for it as often.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._connection = Watched(open_connection(path, key, synchronous="NORMAL", timeout_s=5.0))
        self._connection.execute(f"CREATE TEMP TABLE pending ({REPORT_COLUMNS})")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @property
    def is_sound(self) -> bool:
        """Whether everything could be read so far."""
        return self._connection.is_sound

    def standing(self) -> Standing:
        """How far the cache has been filled."""
        return standing(self._connection)

    def changes(self) -> int:
        """A number that is another one as soon as the fill thread has changed anything."""
        return int(self._connection.execute("PRAGMA data_version")[0][0])

    def pack(self) -> Pack | None:
        """The force pack in force, if the store ever said."""
        try:
            return kept_pack(self._connection)
        except PackProblem as wrong:
            raise self._connection.damaged(wrong) from wrong

    def report(self, id: ReportId) -> Report | None:
        """A report as the store last said."""
        row = self._connection.execute("SELECT body FROM report WHERE id = ?", (id,)).fetchone()
        return None if row is None else self._read(report_decoder, row[0])

    def reports(self, ids: Sequence[ReportId]) -> dict[ReportId, Report]:
        """These reports as the store last said, those that are here."""
        found: dict[ReportId, Report] = {}
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            marks = ", ".join("?" * len(part))
            rows = self._connection.execute(
                "SELECT CAST('[' || coalesce(group_concat(CAST(body AS TEXT)), '') || ']'"
                f" AS BLOB) FROM report WHERE id IN ({marks})",
                tuple(part),
            )
            reports = self._read(_reports_decoder, rows[0][0])
            found |= {report.id: report for report in reports}
        return found

    def entries(self, report: ReportId) -> list[tuple[int, Entry]]:
        """The story of a report in the store's order, each line with its position."""
        rows = self._connection.execute(
            "SELECT position, body FROM entry WHERE report = ? ORDER BY position, id", (report,)
        )
        return [(int(position), self._read(entry_decoder, body)) for position, body in rows]

    def newest_positions(self, reports: Sequence[ReportId]) -> dict[ReportId, int]:
        """Where the newest line of each report's story stands in the feed; 0 without any."""
        rows = self._connection.execute(
            "SELECT coalesce(json_group_array((SELECT coalesce(max(position), 0) FROM entry"
            " WHERE report = value)), '[]') FROM json_each(?)",
            (msgspec.json.encode(reports).decode(),),
        )
        places = msgspec.json.decode(rows[0][0], type=list[int])
        return dict(zip(reports, places, strict=True))

    def has_entry(self, id: str) -> bool:
        """Whether the store has told this line."""
        found = self._connection.execute("SELECT 1 FROM entry WHERE id = ?", (id,)).fetchone()
        return found is not None

    def cases(self) -> list[Case]:
        """Every refused command the store told of."""
        rows = self._connection.execute("SELECT body FROM cases ORDER BY id")
        return [self._read(case_decoder, row[0]) for row in rows]

    def lay_over(self, rows: Iterable[columns.Columns]) -> None:
        """Replace the pending rows."""
        marks = ", ".join("?" * len(columns.NAMES))
        self._connection.execute("BEGIN")
        self._connection.execute("DELETE FROM pending")
        self._connection.executemany(f"INSERT OR REPLACE INTO pending VALUES ({marks})", rows)
        self._connection.execute("COMMIT")

    def lay_some(self, rows: Iterable[columns.Columns]) -> None:
        """Replace these pending rows."""
        marks = ", ".join("?" * len(columns.NAMES))
        self._connection.executemany(f"INSERT OR REPLACE INTO pending VALUES ({marks})", rows)

    def held_by(self, person: PersonId) -> list[ReportId]:
        """The open reports of a person, in the queue's order."""
        return self._few("report_held", "holder > '' AND holder = ? AND open = 1", (person,))

    def offered_to(self, person: PersonId) -> list[ReportId]:
        """The open reports whose offer waits for a person, in the queue's order."""
        where = "offered <> '' AND offered = ? AND open = 1"
        return self._few("report_offered", where, (person,))

    def unopened(self, before: float) -> list[ReportId]:
        """Emergencies graded before this and that no dispatcher has opened."""
        where = "open = 1 AND sends = 1 AND band = 1 AND opened = 0 AND graded_at < ?"
        return self._few("report_unopened", where, (before,))

    def free(self, most: int) -> list[ReportId]:
        """The first of the queue that somebody graded, that may wait and that nobody holds."""
        return self._few("report_free", FREE, (), most)

    def _few(
        self, index: str, where: str, values: Sequence[object], most: int = -1
    ) -> list[ReportId]:
        """What an index alone knows: however many reports there are, few are looked at."""
        rows = self._connection.execute(
            "SELECT json_group_array(id) FROM ("
            f"SELECT {_SORTED} FROM report INDEXED BY {index}"
            f" WHERE ({where}) AND id NOT IN (SELECT id FROM pending)"
            f" UNION ALL SELECT {_SORTED} FROM pending WHERE ({where})"
            f" ORDER BY {BY_DANGER} LIMIT ?)",
            (*values, *values, most),
        )
        return msgspec.json.decode(rows[0][0], type=list[ReportId])

    def ids(self, where: str, values: Sequence[object], order: str = BY_DANGER) -> list[ReportId]:
        """The ids of what matches, in the queue's order: danger, band, time left; or in another.

        Reads through all reports, as `count` does: never on the window's thread.
        """
        rows = self._connection.execute(
            "SELECT json_group_array(id) FROM ("
            f"SELECT {_SORTED} FROM report WHERE ({where}) AND id NOT IN (SELECT id FROM pending)"
            f" UNION ALL SELECT {_SORTED} FROM pending WHERE ({where})"
            f" ORDER BY {order})",
            (*values, *values),
        )
        return msgspec.json.decode(rows[0][0], type=list[ReportId])

    def count(self, what: str, where: str, values: Sequence[object]) -> list[tuple[object, int]]:
        """How many match, by the value of `what`."""
        rows = self._connection.execute(
            f"SELECT k, count(*) FROM (SELECT {what} AS k FROM report WHERE ({where})"
            " AND id NOT IN (SELECT id FROM pending)"
            f" UNION ALL SELECT {what} AS k FROM pending WHERE ({where})) GROUP BY k",
            (*values, *values),
        )
        return [(row[0], int(row[1])) for row in rows]

    def found_by(self, traces: Iterable[Trace], most: int = MOST_FOUND) -> list[ReportId]:
        """The newest reports that have any of these traces; an id begins with its time."""
        ids: set[ReportId] = set()
        for trace in traces:
            rows = self._connection.execute(_FOUND, (trace[0], index.hashed(trace), most))
            ids |= {ReportId(row[0]) for row in rows}
        return sorted(ids, reverse=True)[:most]

    def with_words(self, words: Sequence[str], most: int = MOST_FOUND) -> list[ReportId]:
        """The newest reports with every word: by its beginning, or in a name by its sound.

        A word that very many have is looked for only in those that have the others.
        """
        found = self._ids(index.in_one(words, most))
        if len(found) < most:
            sets = {word: self._ids(index.with_word(word, COMMON)) for word in words}
            seldom = [ids for ids in sets.values() if len(ids) < COMMON]
            often = [word for word, ids in sets.items() if len(ids) >= COMMON]
            both = sorted(set.intersection(*seldom), reverse=True) if seldom else []
            found |= {id for id in both[:MOST_FOUND] if self._says(id, often)}
        return sorted(found, reverse=True)[:most]

    def _ids(self, asked: Iterable[tuple[str, tuple[object, ...]]]) -> set[ReportId]:
        return {
            ReportId(row[0])
            for statement, values in asked
            for row in self._connection.execute(statement, values)
        }

    def _says(self, id: ReportId, words: Sequence[str]) -> bool:
        """Whether a report has these words, in its header or its story."""
        if not words:
            return True
        report = self.report(id)
        texts = [entry.text for _, entry in self.entries(id)]
        texts += columns.header_words(report) if report is not None else []
        said = words_in("\n".join(texts))
        return all(any(one.startswith(word) for one in said) for word in words)

    def earlier_places(self, text: str) -> list[EarlierPlace]:
        """Places that reports here name and that begin as typed, or have a word that does."""
        return earlier.find(self._connection, text)

    def _read(self, decoder: msgspec.json.Decoder[State], body: bytes) -> State:
        """A state as it was kept; bytes that make no sense are damage."""
        try:
            return decoder.decode(body)
        except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            raise self._connection.damaged(wrong) from wrong
