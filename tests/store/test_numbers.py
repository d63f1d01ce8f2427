"""Serials are lent once, issued once, and every one is accounted for."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.store.conftest import DeskOf, Store
from workstation.domain.crime import RecordCrime
from workstation.domain.intake import CreateReport
from workstation.domain.report import Channel, CrimeId, ReportId, Victim
from workstation.domain.settling import ReleaseHeld
from workstation.store import numbers
from workstation.store.problems import ApiProblem
from workstation.store.verify import verify
from workstation.wire.protocol import LeaseBlock, LeasedBlock

SERIES = "crime/2026"


def lease(desk: DeskOf, series: str = SERIES, size: int = 10) -> LeasedBlock:
    return desk.store.api.lease_block(desk.token, LeaseBlock(desk.outbox, series, size))


def crime(desk: DeskOf, report: ReportId, serial: int, offence: str = "") -> RecordCrime:
    pack = desk.store.api.pack(desk.token, desk.store.api.hello().pack)
    code = offence or pack.split(b'"offences":[{"code":"')[1].split(b'"')[0].decode()
    return RecordCrime(
        report=report,
        crime=CrimeId(desk.store.ids.new()),
        offence=code,
        victim=Victim("the Crown"),
        series=SERIES,
        serial=serial,
        number=f"35/{serial}/26",
    )


def totals(store: Store) -> dict[str, int]:
    with store.database.read() as connection:
        return {state: n for series, state, n in numbers.totals(connection) if series == SERIES}


@pytest.mark.invariant("I23", "I24")
def test_no_serial_is_lent_twice_however_many_ask_at_once(store: Store) -> None:
    desks = [store.desk("ann", f"W{n}") for n in range(8)]
    lent: list[int] = []

    def ask(desk: DeskOf) -> None:
        for _ in range(2):
            block = lease(desk, size=5)
            lent.extend(range(block.lo, block.hi + 1))

    threads = [threading.Thread(target=ask, args=(desk,)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(lent) == list(range(1, 81))
    assert verify(store.database) == []


def test_a_crime_is_recorded_under_a_serial_of_the_desks_block(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    block = lease(ann)
    assert ann.do(crime(ann, report, block.lo)).word == "accepted"
    assert [c.number for c in store.report(report).crimes] == ["35/1/26"]
    assert totals(store) == {"issued": 1, "allocated": 9}
    assert verify(store.database) == []


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23", "I26")
@pytest.mark.expects_log("is not free for outbox")
def test_a_serial_that_is_not_the_desks_own_is_held_with_its_number(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    elsewhere = store.desk("ann", "W02")
    block = lease(ann)
    for desk, serial in [(bob, block.lo), (elsewhere, block.lo), (bob, 99)]:
        held = desk.do(crime(desk, report, serial))
        assert (held.word, held.code) == ("refused", "held/number")
        assert f"35/{serial}/26" in held.sentence
    assert ann.do(crime(ann, report, block.lo)).word == "accepted"
    assert ann.do(crime(ann, report, block.lo)).code == "held/number"
    cases = [c.body for c in store.api.changes(ann.token).changes if c.kind == "case"]
    numbers_kept = [b'"number":"35/1/26"' in bytes(body) for body in cases]
    assert numbers_kept == [True, True, False, True]
    assert totals(store) == {"issued": 1, "allocated": 9}
    assert verify(store.database) == []


def test_a_desk_that_began_a_new_outbox_still_uses_what_it_was_lent(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    block = lease(ann)
    anew = store.desk("ann")
    assert anew.do(crime(anew, report, block.lo)).word == "accepted"
    assert [c.number for c in store.report(report).crimes] == ["35/1/26"]
    assert totals(store) == {"issued": 1, "allocated": 9}
    assert verify(store.database) == []


@pytest.mark.invariant("I26")
def test_a_rule_that_refuses_the_crime_voids_its_serial(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    block = lease(ann)
    assert ann.do(crime(ann, report, block.lo, "no such offence")).word == "refused"
    assert totals(store) == {"void": 1, "allocated": 9}
    assert verify(store.database) == []


@pytest.mark.invariant("I23", "I26")
def test_a_void_serial_is_never_lent_again(store: Store) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    block = lease(ann)
    ann.do(crime(ann, report, block.lo, "no such offence"))
    back = LeaseBlock(ann.outbox, SERIES, returns=block.id, returned_from=block.lo + 1)
    store.api.lease_block(ann.token, back)
    assert totals(store) == {"void": 1, "returned": 9}
    again = lease(bob)
    assert (again.lo, again.hi) == (2, 10)
    assert totals(store) == {"void": 1, "allocated": 9}


@pytest.mark.invariant("I24", "I27")
def test_what_is_given_back_is_lent_again_lowest_first(store: Store) -> None:
    ann, bob = store.desk("ann"), store.desk("bob")
    block = lease(ann)
    back = LeaseBlock(ann.outbox, SERIES, returns=block.id, returned_from=4)
    for _ in range(2):
        assert store.api.lease_block(ann.token, back).id == ""
    assert totals(store) == {"allocated": 3, "returned": 7}
    again = lease(bob)
    assert (again.lo, again.hi) == (4, 10)
    store.api.lease_block(ann.token, back)
    assert totals(store) == {"allocated": 10}
    assert (lease(bob).lo, verify(store.database)) == (11, [])


@pytest.mark.parametrize(
    ("series", "size"),
    [("crime/2025", 10), ("crime/2027", 10), ("incident/2026-11-23", 5), ("x", 1), (SERIES, 0)],
)
def test_a_series_that_is_not_open_is_not_lent(store: Store, series: str, size: int) -> None:
    with pytest.raises(ApiProblem) as problem:
        lease(store.desk("ann"), series, size)
    assert problem.value.problem.status == 422


@pytest.mark.fault("F23")
@pytest.mark.invariant("I23")
def test_a_desk_that_asks_about_a_block_hears_of_that_one_and_is_lent_no_other(
    store: Store,
) -> None:
    ann, api = store.desk("ann"), store.api
    own, unknown = LeaseBlock(ann.outbox, SERIES, 10, block="b1"), "b2"
    api.lease_block(ann.token, own)
    lent = api.lease_block(ann.token, replace(own, size=0))
    assert (lent.id, lent.lo, lent.hi, lent.next) == ("b1", 1, 10, 1)
    api.lease_block(ann.token, replace(own, returns="b1", returned_from=1))
    for block, series, code in (
        ("b1", SERIES, "block-over"),
        (unknown, SERIES, "block-size"),
        (unknown, "crime/2025", "block-size"),
    ):
        with pytest.raises(ApiProblem) as problem:
            api.lease_block(ann.token, LeaseBlock(ann.outbox, series, 0, block=block))
        assert f" {code}: " in str(problem.value)
    assert totals(store) == {"returned": 10}


@pytest.mark.fault("F33")
@pytest.mark.invariant("I28")
@pytest.mark.parametrize(
    ("at", "series"),
    [
        (datetime(2026, 12, 1, 9, tzinfo=UTC), "crime/2027"),
        (datetime(2026, 11, 22, 20, tzinfo=UTC), "incident/2026-11-23"),
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "incident/2026-07-01"),
    ],
)
def test_the_next_series_opens_early_by_london_time(
    store: Store, at: datetime, series: str
) -> None:
    store.clock.time = at
    assert lease(store.desk("ann"), series).lo == 1


def test_a_desk_cannot_hoard_numbers(store: Store) -> None:
    ann, sue = store.desk("ann"), store.desk("sue")
    with pytest.raises(ApiProblem) as problem:
        lease(ann, size=11)
    assert problem.value.problem.type == "block-large"
    lease(sue, size=50)
    lease(sue, size=50)
    for size in (1, 50):
        with pytest.raises(ApiProblem) as problem:
            lease(sue, size=size)
        assert problem.value.problem.type == "blocks-enough"


def test_an_incident_number_of_the_desks_block_stands(store: Store) -> None:
    ann = store.desk("ann")
    block = lease(ann, "incident/2026-11-22", 5)
    id = ReportId(store.ids.new())
    number = f"CC-22112026-{block.lo:04}"
    command = CreateReport(
        report=id, channel=Channel.CALL_101, account="A call", incident_number=number
    )
    assert ann.do(command).word == "accepted"
    assert store.report(id).incident_number == number
    store.clock.pass_by(timedelta(minutes=1))
    assert store.receive().incident_number == "CC-22112026-0006"
    assert verify(store.database) == []


@pytest.mark.expects_log("is not this desk's")
def test_an_incident_number_of_nobodys_block_is_replaced(store: Store) -> None:
    id = ReportId(store.ids.new())
    command = CreateReport(
        report=id, channel=Channel.CALL_101, account="A call", incident_number="CC-1"
    )
    assert store.desk("ann").do(command).word == "accepted"
    assert store.report(id).incident_number == "CC-22112026-0001"


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23", "I27")
@pytest.mark.expects_log("is not free for outbox")
@pytest.mark.parametrize("is_given_back_first", [True, False])
def test_a_serial_that_a_copied_desk_spoke_is_never_lent_to_another(
    store: Store, *, is_given_back_first: bool
) -> None:
    report, ann, bob = store.receive().report, store.desk("ann"), store.desk("bob")
    elsewhere = store.desk("ann", "W02")
    block = lease(ann)
    back = LeaseBlock(ann.outbox, SERIES, returns=block.id, returned_from=4)
    if is_given_back_first:
        store.api.lease_block(ann.token, back)
    assert elsewhere.do(crime(elsewhere, report, 6)).code == "held/number"
    if not is_given_back_first:
        store.api.lease_block(ann.token, back)
    assert totals(store) == {"allocated": 4, "returned": 6}
    lent = [lease(bob, size=size) for size in (2, 8)]
    assert [(one.lo, one.hi) for one in lent] == [(4, 5), (7, 10)]
    (case,) = (c.id for c in store.api.changes(ann.token).changes if c.kind == "case")
    release = ReleaseHeld(report=report, case=case, why="She had told the victim.")
    assert store.desk("sue").do(release).word == "accepted"
    assert [c.number for c in store.report(report).crimes] == ["35/6/26"]
    assert verify(store.database) == []


@pytest.mark.fault("F24")
@pytest.mark.invariant("I23")
@pytest.mark.expects_log("is not free for outbox")
def test_whose_serial_it_is_uses_it_though_a_copy_spoke_it(store: Store) -> None:
    report, ann = store.receive().report, store.desk("ann")
    elsewhere = store.desk("ann", "W02")
    block = lease(ann)
    assert elsewhere.do(crime(elsewhere, report, block.lo)).code == "held/number"
    assert ann.do(crime(ann, report, block.lo)).word == "accepted"
    assert totals(store) == {"issued": 1, "allocated": 9}
    assert verify(store.database) == []
