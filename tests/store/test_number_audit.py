"""The ledger is compared with the reports: whose number it does not know is found, and so told."""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.store.conftest import DeskOf, Store
from tests.store.test_numbers import SERIES, crime, lease
from workstation.domain.claiming import ClaimReport
from workstation.domain.merging import MergeCrimes
from workstation.domain.report import Crime, ReportId
from workstation.store import number_audit, schema
from workstation.store.founding import change_pack
from workstation.store.number_audit import PUT_BACK, TWICE
from workstation.store.verify import verify

LEDGER = schema.number_ledger
HARMS: dict[str, tuple[dict[str, Any], str]] = {
    "to be lent again": ({"state": "returned"}, "the ledger: returned {report} {crime}. "),
    "lent": ({"state": "allocated"}, "the ledger: allocated {report} {crime}. "),
    "void": ({"state": "void", "reason": "x"}, "the ledger: void {report} {crime}. "),
    "an alias": ({"state": "alias", "reason": "x"}, "the ledger: alias {report} {crime}. "),
    "another report's": ({"report": "r0"}, "the ledger: issued r0 {crime}. "),
    "another crime's": ({"crime": "c0"}, "the ledger: issued {report} c0. "),
    "nobody's": ({"report": "", "crime": ""}, "the ledger: issued. "),
    "another number": ({"number": "35/999/26"}, "not in the ledger. "),
    "of a desk nobody knows": ({"outbox_id": "x"}, "outbox x is unknown, and has 1 numbers "),
}


def recorded(store: Store, desk: DeskOf, report: ReportId, serial: int) -> Crime:
    """A crime on record under this serial."""
    assert desk.do(crime(desk, report, serial)).word == "accepted"
    return store.report(report).crimes[-1]


def harm(store: Store, serial: int, **values: Any) -> None:
    """What no code of ours does to a row of the ledger."""
    row = sa.and_(LEDGER.c.series == SERIES, LEDGER.c.serial == serial)
    with store.database.write() as connection:
        assert connection.execute(sa.update(LEDGER).where(row).values(**values)).rowcount == 1


def audited(store: Store) -> list[str]:
    """What the audit says; all of it is among what is wrong with the store."""
    with store.database.read() as connection:
        found = number_audit.audit(connection)
    assert verify(store.database) == found
    return found


@pytest.mark.invariant("I24")
@pytest.mark.parametrize("name", HARMS)
def test_a_row_that_does_not_say_what_the_report_says_is_found(store: Store, name: str) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    it = recorded(store, ann, report, 1)
    assert audited(store) == []
    values, said = HARMS[name]
    harm(store, 1, **values)
    found = audited(store)
    assert any(said.format(report=report, crime=it.id) in one for one in found), found
    assert all(one.endswith(PUT_BACK) for one in found)


@pytest.mark.invariant("I23", "I24")
def test_a_number_that_two_crimes_have_is_found_before_and_after_it_is_lent(
    store: Store,
) -> None:
    first, second = store.receive().report, store.receive().report
    ann, bob = store.desk("ann"), store.desk("bob")
    lease(ann, size=1)
    one = recorded(store, ann, first, 1)
    harm(store, 1, state="returned", report="", crime="", command_id="")
    words = f"number 35/1/26 is that of crime {one.id} of report {first}"
    assert audited(store) == [f"{words}; the ledger: returned. {PUT_BACK}"]
    lease(bob, size=1)
    other = recorded(store, bob, second, 1)
    twice, *_ = audited(store)
    assert twice.startswith("number 35/1/26 stands for crime ")
    assert all(f"crime {crime.id} of report " in twice for crime in (one, other))
    assert twice.endswith(TWICE)


@pytest.mark.invariant("I24")
def test_a_number_of_no_report_is_found(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    recorded(store, ann, report, 1)
    harm(store, 2, state="issued", report=report, crime="c2")
    assert audited(store) == [f"number 35/2/26 is issued, but no report has it. {PUT_BACK}"]


@pytest.mark.invariant("I24")
def test_the_incident_number_of_a_report_is_compared_too(store: Store) -> None:
    receipt = store.receive()
    with store.database.write() as connection:
        of_it = LEDGER.c.number == receipt.incident_number
        connection.execute(sa.update(LEDGER).where(of_it).values(report="r0"))
    words = f"number {receipt.incident_number} is that of report {receipt.report}"
    assert audited(store) == [f"{words}; the ledger: issued r0. {PUT_BACK}"]


@pytest.mark.invariant("I24")
def test_what_was_merged_and_merged_again_is_accounted_for(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    ann.do(ClaimReport(report=report))
    lease(ann)
    a, b, c = (recorded(store, ann, report, serial).id for serial in (1, 2, 3))
    for main, other in ((b, a), (c, b)):
        merge = MergeCrimes(report=report, main=main, other=other, reason="The same bicycle")
        assert ann.do(merge).word == "accepted"
    assert audited(store) == []
    harm(store, 1, crime=a)
    (found,) = audited(store)
    assert f"number 35/1/26 is that of crime {a} of report {report}; the ledger: alias" in found


@pytest.mark.invariant("I24")
def test_numbers_stay_what_they_were_when_the_force_writes_them_otherwise(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    lease(ann)
    recorded(store, ann, report, 1)
    was = store.api.pack(ann.token, store.api.hello().pack)
    assert b'"{force_code}/{serial}/{yy}"' in was
    change_pack(store.database, was.replace(b"{force_code}/{serial}/{yy}", b"C{serial}/{yy}"))
    assert audited(store) == []
