"""The places of confirmed reports in cache.db, so that a street can be typed ahead offline.

One row for each report that names one, written in the transaction of the report itself: what a
person may no longer see is gone from here as well.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from workstation.domain.earlier_places import EarlierPlace, street_key, to_keep, typed_keys
from workstation.domain.report import Location, Report
from workstation.machine.sealed import Connection

TABLES = """
CREATE TABLE IF NOT EXISTS place (
  report TEXT PRIMARY KEY, key TEXT NOT NULL, at REAL NOT NULL, placed INTEGER NOT NULL,
  location BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS place_key ON place (key, at, placed);
"""
_FIND = """
SELECT key, count(*), max(at) FROM place WHERE instr(key, ?1) > 0 GROUP BY key
 ORDER BY instr(key, ?1) <> 1, count(*) DESC, max(at) DESC LIMIT ?2
"""
_BEST = "SELECT location FROM place WHERE key = ? ORDER BY placed DESC, at DESC LIMIT 1"
_location = msgspec.json.Decoder(Location)


def put(connection: Connection, reports: Iterable[Report]) -> None:
    """The places of these reports as they are now, instead of what they were."""
    reports = list(reports)
    connection.executemany("DELETE FROM place WHERE report = ?", [(r.id,) for r in reports])
    rows = [
        (r.id, f" {street_key(kept.text)}", r.received_at.timestamp(), _known(kept),
         msgspec.json.encode(kept))
        for r in reports if (kept := to_keep(r.location)) is not None
    ]  # fmt: skip
    connection.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?)", rows)


def find(connection: Connection, text: str, limit: int = 8) -> list[EarlierPlace]:
    """Earlier places of which a word begins as typed: beginning so, most used, newest first."""
    found: dict[str, EarlierPlace] = {}
    for key in typed_keys(text):
        for name, uses, last in connection.execute(_FIND, (f" {key}", limit)).fetchall():
            if name not in found:
                body = connection.execute(_BEST, (name,)).fetchone()[0]
                found[name] = _place(_location.decode(body), int(uses), float(last))
    return list(found.values())


def _known(location: Location) -> int:
    """How much of where it lies the report said."""
    return bool(location.district or location.area) + (location.lat is not None)


def _place(location: Location, uses: int, last: float) -> EarlierPlace:
    return EarlierPlace(location.text, location, uses, datetime.fromtimestamp(last, UTC))
