"""Tampering and damage are found."""

import pytest
import sqlalchemy as sa

from tests.store.conftest import Store
from workstation.domain.claiming import ClaimReport
from workstation.store import schema
from workstation.store.verify import verify

JOURNAL, STATE, FEED = schema.journal, schema.state, schema.feed
DAMAGE = {
    "a changed word in the journal": sa.update(JOURNAL)
    .where(JOURNAL.c.position == 3)
    .values(body=b"{}"),
    "a journal line gone": sa.delete(JOURNAL).where(JOURNAL.c.position == 5),
    "a changed state": sa.update(STATE)
    .where(STATE.c.kind == "report")
    .values(body=sa.func.replace(STATE.c.body, "window", "mirror")),
    "a changed entry": sa.update(STATE)
    .where(STATE.c.kind == "entry")
    .values(body=sa.func.replace(STATE.c.body, "window", "mirror")),
    "a state gone": sa.delete(STATE).where(STATE.c.kind == "report"),
    "a hole in the feed": sa.delete(FEED).where(FEED.c.position == 2),
    "a serial gone": sa.delete(schema.number_ledger),
    "a serial series gone": sa.delete(schema.number_series),
    "a head too far": sa.update(schema.feed_head).values(position=99),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(store: Store, damage: str) -> None:
    report = store.receive("Somebody broke my window").report
    store.desk("ann").do(ClaimReport(report=report))
    assert verify(store.database) == []
    with store.database.write() as connection:
        assert connection.execute(DAMAGE[damage]).rowcount
    assert verify(store.database) != []


def test_damage_is_found_in_whichever_part_it_is_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workstation.store.verify.AT_ONCE", 2)
    reports = [store.receive(f"Somebody broke my window {n}").report for n in range(7)]
    assert verify(store.database) == []
    with store.database.write() as connection:
        for id in reports:
            connection.execute(sa.delete(JOURNAL).where(JOURNAL.c.report == id))
    found = verify(store.database)
    for id in reports:
        assert any(id in one for one in found)
