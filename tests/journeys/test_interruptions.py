"""Interrupted in the middle of a word, a handler is back there by one key."""

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from tests.journeys.stage import Seat, Store

SHED, NOISE = "OPN-0035", "OPN-0077"


def test_a_999_is_taken_in_the_middle_of_a_note_and_the_note_is_gone_on_with(
    store: Store, handler: Seat
) -> None:
    shed = store.public.send(SHED)
    handler.stand_on(shed)
    handler.hands.press("Return", "F9", "Ctrl+L")
    handler.hands.write("She sees a torch in the garden")
    handler.hands.press("Home", "Right", "Right", "Right", "Right")
    handler.hands.press("Ctrl+T")
    handler.hands.write("My mother has fallen and does not answer")
    handler.until(lambda: handler.desk.begun_call() is not None)
    handler.hands.press("Ctrl+B")
    handler.until_reads("You were writing in the log, just now.")
    assert handler.main.work.report.report_id == shed
    note = QApplication.focusWidget()
    assert isinstance(note, QPlainTextEdit)
    handler.hands.write("now ")
    assert note.toPlainText() == "She now sees a torch in the garden"
    handler.hands.press("Ctrl+B")
    handler.until_reads("You were taking a call, just now.")
    handler.hands.write(" at all")
    account = handler.main.taking.what.account
    assert account.text == "My mother has fallen and does not answer at all"


def test_another_report_is_opened_in_the_middle_of_a_reason(store: Store, handler: Seat) -> None:
    shed, noise = store.public.send(SHED), store.public.send(NOISE)
    handler.stand_on(shed)
    handler.hands.press("Return", "F9", "F2")
    handler.tab_to("Why this grade")
    handler.hands.write("Tools are gone")
    handler.until(lambda: handler.desk.report(noise) is not None)
    handler.hands.press("Ctrl+K")
    handler.hands.write(handler.reference(noise))
    rows = handler.main.palette_box.rows
    number = handler.reference(noise)
    handler.until(
        lambda: any(number in one.detail for n in range(rows.rowCount()) if (one := rows.entry(n)))
    )
    handler.hands.press("Return")
    handler.until(lambda: handler.main.work.report.report_id == noise)
    handler.hands.press("Ctrl+B")
    handler.until_reads("You were at “Why this grade” in Assess and grade, just now.")
    assert handler.main.work.report.report_id == shed
    handler.hands.write(" and a bike")
    reason = handler.main.work.decide.grade.reason
    assert reason.toPlainText() == "Tools are gone and a bike"
