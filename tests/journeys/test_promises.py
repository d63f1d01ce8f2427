"""“I said I would”, by keyboard: said by one handler, owed and kept by the one who has it next."""

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk
from workstation.domain.claiming import ReassignReport
from workstation.domain.roles import Author, PersonId

SHED = "OPN-0035"


def test_what_one_handler_said_is_owed_and_done_by_the_one_who_has_the_report_next(
    store: Store, handler: Seat, colleague: Desk, sit_down: Callable[..., Seat]
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return", "F9", "F12")
    handler.hands.write("Call back")
    handler.hands.press("Tab")
    handler.hands.write("in 2 h")
    handler.until_reads(", in 2 h 00 min.")
    handler.hands.press("Return")
    handler.until_reads("Kelly Rowe said.")
    handler.until_sent()
    said = store.event(shed, "PromiseMade")
    assert said["what"] == "Call back"
    made_at = datetime.fromisoformat(said["stamp"]["at"])  # type: ignore[index]
    assert abs(datetime.fromisoformat(str(said["due_at"])) - made_at - timedelta(hours=2)) < (
        timedelta(seconds=30)
    )
    handler.until(lambda: colleague.report(shed) is not None)
    mo = Author(PersonId("handler2"), "Mo Ahmed")
    assert colleague.submit(ReassignReport(report=shed, to=mo, reason="Shift ends.")) is None
    handler.until_reads("Kelly Rowe said. Mo Ahmed owes it.")

    next_one = sit_down("handler2")
    next_one.stand_on(shed)
    next_one.hands.press("Return")
    next_one.until_reads("Kelly Rowe said. Mo Ahmed owes it.")
    next_one.hands.press("Ctrl+Shift+K", "Tab")
    next_one.hands.write("She is well, no more lights.")
    next_one.hands.press("Return")
    next_one.until(lambda: "Kelly Rowe said." not in next_one.reads())
    next_one.until_sent()
    assert store.event(shed, "PromiseKept")["stamp"]["by"]["name"] == "Mo Ahmed"  # type: ignore[index]
    next_one.hands.press("Ctrl+D")
    next_one.until_reads("Call back: kept, ")
    seen = next_one.agreed(colleague, shed, lambda report: report.promised)
    assert [(one.by.name, one.kept) for one in seen.promised] == [("Kelly Rowe", True)]


def test_the_initial_check_and_the_reply_are_done_by_keyboard(store: Store, handler: Seat) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return", "F9", "Ctrl+Shift+I", "N", "Return")
    handler.until_sent()
    assert store.event(shed, "InitialCheckDone")["whose"] == "ours"
    handler.hands.press("Ctrl+Shift+R", "Ctrl+A")
    handler.hands.write("The caller")
    handler.hands.press("Tab", "Tab")
    handler.hands.write("An officer comes on Tuesday.")
    handler.hands.press("Return")
    handler.until_sent()
    assert store.event(shed, "ReplyGiven")["words"] == "An officer comes on Tuesday."
    handler.hands.press("Ctrl+D")
    handler.until_reads("Reply to the public: kept, ")
