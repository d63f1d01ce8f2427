"""An emergency is lowered by two people, each at a window of their own, by keyboard."""

from collections.abc import Callable

import pytest

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

BURGLARS = "OPN-0299"


@pytest.mark.timeout(180)
def test_an_emergency_stands_until_a_supervisor_approves_the_lowering(
    store: Store, handler: Seat, colleague: Desk, sit_down: Callable[..., Seat]
) -> None:
    report = store.public.send(BURGLARS)
    handler.stand_on(report)
    handler.hands.press("Return", "Ctrl+Shift+E")
    handler.hands.write("Two men breaking in")
    handler.press_primary()
    handler.until_sent()
    handler.hands.press("F9", "F2")
    handler.assess("T1 H1 R1 I1 V1 E1")
    handler.tab_to("What could happen before we arrive?")
    handler.hands.write("They may come back")
    handler.tab_to("Safeguarding: Avoid")
    handler.hands.press("Space", "Alt+P")
    handler.hands.write("They left, caller is with a neighbour")
    handler.until_reads("Immediate and its clock stand until a supervisor approves.")
    handler.press_primary()
    handler.until_sent()
    assert store.told(report)[-1] == "LoweringAsked"
    seen = handler.agreed(colleague, report, lambda known: known.lowering)
    assert seen.is_emergency

    supervisor = sit_down("supervisor")
    supervisor.hands.press("Ctrl+4")
    supervisor.until_reads("Lower Immediate to Prompt? Asked by Kelly Rowe")
    supervisor.tab_to("Read and answer")
    supervisor.hands.press("Space")
    supervisor.until_reads("Kelly Rowe asks to lower this to Prompt:")
    supervisor.tab_to("Answer")
    supervisor.hands.press("Space")
    supervisor.until_reads("Your answer")
    supervisor.hands.press("Down", "Tab")
    supervisor.hands.write("Spoke to the neighbour")
    supervisor.hands.press("Return")
    supervisor.until_sent()
    graded = store.event(report, "ReportGraded")
    assert (graded["code"], graded["asked_by"]) == ("P", {"id": "handler", "name": "Kelly Rowe"})
    lowered = supervisor.agreed(colleague, report, lambda known: not known.lowering)
    assert not lowered.is_emergency
    handler.sit()
    handler.until_reads("Graded Prompt (was Immediate), as Kelly Rowe asked")
