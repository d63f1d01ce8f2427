"""Back where I was: after an interruption one key returns to report, panel, field and cursor."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.views.screens import a_window, type_into
from tests.views.stage import Night
from tests.views.test_say_form import redirect
from workstation.store import feed
from workstation.ui.text_area import TextArea
from workstation.views.decide.column import GRADE
from workstation.views.report.ask_form import AskForm
from workstation.views.report.log_acts import CONTACTING
from workstation.views.shell import TAKING, MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(night: Night) -> Iterator[MainWindow]:
    with a_window(night.desk) as shown:
        yield shown


def back(window: MainWindow) -> str:
    """Press the key; what the notice says."""
    focus = QApplication.focusWidget()
    QTest.keyClick(focus or window, Qt.Key.Key_B, CTRL)
    return window.toasts.shown[-1].accessibleName() if window.toasts.shown else ""


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def form_of(window: MainWindow) -> AskForm:
    form = window.work.report.form
    assert form is not None
    return form


def at_reason(window: MainWindow, night: Night, name: str = "r1") -> TextArea:
    """Kelly writes why this grade, and the cursor stands within what she wrote."""
    window.open_report(night[name])
    window.work.decide.open_panel(GRADE)
    reason = window.work.decide.grade.reason
    type_into(reason, "He knows where she parks")
    cursor = reason.textCursor()
    cursor.setPosition(8)
    reason.setTextCursor(cursor)
    return reason


def test_one_key_returns_to_report_panel_field_and_cursor(
    window: MainWindow, night: Night
) -> None:
    reason = at_reason(window, night)
    window.open_report(night["r4"])
    assert reason.text == ""
    window.work.decide.open_panel(2)
    night.clock.pass_by(minutes=6)
    assert back(window) == "You were at “Why this grade” in Assess and grade, 6 min ago."
    assert window.work.report.report_id == night["r1"]
    assert window.work.decide.accordion.open_index == GRADE
    assert focused() is reason
    assert (reason.text, reason.textCursor().position()) == ("He knows where she parks", 8)


def test_the_field_is_in_sight_at_the_smallest_screen(
    window: MainWindow, night: Night, qtbot: QtBot
) -> None:
    window.resize(1366, 768)
    reason = at_reason(window, night)
    window.open_report(night["r4"])
    QApplication.processEvents()
    back(window)
    room = window.work.decide.area.viewport()
    qtbot.waitUntil(lambda: room.rect().contains(reason.mapTo(room, reason.rect().center())))


def test_a_call_that_is_taken_is_an_interruption_and_one_to_come_back_to(
    window: MainWindow, night: Night
) -> None:
    window.open_report(night["r1"])
    window.work.report.write_note()
    type_into(window.work.report.composer.text, "She says he")
    window.go(TAKING)
    account = window.taking.what.account
    QTest.keyClicks(account, "A man with a knife")
    window.taking.drafts.flush()
    assert back(window).startswith("You were writing in the log, just now.")
    note = window.work.report.composer.text
    assert focused() is note
    assert (note.text, note.textCursor().position()) == ("She says he", 11)
    assert back(window).startswith("You were taking a call")
    assert window.is_taking()
    assert focused() is account
    assert account.textCursor().position() == len("A man with a knife")


def test_a_call_of_which_no_word_is_open_is_no_place(window: MainWindow, night: Night) -> None:
    at_reason(window, night)
    window.go(TAKING)
    window.go("queue")
    back(window)
    assert not window.is_taking()
    assert window.work.report.report_id == night["r1"]


def test_a_question_is_gone_on_with_where_it_was_asked(window: MainWindow, night: Night) -> None:
    window.open_report(night["r1"])
    page = window.work.report
    page.ask_questions()
    page.guides.choose("domestic-abuse")
    assert page.guides.form is not None
    row = next(one for one in page.guides.form.rows.values() if one.line is None)
    row.take_focus()
    window.open_report(night["r4"])
    assert page.guides.isHidden()
    night.clock.pass_by(minutes=65)
    assert back(window) == f"You were asking “{row.question.ask}”, 1 h 05 ago."
    assert page.guides.isVisible()
    assert row.isAncestorOf(focused())


def test_a_key_fact_that_is_asked_about_is_a_place(window: MainWindow, night: Night) -> None:
    window.open_report(night["r1"])
    window.work.report.edit_facts()
    line = window.work.report.facts.form.line("injuries")
    line.setFocus()
    window.open_report(night["r4"])
    said = back(window)
    assert said == f"You were asking about “{line.accessibleName()}”, just now."
    assert focused() is line


def test_a_form_without_a_word_in_it_stands_open_again(window: MainWindow, night: Night) -> None:
    window.open_report(night["r1"])
    window.work.report.ask(CONTACTING)
    said = form_of(window).fields["words"].editor
    said.setFocus()
    window.open_report(night["r4"])
    assert not isValid(said) or not said.isVisible()
    back(window)
    assert focused() is form_of(window).fields["words"].editor


def test_what_is_selected_in_a_line_is_selected_again(window: MainWindow, night: Night) -> None:
    window.open_report(night["r1"])
    window.work.report.edit_facts()
    line = window.work.report.facts.form.line("people")
    line.setFocus()
    line.setSelection(5, -5)
    window.open_report(night["r4"])
    back(window)
    field = focused()
    assert isinstance(field, QLineEdit)
    assert (field.selectedText(), field.cursorPosition()) == ("Dean ", 0)


def test_several_interruptions_are_gone_back_through_and_round(
    window: MainWindow, night: Night
) -> None:
    for name in ("r1", "r4", "r6"):
        window.open_report(night[name])
    seen = []
    for _ in range(3):
        back(window)
        seen.append(window.work.report.report_id)
    assert seen == [night["r4"], night["r1"], night["r6"]]


def test_what_was_only_looked_at_from_the_list_or_is_decided_is_no_place(
    window: MainWindow, night: Night
) -> None:
    at_reason(window, night)
    window.work.list.rows.take_focus()
    for name in ("r4", "r6"):
        window.work.show_report(night[name])
    window.open_report(night["r7"])
    window.work.decide.open_panel(GRADE)
    redirect(night, "r7")
    window.work.decide.done.emit("Redirected.")
    assert window.work.report.report_id != night["r7"]
    back(window)
    assert window.work.report.report_id == night["r1"]


def test_from_the_list_one_comes_back_into_the_report_on_screen(
    window: MainWindow, night: Night
) -> None:
    reason = at_reason(window, night)
    window.go("queue")
    assert focused() is window.work.list.rows.list
    back(window)
    assert focused() is reason
    assert reason.textCursor().position() == 8


def test_a_report_that_is_not_visible_any_more_says_so(window: MainWindow, night: Night) -> None:
    at_reason(window, night)
    window.work.decide.drafts.flush()
    report = night.desk.report(night["r1"])
    assert report is not None
    window.open_report(night["r4"])
    with night.world.database.write() as connection:
        feed.rescope(connection, night["r1"], "restricted:1", "scope")
    night.seat().exchange()
    assert night.desk.report(night["r1"]) is None
    assert back(window) == (
        f"{report.report.reference} is not shown to you any more. "
        "What you began there is kept: Needs attention (Ctrl+4)."
    )
    assert window.work.report.report_id == night["r4"]
    assert window.commands.why_not("window.back") == ""


def test_where_nothing_was_interrupted_the_key_says_why_it_is_dead(window: MainWindow) -> None:
    assert window.commands.why_not("window.back") == "Nothing was interrupted here."
    assert back(window) == ""
