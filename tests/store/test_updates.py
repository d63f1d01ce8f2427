"""Updates that quote a reference attach to it only where identity matches, on both engines."""

import msgspec
import pytest

from tests.store.conftest import Store
from workstation.domain.entry import Entry
from workstation.domain.report import Facts, ReportId
from workstation.store import feed
from workstation.store.verify import verify
from workstation.wire.protocol import Receipt

HERS = Facts(title="He hit me", reporter="Karen Whitfield", phone="07700 900412")


def told(store: Store, report: ReportId) -> list[str]:
    """The titles of a report's story."""
    changes = store.api.changes(store.token("sue")).changes
    entries = [msgspec.json.decode(c.body, type=Entry) for c in changes if c.kind == "entry"]
    return [one.title for one in entries if one.report == report]


def first(store: Store) -> Receipt:
    return store.receive("He hit me.", "first", HERS)


def test_who_reported_it_is_known_by_telephone_and_the_first_gets_a_line(store: Store) -> None:
    known = first(store)
    facts = Facts(phone="+44 7700 900412")
    words = f"He is back. My code is {known.receipt_code}."
    update = store.receive(words, "second", facts)
    quotes = store.report(update.report).quotes
    assert quotes is not None
    assert (quotes.report, quotes.by) == (known.report, ("telephone",))
    assert f"Update: {update.incident_number}, by the same telephone" in told(store, known.report)
    assert verify(store.database) == []


@pytest.mark.parametrize(
    "facts", [Facts(), Facts(phone="07700 900999"), Facts(reporter="Karen Whitfield")]
)
def test_somebody_elses_reference_attaches_nothing_and_waits_for_nothing(
    store: Store, facts: Facts
) -> None:
    known = first(store)
    words = f"He is back, she told me to quote {known.incident_number}. Her number is 07700 900412"
    update = store.receive(words, "second", facts)
    report = store.report(update.report)
    assert report.quotes is not None
    assert (report.quotes.reference, report.quotes.report) == (known.incident_number, None)
    assert report.risk_is_unassessed
    assert len(told(store, known.report)) == 1
    assert verify(store.database) == []


def test_a_reference_that_nobody_has_is_no_update(store: Store) -> None:
    first(store)
    other = store.receive("About CAM-ZZZZ-9999, he is back.", "second", HERS)
    assert store.report(other.report).quotes is None


def test_a_report_out_of_sight_is_never_told_of(store: Store) -> None:
    known = first(store)
    with store.database.write() as connection:
        feed.rescope(connection, known.report, "restricted:1", "moved")
    words = f"My code is {known.receipt_code}."
    update = store.receive(words, "second", HERS)
    quotes = store.report(update.report).quotes
    assert quotes is not None
    assert quotes.report is None


def test_sent_again_it_gets_the_same_receipt(store: Store) -> None:
    known = first(store)
    words = f"My code is {known.receipt_code}."
    update = store.receive(words, "second", HERS)
    assert store.receive(words, "second", HERS) == update
    assert sum("Update" in title for title in told(store, known.report)) == 1
