"""A contact from the public is on record exactly once, whatever happens on the way."""

import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from tests.store.conftest import KEY, Store
from workstation.store import schema
from workstation.store.database import Database


@pytest.mark.invariant("I3")
def test_the_same_contact_again_gets_the_same_receipt(store: Store) -> None:
    first = store.receive("My bicycle", "7")
    position = store.api.head()
    assert store.receive("My bicycle", "7") == first
    assert store.api.head() == position


@pytest.mark.expects_log("again with other words")
def test_other_words_under_the_same_id_are_on_record_beside_the_first(store: Store) -> None:
    first, other = store.receive("My bicycle", "7"), store.receive("My car", "7")
    assert other.report != first.report
    assert other.receipt_code != first.receipt_code
    story = store.api.journal(store.token("ann"), other.report).lines
    assert first.incident_number.encode() in bytes(story[-1].event)
    assert store.receive("My car", "7") == other
    assert store.receive("My bicycle", "7") == first


@pytest.mark.invariant("I3")
def test_the_same_contact_from_many_lines_at_once_is_one_report(store: Store) -> None:
    reports: set[str] = set()
    threads = [
        threading.Thread(target=lambda: reports.add(store.receive("My bicycle", "7").report))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 1


@pytest.mark.invariant("I3")
def test_sent_again_to_a_store_that_forgot_it_a_contact_has_its_old_id_and_code(
    store: Store,
) -> None:
    first, other = store.receive("My bicycle", "7"), store.receive("My bicycle", "8")
    assert (first.report, first.receipt_code) != (other.report, other.receipt_code)
    with store.database.write() as connection:
        for table in (schema.intake, schema.state, schema.journal):
            connection.execute(sa.delete(table).where(table.c.report == first.report))
        connection.execute(sa.delete(schema.outcome))
    again = store.receive("My bicycle", "7")
    assert (again.report, again.receipt_code) == (first.report, first.receipt_code)
    assert UUID(again.report).version == 8


def test_ids_of_contacts_sort_by_when_they_were_received(store: Store) -> None:
    reports = []
    for _ in range(20):
        reports.append(store.receive().report)
        store.clock.pass_by(timedelta(milliseconds=1))
    assert reports == sorted(reports)


def test_the_same_contact_at_another_store_has_another_id_and_code(
    store: Store, tmp_path: Path
) -> None:
    opened = Database.sqlite(tmp_path / "other.db", KEY)
    other = Store(opened).receive("My bicycle", "7")
    opened.close()
    mine = store.receive("My bicycle", "7")
    assert mine.report != other.report
    assert mine.receipt_code != other.receipt_code
