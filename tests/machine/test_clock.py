"""The clock is aware, in UTC, and can be corrected by the store's time."""

import sys
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from tests.machine.clocks import StoppedClock
from workstation.machine.clock import OffsetClock, SystemClock


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_the_machines_seconds_never_go_back() -> None:
    clock = SystemClock()
    counted = [clock.monotonic() for _ in range(1000)]
    assert counted == sorted(counted)


def test_an_uncorrected_clock_tells_the_machines_time() -> None:
    machine = StoppedClock()
    assert OffsetClock(machine).now() == machine.now()


def test_a_corrected_clock_tells_the_stores_time_and_runs_on() -> None:
    machine = StoppedClock()
    clock = OffsetClock(machine)
    store_time = machine.now() + timedelta(minutes=7)
    clock.correct(store_time)
    machine.move(30)
    assert clock.now() == store_time + timedelta(seconds=30)


def test_a_machine_whose_clock_is_set_moves_no_corrected_time() -> None:
    machine = StoppedClock()
    clock = OffsetClock(machine)
    store_time = machine.now() + timedelta(minutes=7)
    clock.correct(store_time)
    machine.at += timedelta(days=400)
    machine.move(30)
    assert clock.now() == store_time + timedelta(seconds=30)
    assert clock.leapt() == timedelta(days=400)
    assert machine.now() + clock.offset() == clock.now()


@pytest.mark.skipif(sys.platform != "linux", reason="It reads what Linux says of itself.")
def test_the_count_holds_the_sleep_of_the_machine() -> None:
    since_the_start = float(Path("/proc/uptime").read_text(encoding="ascii").split()[0])
    assert abs(SystemClock().monotonic() - since_the_start) < 5


def test_a_second_correction_replaces_the_first() -> None:
    machine = StoppedClock()
    clock = OffsetClock(machine)
    clock.correct(machine.now() + timedelta(minutes=7))
    clock.correct(machine.now() - timedelta(minutes=2))
    assert clock.now() == machine.now() - timedelta(minutes=2)


def test_a_correction_leaves_the_count_of_seconds_alone() -> None:
    machine = StoppedClock()
    clock = OffsetClock(machine)
    clock.correct(machine.now() + timedelta(days=1))
    machine.move(5)
    assert clock.monotonic() == 5
