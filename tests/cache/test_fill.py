"""The first fill: a page of it and the place after it are taken together, or neither is."""

from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from tests.cache.test_earlier import KEY, NOW
from tests.cache.test_gone import BODIES, ID, REPORT, over_the_wire
from tests.world import cambridgeshire
from workstation.cache.confirmed import Confirmed, Standing
from workstation.domain.packing import pack_hash
from workstation.wire.protocol import Change, Scan


@pytest.mark.invariant("I11")
@pytest.mark.parametrize("after", ["further", ""])
def test_a_first_fill_that_cannot_be_read_stands_where_it_stood(
    tmp_path: Path, after: str
) -> None:
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    before = cache.standing()
    good = Change("report", ID, 1, 1, Raw(msgspec.json.encode(REPORT)))
    harmed = Change("report", "r1", 1, 2, Raw(b'{"id":7}'))
    with pytest.raises(msgspec.MsgspecError):
        cache.scanned(Scan((good, harmed), after, NOW))
    assert cache.standing() == before
    assert cache.connection.execute("SELECT count(*) FROM report").fetchone() == (0,)
    cache.scanned(Scan((good,), after, NOW))
    assert (cache.standing().after, cache.standing().scanning) == (after, after != "")
    cache.close()


@pytest.mark.invariant("I12", "I15")
@pytest.mark.parametrize("kind", BODIES)
def test_beginning_again_leaves_nothing_of_what_was_said_before(tmp_path: Path, kind: str) -> None:
    table, id, body = BODIES[kind]
    cache = Confirmed(tmp_path / "cache.db", KEY)
    cache.use_pack(pack_hash(cambridgeshire()), cambridgeshire())
    cache.changed(over_the_wire(kind, id, body), NOW)
    cache.begin(Standing("another", "epoch", pack=cache.standing().pack))
    assert cache.connection.execute(f"SELECT id FROM {table}").fetchall() == []
    cache.close()
