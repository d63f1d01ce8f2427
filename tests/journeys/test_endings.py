"""Reports end by the handler's decision alone: not a crime, or the same matter as another."""

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

LOST_RING = "OPN-0188"
STOLEN_CAR, STOLEN_CAR_AGAIN = "OPN-0337", "OPN-0443"


def test_lost_property_is_recorded_as_not_a_crime_with_advice(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    ring = store.public.send(LOST_RING)
    handler.stand_on(ring)
    handler.hands.press("Return", "F3", "0", "N")
    handler.hands.write("A ring was lost, not taken.")
    handler.hands.press("Tab")
    handler.hands.write("Ask at the Café Zoë and the market; tell your insurer.")
    handler.hands.press("Tab")
    handler.hands.write("citizens advice cons")
    handler.hands.press("Return")
    handler.press_primary()
    handler.until_reads("Recorded as not a crime.")
    handler.until_sent()
    recorded = store.event(ring, "NotCrimeRecorded")
    assert recorded["explanation"] == "A ring was lost, not taken."
    assert recorded["advice"] == "Ask at the Café Zoë and the market; tell your insurer."
    assert recorded["agencies"] == ["citizens-advice-consumer"]
    seen = handler.agreed(colleague, ring, lambda report: report.not_crime)
    assert not seen.is_open


def test_a_second_contact_about_one_matter_is_marked_as_a_duplicate(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    first = store.public.send(STOLEN_CAR)
    again = store.public.send(STOLEN_CAR_AGAIN)
    handler.stand_on(first)
    handler.hands.press("Return", "F2")
    handler.assess("T1 H1 R1 I2 V1 E1")
    handler.hands.press("Alt+R")
    handler.hands.write("The car is gone, nobody is at risk.")
    handler.press_primary()
    handler.until_sent()
    handler.hands.press("Ctrl+1")
    handler.stand_on(again)
    handler.hands.press("Return", "F3", "0")
    handler.until_reads("There are earlier contacts. Assess the six elements instead.")
    handler.hands.press("F2")
    handler.assess("T1 H1 R1 I2 V1 E1")
    handler.hands.press("F3", "D")
    handler.hands.write(handler.reference(first))
    handler.hands.press("Return")
    handler.until_reads("Say first whether the caller was told.")
    handler.hands.press("Tab", "1", "Tab", "Tab", "Tab")
    handler.hands.write("It is under the first number; ring if it turns up.")
    handler.press_primary()
    handler.until_reads(f"Duplicate of {handler.reference(first)}.")
    handler.until_sent()
    closed = store.event(again, "ReportClosed")
    assert closed["duplicate_of"] == first
    assert "yes" in str(closed["told"])
    assert closed["caller_told"] == "It is under the first number; ring if it turns up."
    assert store.event(again, "RiskAssessed")["levels"] == {
        "T": "None", "H": "None", "R": "None", "I": "Later", "V": "None", "E": "Willing",
    }  # fmt: skip
    assert store.event(first, "DuplicateLinked")["duplicate"] == again
    seen = handler.agreed(colleague, first, lambda report: report.duplicates)
    assert seen.duplicates == (again,)
    assert seen.is_open
