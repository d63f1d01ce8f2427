"""What left a person's scopes leaves the cache: a null body takes the thing away."""

from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from tests.cache.test_earlier import KEY, NOW
from tests.world import cambridgeshire
from workstation.cache.confirmed import Confirmed
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.packing import pack_hash
from workstation.domain.report import Channel, Report, ReportId
from workstation.domain.roles import Author, PersonId
from workstation.wire.protocol import Changes

ID = ReportId("r0")
REPORT = Report(id=ID, channel=Channel.ONLINE, received_at=NOW)
ENTRY = Entry(
    id="e0",
    report=ID,
    kind=EntryKind.NOTE,
    at=NOW,
    by=Author(PersonId("ann"), "Ann"),
    title="Note",
)
BODIES = {
    "report": ("report", ID, msgspec.json.encode(REPORT)),
    "entry": ("entry", "e0", msgspec.json.encode(ENTRY)),
    "case": ("cases", "c0", b"{}"),
}


@pytest.mark.invariant("I15")
@pytest.mark.parametrize("kind", BODIES)
def test_what_is_out_of_sight_is_taken_out_of_the_cache(tmp_path: Path, kind: str) -> None:
    table, id, body = BODIES[kind]
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    cache.changed(over_the_wire(kind, id, body), NOW)
    assert cache.connection.execute(f"SELECT id FROM {table}").fetchall() == [(id,)]
    cache.changed(over_the_wire(kind, id, b"null"), NOW)
    assert cache.connection.execute(f"SELECT id FROM {table}").fetchall() == []
    cache.close()


def over_the_wire(kind: str, id: str, body: bytes) -> Changes:
    """A page as the courier decodes it."""
    change = {"kind": kind, "id": id, "version": 1, "position": 1, "body": Raw(body)}
    page = {"changes": [change], "cursor": "c", "head": 1, "more": False, "server_time": NOW}
    return msgspec.json.decode(msgspec.json.encode(page), type=Changes)
