"""Waiting: longer after each failure, never for ever, and as long as the store asks."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.sync.pace import LONGEST_S, Breaker, Pace, wished_s


def test_pauses_grow_to_a_minute_and_no_further() -> None:
    pace = Pace(lambda: 1.0)
    assert [pace.failed() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.fault("F9")
def test_jitter_spreads_pauses_from_nothing_on() -> None:
    assert Pace(lambda: 0.0).failed() == 0.0


@pytest.mark.fault("F9")
def test_the_stores_own_wish_is_heeded() -> None:
    assert Pace(lambda: 0.0).failed(12.0) == 12.0
    assert Pace(lambda: 0.0).failed(1e9) == 10 * LONGEST_S


def test_success_begins_at_the_shortest_pause_again() -> None:
    pace = Pace(lambda: 1.0)
    pace.failed()
    pace.failed()
    pace.worked()
    assert pace.failed() == 1.0


def test_while_all_is_well_a_look_comes_every_twenty_to_thirty_seconds() -> None:
    assert Pace(lambda: 0.0).poll_s() == 20.0
    assert Pace(lambda: 1.0).poll_s() == 30.0


class HandClock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.time = 1000.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> HandClock:
    """A clock."""
    return HandClock()


@pytest.mark.fault("F9")
def test_five_failures_in_a_row_open_the_circuit(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    for _ in range(4):
        breaker.failed()
        assert breaker.wait_s() == 0.0
    breaker.failed()
    assert (breaker.is_open, breaker.wait_s()) == (True, 10.0)


def test_more_than_half_of_ten_tries_in_half_a_minute_open_it(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    for n in range(12):
        clock.time += 1.0
        breaker.worked() if n % 5 in (2, 4) else breaker.failed()
    assert breaker.is_open


def test_failures_long_ago_do_not_count(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    for n in range(40):
        clock.time += 10.0
        breaker.worked() if n % 5 in (2, 4) else breaker.failed()
    assert not breaker.is_open


def test_each_probe_that_fails_doubles_the_pause_up_to_two_minutes(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    waits = []
    for _ in range(10):
        breaker.failed()
        waits.append(breaker.wait_s())
        clock.time += breaker.wait_s()
    assert waits == [0, 0, 0, 0, 10, 20, 40, 80, 120, 120]


def test_jitter_takes_up_to_half_of_the_pause(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 0.0)
    for _ in range(5):
        breaker.failed()
    assert breaker.wait_s() == 5.0


@pytest.mark.fault("F9")
@pytest.mark.invariant("I8")
def test_a_probe_that_works_closes_the_circuit_for_good(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    for _ in range(12):
        breaker.failed()
        clock.time += 1.0
    breaker.worked()
    assert (breaker.is_open, breaker.wait_s()) == (False, 0.0)
    breaker.failed()
    assert not breaker.is_open


def test_an_urgent_try_while_open_never_lengthens_the_opening(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    for _ in range(5):
        breaker.failed()
    clock.time += 4.0
    breaker.failed()
    assert breaker.wait_s() == 6.0
    clock.time += 6.0
    breaker.failed()
    assert breaker.wait_s() == 20.0


def test_the_stores_wish_is_heeded_before_the_circuit_opens(clock: HandClock) -> None:
    breaker = Breaker(clock, lambda: 1.0)
    breaker.failed(30.0)
    assert (breaker.is_open, breaker.wait_s()) == (False, 30.0)
    breaker.worked()
    breaker.failed(1e12)
    assert breaker.wait_s() == 600.0


NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.fault("F9")
@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        (" 12 ", 12.0),
        ("-5", 0.0),
        ("9" * 5000, 600.0),
        ("Sun, 22 Nov 2026 10:00:30 GMT", 30.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2099 10:00:00 GMT", 600.0),
        ("Sun, 22 Nov 2026 10:00:30 -0000", 30.0),
        ("Sun, 99 Nov 2026 10:00:30 GMT", None),
        ("²", None),
        ("1e9", None),
        ("nan", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_every_kind_of_retry_after_is_read_and_capped(
    text: str | None, seconds: float | None
) -> None:
    assert wished_s(text, NOW) == seconds


@pytest.mark.fault("F9")
@given(st.text())
def test_no_retry_after_breaks_the_reader(text: str) -> None:
    wish = wished_s(text, NOW)
    assert wish is None or 0.0 <= wish <= 600.0
