"""What reports are found by in cache.db goes with what a person may no longer see."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from tests.world import cambridgeshire
from workstation.cache.confirmed import Confirmed
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.packing import pack_hash
from workstation.domain.report import Channel, Facts, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.wire.protocol import Change, Changes, FeedKind

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
REPORT = Report(
    id=ReportId("r1"),
    channel=Channel.ONLINE,
    received_at=NOW,
    facts=Facts(title="Bicycle", phone="07700 900123"),
)
ENTRY = Entry(
    "e1", REPORT.id, EntryKind.ACCOUNT, NOW, Author(PersonId("web"), "Web"), "", "Unicorn KN51 ABC"
)


def told(cache: Confirmed, kind: FeedKind, id: str, body: bytes) -> None:
    change = Change(kind, id, 1, 1, Raw(body))
    cache.changed(Changes((change,), "c", 1, False, NOW), NOW)


def found(cache: Confirmed) -> list[int]:
    """How much there is to find anything by: hashes, and words of a header and of a story."""
    counts = ["SELECT count(*) FROM contact"]
    counts += [f"SELECT count(*) FROM said WHERE said MATCH '{w}'" for w in ("bicycle", "unicorn")]
    return [int(cache.connection.execute(one).fetchone()[0]) for one in counts]


@pytest.mark.invariant("I15")
def test_nothing_of_a_report_that_is_gone_is_left_to_find_it_by(tmp_path: Path) -> None:
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    for _ in range(2):  # a page may come twice
        told(cache, "report", "r1", msgspec.json.encode(REPORT))
        told(cache, "entry", "e1", msgspec.json.encode(ENTRY))
    assert found(cache) == [2, 1, 1]
    told(cache, "report", "r1", b"null")
    assert found(cache) == [0, 0, 0]
    cache.close()


@pytest.mark.invariant("I15")
def test_nothing_of_a_line_that_is_gone_is_left_to_find_it_by(tmp_path: Path) -> None:
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    told(cache, "report", "r1", msgspec.json.encode(REPORT))
    told(cache, "entry", "e1", msgspec.json.encode(ENTRY))
    told(cache, "entry", "e1", b"null")
    assert found(cache) == [1, 1, 0]
    cache.close()
