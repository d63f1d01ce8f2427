"""Waiting: longer after each failure, never for ever, and as long as the store asks."""

from workstation.sync.pace import LONGEST_S, Pace


def test_pauses_grow_to_a_minute_and_no_further() -> None:
    pace = Pace(lambda: 1.0)
    assert [pace.failed() for _ in range(9)] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_jitter_spreads_pauses_from_nothing_on() -> None:
    assert Pace(lambda: 0.0).failed() == 0.0


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
