"""Answers lost, torn, doubled, late and damaged: one effect each, and never half a page."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.kill_checks import store_findings
from tests.faults.kill_rig import StoreProcess, a_sqlite_store, served, wait_until
from tests.faults.proxy import COMMAND, Proxy, body, proxied
from tests.faults.proxy_desk import Station, note, station
from tests.world import STORE_KEY, listed
from workstation.desk import QueueFilter
from workstation.store.database import Database

CUTS = 24


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StoreProcess]:
    """A store process with five reports for all of these; whole at the end."""
    path, _ = a_sqlite_store(tmp_path_factory.mktemp("torn"), 5)
    with served(str(path)) as process:
        yield process
    database = Database.sqlite(path, STORE_KEY)
    found = store_findings(database, [], begun_anew=True)  # a byte harmed in a name is one
    database.close()
    assert found == []


@pytest.fixture
def wire(store: StoreProcess) -> Iterator[Proxy]:
    """A harmful wire to it."""
    with proxied(store.url) as proxy:
        yield proxy


@pytest.fixture
def ann(wire: Proxy, tmp_path: Path) -> Iterator[Station]:
    """Ann's desk, filled, exchanging when told."""
    with station(wire.url, tmp_path, "ann", threads=False) as desk:
        assert desk.exchange()
        yield desk


@pytest.mark.expects_log("Failed to parse headers")
@pytest.mark.fault("F2", "F7")
@pytest.mark.invariant("I2", "I3", "I14")
def test_commands_whose_answer_is_torn_take_effect_once(wire: Proxy, ann: Station) -> None:
    reports = listed(ann.desk, QueueFilter())
    for cut in _cuts(2000):
        note(ann, reports[cut % len(reports)], f"torn answer {cut}")
        wire.next_batch(answer_cut=cut)
        assert not ann.exchange()
        assert not ann.desk.link().online
        assert ann.desk.link().waiting == 1
        assert ann.exchange()
        assert ann.desk.link().waiting == 0
    _told_the_same_each_time(wire)
    assert _notes(ann, "torn answer") == CUTS


@pytest.mark.fault("F7")
@pytest.mark.invariant("I2", "I4", "I37")
def test_commands_torn_on_their_way_are_sent_again(wire: Proxy, ann: Station) -> None:
    reports = listed(ann.desk, QueueFilter())
    for cut in _cuts(800):
        note(ann, reports[0], f"torn request {cut}")
        wire.next_batch(request_cut=cut)
        assert not ann.exchange()
        assert ann.exchange()
    assert _notes(ann, "torn request") == CUTS


@pytest.mark.expects_log("Failed to parse headers")
@pytest.mark.fault("F7")
@pytest.mark.invariant("I11", "I12")
@pytest.mark.parametrize("call", ["GET /v1/scan", "GET /v1/changes"])
def test_a_torn_page_is_never_applied_in_part(
    wire: Proxy, store: StoreProcess, tmp_path: Path, call: str
) -> None:
    with (
        station(store.url, tmp_path / "bob", "bob", threads=False) as bob,
        station(wire.url, tmp_path, "ann", threads=False) as ann,
    ):
        assert bob.exchange()
        if call == "GET /v1/changes":
            assert ann.exchange()
        for report in listed(bob.desk, QueueFilter()):
            note(bob, report, "Something for a page.")
        assert bob.exchange()
        before = _standing(ann)
        for cut in _cuts(6000):
            wire.next(call, answer_cut=cut)
            assert not ann.exchange()
            assert _standing(ann)[1:] == before[1:]
        assert ann.exchange()
        assert _versions(ann) == _versions(bob)


@pytest.mark.fault("F8")
@pytest.mark.invariant("I3", "I4")
def test_a_request_sent_twice_and_one_that_comes_late_are_answered_byte_for_byte(
    wire: Proxy, ann: Station
) -> None:
    reports = listed(ann.desk, QueueFilter())
    for n in range(5):
        wire.next_batch(twice=True)
        note(ann, reports[n], f"sent twice {n}")
        assert ann.exchange()
    batches = [seen for seen in wire.seen if COMMAND in seen.request]
    assert len(batches) == 5
    for seen in reversed(batches):
        wire.again(seen)
    _told_the_same_each_time(wire)
    assert all(len(seen.answers) == 3 for seen in batches)
    assert _notes(ann, "sent twice") == 5


