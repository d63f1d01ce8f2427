"""What a caller is told, by keyboard: the words for a decision, and that they were said."""

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk

NOISE, ABUSE = "OPN-0077", "OPN-0134"


def test_the_report_has_left_the_screen_and_its_caller_is_told_by_two_keys(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    noise = store.public.send(NOISE)
    handler.stand_on(noise)
    handler.hands.press("Return", "F3", "0", "C")
    handler.press_primary()
    handler.until_reads("Redirected to Fenland District Council.")
    handler.until(lambda: handler.main.work.report.report_id != noise)
    handler.until_sent()
    handler.hands.press("Ctrl+Alt+S")
    handler.until_reads("This is for Fenland District Council, not for the police.")
    number = handler.reference(noise)
    assert f"Incident number {number}" in handler.reads()
    assert "Charlie Charlie, dash, " in handler.reads()
    handler.hands.press("Ctrl+Shift+T")
    handler.until_sent()
    told = store.event(noise, "ReplyGiven")
    assert told["means"] == "phone"
    assert f"Incident number {number}." in str(told["words"])
    seen = handler.agreed(colleague, noise, lambda report: report.reply)
    assert seen.reply is not None
    assert seen.reply.by.name == "Kelly Rowe"
    handler.hands.press("Ctrl+D")
    handler.until_reads("Reply to the public: kept, ")


def test_who_may_not_be_alone_is_asked_first_at_the_smallest_screen(
    store: Store, handler_at_small_screen: Seat
) -> None:
    handler = handler_at_small_screen
    abuse = store.public.send(ABUSE)
    handler.stand_on(abuse)
    handler.hands.press("Return", "Ctrl+Shift+E")
    handler.hands.write("She is at the door now")
    handler.press_primary()
    handler.until_sent()
    handler.hands.press("Ctrl+Shift+S")
    handler.until_reads("Can you talk safely now?")
    handler.hands.press("Ctrl+Shift+T")
    assert "We have asked for officers." not in handler.reads()
    handler.hands.press("Return")
    handler.until_reads("We have asked for officers. The request is with our control room.")
    handler.until_reads("press 55")
    assert "write down" not in handler.reads()
    assert "ReplyGiven" not in store.told(abuse)
    handler.hands.press("Ctrl+Shift+T")
    handler.until_sent()
    words = str(store.event(abuse, "ReplyGiven")["words"])
    assert words.startswith("Asked first: Can you talk safely now?")
