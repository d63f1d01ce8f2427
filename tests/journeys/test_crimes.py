"""A crime gets its number at once and goes to the IMU; the same holds without any network."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.relay import Relay
from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

SHED, LAND_ROVER, BIKES = "OPN-0097", "OPN-0170", "OPN-0024"
NUMBER = re.compile(r"35/\d{1,6}/\d{2}")
LONG_MS = 60_000


def record_crime(there: Seat, words: str, victim: str = "1") -> str:
    """Record an offence, as usual against the reporter; gives the number that is shown."""
    there.until(lambda: there.desk.link().blocks_left > 0)
    there.hands.press("F4")
    there.hands.write(words)
    there.hands.press("Return", "Tab", "Tab", victim)
    there.press_primary()
    there.until(lambda: NUMBER.search(there.reads()))
    found = NUMBER.search(there.reads())
    assert found is not None
    return found[0]


def hand_to_imu(there: Seat, facts: str) -> None:
    """Answer the five factors and give the facts."""
    there.hands.press("F5", "2", "Tab", "2", "Tab", "3", "Tab", "2", "Tab", "1", "Tab")
    there.hands.write(facts)
    there.press_primary()


def test_a_crime_is_recorded_under_a_cambridgeshire_number_and_handed_to_the_imu(
    store: Store, handler: Seat, colleague: Desk, sit_down: Callable[..., Seat]
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return")
    number = record_crime(handler, "burglary business")
    handler.until_reads("Confirmed by the store.")
    hand_to_imu(handler, "Lawnmower gone, no CCTV.")
    handler.until_reads("Handed to the IMU.")
    handler.until_sent()
    recorded = store.event(shed, "CrimeRecorded")
    assert recorded["number"] == number
    assert recorded["victim"] == {"kind": "person", "name": "Lucía Ibáñez"}
    handed = store.event(shed, "HandedToImu")
    assert handed["facts"] == "Lawnmower gone, no CCTV."
    seen = handler.agreed(colleague, shed, lambda report: report.hand_off)
    assert [crime.number for crime in seen.crimes] == [number]
    reviewer = sit_down("imu")
    reviewer.stand_on(shed)
    reviewer.hands.press("Return")
    reviewer.until_reads("Handed to the IMU.")
    reviewer.until_reads(number)


@pytest.mark.timeout(180)
def test_a_report_is_worked_fully_offline_and_then_synced(
    store: Store, wired: tuple[Seat, Relay], colleague: Desk
) -> None:
    handler, wire = wired
    car = store.public.send(LAND_ROVER)
    handler.stand_on(car)
    handler.until(lambda: handler.desk.link().blocks_left > 0)
    wire.cut()
    handler.hands.press("Return", "F2", "0", "Alt+R")
    handler.hands.write("Derek is safe; nothing to attend for.")
    handler.press_primary()
    handler.until_reads("Offline")
    handler.until_reads("On this desk, not sent")
    handler.until_reads("Unconfirmed claim: you took this while the line was down.")
    handler.hands.press("F7")
    handler.until_reads("You said that you are on the phone")
    number = record_crime(handler, "theft from vehicle")
    handler.until_reads("On this desk, not yet confirmed. The number stands.")
    hand_to_imu(handler, "Catalytic converter, no CCTV.")
    handler.until_reads("Handed to the IMU.")
    assert "ReportClaimed" not in store.told(car)
    wire.heal()
    handler.until_sent(LONG_MS)
    assert store.told(car)[-5:] == [
        "RiskAssessed", "ReportGraded", "WorkedOnThePhone", "CrimeRecorded", "HandedToImu",
    ]  # fmt: skip
    assert store.event(car, "CrimeRecorded")["number"] == number
    seen = handler.agreed(colleague, car, lambda report: report.hand_off)
    assert [crime.number for crime in seen.crimes] == [number]


def test_a_crime_is_recorded_and_handed_over_at_the_smallest_screen(
    store: Store, handler_at_small_screen: Seat, colleague: Desk
) -> None:
    handler = handler_at_small_screen
    bikes = store.public.send(BIKES)
    handler.stand_on(bikes)
    handler.hands.press("Return")
    number = record_crime(handler, "burglary business")
    hand_to_imu(handler, "Padlock snapped, e-bike gone.")
    handler.until_reads("Handed to the IMU.")
    seen = handler.agreed(colleague, bikes, lambda report: report.hand_off)
    assert [crime.number for crime in seen.crimes] == [number]