@pytest.mark.fault("F8")
@pytest.mark.invariant("I3", "I11", "I14")
def test_answers_that_overtake_each_other_leave_both_desks_right(
    wire: Proxy, store: StoreProcess, tmp_path: Path
) -> None:
    with (
        station(wire.url, tmp_path / "ann", "ann", threads=False) as ann,
        station(wire.url, tmp_path / "bob", "bob", threads=False) as bob,
    ):
        assert ann.exchange()
        assert bob.exchange()
        report = listed(ann.desk, QueueFilter())[0]
        note(ann, report, "Ann was first.")
        note(bob, report, "Bob was second.")
        held = wire.next_batch(hold=True)
        done: list[bool] = []
        first = threading.Thread(target=lambda: done.append(ann.exchange()))
        first.start()
        wait_until(lambda: held.done and wire.seen[-1].answers, what="Ann's answer is held")
        assert bob.exchange()
        wire.heal()
        first.join()
        assert done == [True]
        assert ann.exchange()
        assert bob.exchange()
        assert _versions(ann) == _versions(bob)
        assert (_notes(ann, "Ann was first"), _notes(ann, "Bob was second")) == (1, 1)


@pytest.mark.fault("F7", "F10")
@pytest.mark.invariant("I8", "I37")
@pytest.mark.parametrize(
    ("call", "holding"),
    [
        ("GET /v1/hello", b""),
        ("GET /v1/changes", b""),
        ("GET /v1/colleagues", b""),
        ("POST /v1/commands", b'"commands":[]'),
        ("POST /v1/commands", COMMAND),
    ],
)
def test_a_byte_damaged_on_its_way_never_stops_the_conversation_for_good(
    wire: Proxy, ann: Station, call: str, holding: bytes
) -> None:
    reports = listed(ann.desk, QueueFilter())
    for at in range(0, 900, 23):
        if call == "POST /v1/commands":
            note(ann, reports[0], f"damaged {at}")
        wire.next(call, holding=holding, corrupt_at=at)
        ann.exchange()
    assert sum(rule.done for rule in wire.rules) > len(wire.rules) // 2
    wire.heal()
    assert any(ann.exchange() for _ in range(2))
    assert ann.desk.link().waiting == 0
    assert listed(ann.desk, QueueFilter())


@pytest.mark.fault("F7")
@pytest.mark.invariant("I37")
def test_a_store_that_hears_the_end_of_the_line_early_still_answers_once(
    wire: Proxy, ann: Station
) -> None:
    reports = listed(ann.desk, QueueFilter())
    note(ann, reports[0], "Half closed.")
    wire.next_batch(half_close=True)
    ann.exchange()
    assert ann.exchange()
    assert _notes(ann, "Half closed.") == 1


@pytest.mark.fault("F7", "F9")
@pytest.mark.invariant("I37")
def test_a_slow_wire_carries_everything(wire: Proxy, ann: Station) -> None:
    reports = listed(ann.desk, QueueFilter())
    wire.up.bytes_per_s = wire.down.bytes_per_s = 20_000
    wire.up.delay_s = 0.05
    for n in range(3):
        note(ann, reports[n], f"slowly {n}")
    assert ann.exchange()
    assert _notes(ann, "slowly") == 3


def _cuts(upto: int) -> list[int]:
    """Places in an answer: its first bytes, its head, and evenly beyond."""
    return [0, 1, 9, 17, *(upto * n // (CUTS - 4) for n in range(1, CUTS - 3))]


def _told_the_same_each_time(wire: Proxy) -> None:
    """Outcomes of a command id are the same bytes, however often it was sent."""
    told: dict[bytes, set[bytes]] = {}
    for seen in wire.seen:
        if COMMAND in seen.request:
            for answer in seen.answers:
                outcomes = body(answer).partition(b'"outcomes":[')[2].partition(b"]")[0]
                told.setdefault(body(seen.request), set()).add(outcomes)
    assert told
    assert all(len(answers) == 1 for answers in told.values())


def _notes(at: Station, beginning: str) -> int:
    """How many lines begin so; a line that stands twice fails the test."""
    texts = [
        entry.text
        for report in listed(at.desk, QueueFilter())
        for _, entry in at.desk.stock.shelf.entries(report)
        if entry.text.startswith(beginning)
    ]
    assert len(texts) == len(set(texts))
    return len(texts)


def _versions(at: Station) -> list[tuple[str, int]]:
    query = "SELECT id, version FROM report ORDER BY id"
    return list(at.desk.stock.confirmed.connection.execute(query))


def _standing(at: Station) -> tuple[str, list[tuple[str, int]], int]:
    stand = at.desk.stock.shelf.standing()
    return stand.after, _versions(at), stand.position
