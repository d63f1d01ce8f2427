"""Acceptance checks 2, 10 and 11 of the design, as they are written there.

What check 11 says of time is measured by `make bench` (palette open).
"""

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.journeys.stage import Seat, Store
from workstation.desk.desk import Desk
from workstation.ui.palette import PaletteEntry

SHED, NOISE, LITTER = "OPN-0097", "OPN-0077", "OPN-0067"
MOST_KEYS = 20


def offered(there: Seat, typed: str) -> list[PaletteEntry]:
    """What the palette offers for what is typed."""
    there.hands.press("Ctrl+K")
    there.hands.write(typed)
    rows = there.main.palette_box.rows
    entries = [rows.entry(row) for row in range(rows.rowCount())]
    there.hands.press("Esc")
    return [entry for entry in entries if entry is not None]


def test_all_six_levels_a_grade_and_its_reason_take_at_most_twenty_keys(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    shed = store.public.send(SHED)
    handler.until(lambda: shed in handler.main.work.list.rows.model.ids)
    handler.hands.keys = 0
    handler.hands.press("J", "Return", "F2")
    handler.assess("T2 H1 R2 I2 V1 E1")
    handler.hands.press("Alt+P")
    handler.hands.write("Lock cut overnight, camera next door")
    handler.press_primary()
    assert handler.hands.keys <= MOST_KEYS
    handler.until_sent()
    seen = handler.agreed(colleague, shed, lambda report: report.grading and report.thrive)
    assert seen.grading is not None
    assert seen.grading.code == "P"
    assert seen.thrive is not None
    assert len(seen.thrive.levels) == len(handler.desk.pack.thrive)


def test_a_level_that_wants_words_is_graded_with_them_in_twenty_keys_too(
    store: Store, handler: Seat, colleague: Desk
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.keys = 0
    handler.hands.press("Return", "F2")
    handler.assess("T2 H1 R2 V1 E1 I3")
    handler.hands.press("W")
    handler.hands.write("Camera pictures are kept for a day")
    handler.hands.press("Alt+P")
    handler.hands.write("Lock cut overnight")
    handler.press_primary()
    assert handler.hands.keys <= MOST_KEYS
    handler.until_sent()
    seen = handler.agreed(colleague, shed, lambda report: report.grading and report.thrive)
    assert seen.thrive is not None
    assert seen.thrive.words == {"I": "Camera pictures are kept for a day"}


def test_a_report_that_arrives_while_somebody_types_moves_nothing(
    store: Store, handler: Seat
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return", "F2", "Alt+P")
    handler.hands.write("Lock cut")
    rows = handler.main.work.queue.rows
    writing = QApplication.focusWidget()
    assert isinstance(writing, QPlainTextEdit)
    before, caret = (rows.current_id, rows.model.ids), writing.textCursor().position()
    store.public.send(NOISE)
    handler.until_reads("1 new")
    handler.hands.write(" overnight")
    assert QApplication.focusWidget() is writing
    assert writing.toPlainText() == "Lock cut overnight"
    assert writing.textCursor().position() == caret + len(" overnight")
    assert (rows.current_id, rows.model.ids) == before


def test_the_palette_redirects_by_a_matter_and_says_why_a_command_is_dead(
    store: Store, handler: Seat
) -> None:
    litter = store.public.send(LITTER)
    handler.stand_on(litter)
    handler.hands.press("Return")
    dead = offered(handler, "reopen")[0]
    assert (dead.enabled, dead.why_disabled) == (False, "It is open already.")
    assert offered(handler, "red no")[0].text == "Redirect noise"
    handler.hands.press("Ctrl+K")
    handler.hands.write("red lit")
    handler.hands.press("Return")
    form = handler.main.work.decide.redirect.agency
    handler.until_reads("Redirect to Fenland District Council")
    assert "Thank you for telling us about litter." in form.message.text
    assert "You chose rule R02 litter" in form.checks.lines
    assert "ReportRedirected" not in store.told(litter)
    handler.hands.press("0")
    handler.press_primary()
    handler.until_sent()
    assert store.event(litter, "ReportRedirected")["rule"] == "R02"
