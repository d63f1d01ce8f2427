"""Who was here before is told by itself, and every record is found, by keyboard alone."""

from tests.journeys.stage import Seat, Store

BURGLARY, NEIGHBOUR = "OPN-0023", "OPN-0426"
SMALL_HOURS = "OPN-0077"


def offered(handler: Seat) -> list[str]:
    """What the palette offers, each with what stands beside it."""
    rows = handler.main.palette_box.rows
    entries = (rows.entry(n) for n in range(rows.rowCount()))
    return [f"{one.text} {one.detail}" for one in entries if one is not None]


def test_the_check_is_made_by_itself_and_stands_on_the_record(store: Store, handler: Seat) -> None:
    first = store.public.send(BURGLARY)
    again = store.public.send(NEIGHBOUR)
    handler.stand_on(again)
    handler.hands.press("Return")
    handler.until_reads("1 contact in 14 days")
    handler.until(lambda: "(on this desk only)" not in handler.reads())
    handler.hands.press("F2")
    handler.assess("T1 H1 R1 I2 V1 E1")
    handler.hands.press("Alt+R")
    handler.hands.write("Nobody is at the scene.")
    handler.press_primary()
    handler.until_sent()
    earlier = store.event(again, "RiskAssessed")["earlier"]
    assert isinstance(earlier, dict)
    assert earlier["reports"] == [first]
    assert earlier["searched"] == "this desk and the store"
    handler.hands.press("Ctrl+K")
    handler.hands.write("07700 900345")
    handler.until(lambda: any("by telephone" in one for one in offered(handler)))


def test_a_record_is_found_by_words_and_opened_without_the_mouse(
    store: Store, handler: Seat
) -> None:
    noise = store.public.send(SMALL_HOURS)
    handler.until(lambda: handler.desk.report(noise) is not None)
    handler.hands.press("Ctrl+6")
    handler.hands.write("***")
    handler.until_reads("There is no letter or digit in this.")
    handler.hands.press("Ctrl+A")
    handler.hands.write(handler.reference(noise))
    handler.hands.press("Return")
    handler.until_reads("This desk and the store were searched.")
    handler.until_reads("1 report found")
    handler.hands.press("Return")
    handler.hands.press("Space")
    handler.until(lambda: handler.main.work.report.report_id == noise)
    assert handler.main.pages.currentWidget() is handler.main.work


def test_the_palette_leads_to_all_records(store: Store, handler: Seat) -> None:
    noise = store.public.send(SMALL_HOURS)
    handler.until(lambda: handler.desk.report(noise) is not None)
    handler.hands.press("Ctrl+K")
    handler.hands.write("zeppelin")
    handler.until(lambda: any("Search all records for" in one for one in offered(handler)))
    handler.hands.press("Return")
    handler.until_reads("0 reports found")
    handler.until_reads("Nothing here is no proof.")
