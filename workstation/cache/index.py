"""By what reports are found in cache.db: hashes of who, where and which number, and words.

Written in the transaction of the report or the line itself, so that what a person may no longer
see is found no more. Hashes stand in place of values: who reads this table alone learns no number.
"""

import hashlib
from collections.abc import Iterable, Sequence

from workstation.cache.columns import header_words
from workstation.domain.entry import Entry
from workstation.domain.report import Report
from workstation.domain.sounding import sound_of
from workstation.domain.traces import SOUND, Trace, facts_of, references, said, sounds
from workstation.machine.sealed import Connection

TABLES = """
CREATE TABLE IF NOT EXISTS contact (
  kind TEXT NOT NULL, hash BLOB NOT NULL, report TEXT NOT NULL, line TEXT NOT NULL,
  PRIMARY KEY (kind, hash, report, line)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contact_report ON contact (report, line);
CREATE VIRTUAL TABLE IF NOT EXISTS said USING fts5(
  text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
"""
_PUT = "INSERT OR IGNORE INTO contact VALUES (?, ?, ?, ?)"
_PUT_WORDS = """
INSERT OR REPLACE INTO said (rowid, text) SELECT -rowid, ?2 FROM report WHERE id = ?1
"""
_FORGET_WORDS = "DELETE FROM said WHERE rowid = (SELECT -rowid FROM report WHERE id = ?)"
_IN_A_LINE = """
SELECT report FROM entry WHERE rowid IN (
 SELECT rowid FROM said WHERE said MATCH ? AND rowid > 0 ORDER BY rowid DESC LIMIT ?)
"""
_IN_A_HEADER = """
SELECT id FROM report WHERE rowid IN (
 SELECT -rowid FROM said WHERE said MATCH ? AND rowid < 0 ORDER BY rowid LIMIT ?)
"""
_SOUNDS = """
SELECT report FROM contact WHERE kind = 'sound' AND hash = ? ORDER BY report DESC LIMIT ?
"""
_PENDING = "SELECT id FROM pending WHERE instr(words, ?) > 0 LIMIT ?"
_ENTRY = """
INSERT INTO entry VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
 report = excluded.report, position = excluded.position, body = excluded.body,
 version = excluded.version RETURNING rowid
"""


def hashed(trace: Trace) -> bytes:
    """What stands for a value."""
    return hashlib.blake2b(f"{trace[0]}:{trace[1]}".encode(), digest_size=12).digest()


def in_one(words: Sequence[str], most: int) -> list[tuple[str, tuple[object, ...]]]:
    """The newest reports that have every word in one line of their story, or in their header.

    However many have them, few are looked at: rows stand in the order in which they came.
    """
    match = " AND ".join(f'"{word}"*' for word in words)
    return [(statement, (match, most)) for statement in (_IN_A_LINE, _IN_A_HEADER)]


def with_word(word: str, most: int) -> list[tuple[str, tuple[object, ...]]]:
    """The newest reports that have one word anywhere, or a name that sounds like it."""
    sound = hashed((SOUND, sound_of(word)))
    return [*in_one([word], most), (_SOUNDS, (sound, most)), (_PENDING, (word, most))]


def put(connection: Connection, reports: Iterable[Report]) -> None:
    """What these headers are found by now, instead of what they were."""
    reports = list(reports)
    connection.executemany(
        "DELETE FROM contact WHERE report = ? AND line = ''", [(one.id,) for one in reports]
    )
    connection.executemany(
        _PUT,
        [
            (trace[0], hashed(trace), one.id, "")
            for one in reports
            for trace in (*facts_of(one), *references(one), *sounds(one))
        ],
    )
    connection.executemany(_PUT_WORDS, [(one.id, "\n".join(header_words(one))) for one in reports])


def put_line(
    connection: Connection, entry: Entry, position: int, body: bytes, version: int
) -> None:
    """A line of a story, its words, and the numbers and plates they mention."""
    row = (entry.id, entry.report, position, body, version)
    rowid = connection.execute(_ENTRY, row).fetchone()[0]
    connection.execute(
        "INSERT OR REPLACE INTO said (rowid, text) VALUES (?, ?)", (rowid, entry.text)
    )
    found = [(trace[0], hashed(trace), entry.report, entry.id) for trace in said(entry.text)]
    if found:
        connection.executemany(_PUT, found)


def forget_line(connection: Connection, id: str) -> None:
    """A line is gone."""
    connection.execute(
        "DELETE FROM said WHERE rowid = (SELECT rowid FROM entry WHERE id = ?)", (id,)
    )
    connection.execute(
        "DELETE FROM contact WHERE line = ?1 AND report ="
        " (SELECT report FROM entry WHERE id = ?1)",
        (id,),
    )
    connection.execute("DELETE FROM entry WHERE id = ?", (id,))


def forget(connection: Connection, report: str) -> None:
    """A report is gone, with all that was said of it."""
    connection.execute(_FORGET_WORDS, (report,))
    connection.execute(
        "DELETE FROM said WHERE rowid IN (SELECT rowid FROM entry WHERE report = ?)", (report,)
    )
    connection.execute("DELETE FROM report WHERE id = ?", (report,))
    for table in ("contact", "entry"):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (report,))


def forget_all(connection: Connection) -> None:
    """Nothing is found any more."""
    connection.execute("INSERT INTO said (said) VALUES ('delete-all')")
    connection.execute("DELETE FROM contact")
