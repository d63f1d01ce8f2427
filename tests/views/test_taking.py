"""Taking a call: words first, and officers on a place and one line."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import press, press_primary, settle
from tests.views.stage import effective
from workstation.desk import Desk
from workstation.domain.report import Channel, ReportId
from workstation.views.decide.drafts import SAVE_AFTER_MS
from workstation.views.taking.page import DRAFT, TakingPage

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> TakingPage:
    shown = TakingPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1366, 682)
    shown.show()
    shown.activateWindow()
    shown.begin()
    settle()
    return shown


def type_text(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)
    settle()


def test_the_cursor_stands_in_what_is_happening_and_one_word_is_enough(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    type_text("Burglary")
    with qtbot.waitSignal(page.taken) as taken:
        press_primary()
    report = effective(desk, ReportId(taken.args[0]))
    assert report.channel == Channel.CALL_101
    assert report.excerpt == "Burglary"
    assert report.claim is not None
    assert page.what.account.text == ""


def test_nothing_said_is_refused_beside_the_account(page: TakingPage) -> None:
    press_primary()
    assert "even one word" in page.what.fields["account"].error.text()


def test_an_emergency_needs_a_place_before_anything_is_put_on_record(
    desk: Desk, page: TakingPage
) -> None:
    type_text("He has a knife")
    press(Qt.Key.Key_E, CTRL_SHIFT)
    assert "Officers need a place" in page.what.where.error.text()
    assert desk.link().waiting == 0


def test_an_emergency_goes_with_a_place_and_one_line_and_opens_live(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    page.caller.channel.choose(1)
    page.what.account.setFocus()
    type_text("He has a knife")
    press(Qt.Key.Key_E, CTRL_SHIFT)
    type_text("Wisbech")
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.taken) as taken:
        press(Qt.Key.Key_E, CTRL_SHIFT)
    report = effective(desk, ReportId(taken.args[0]))
    assert report.is_emergency
    assert report.channel == Channel.CALL_999
    assert report.location.town == "Wisbech"
    assert report.grading is not None
    assert report.grading.reason == "He has a knife"


def test_an_unknown_place_with_its_reason_is_enough(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    page.what.where.unknown.click()
    type_text("Silent call")
    page.what.account.setFocus()
    type_text("Screaming in the background")
    with qtbot.waitSignal(page.taken) as taken:
        press(Qt.Key.Key_E, CTRL_SHIFT)
    assert effective(desk, ReportId(taken.args[0])).location.unknown_because == "Silent call"


def test_what_was_typed_is_kept_when_the_page_is_left(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    with qtbot.waitSignal(page.drafts.saved, timeout=SAVE_AFTER_MS * 10):
        type_text("A man is")
    press(Qt.Key.Key_Escape)
    kept = desk.draft(DRAFT, "account")
    assert kept is not None
    assert kept.text == "A man is"
    again = TakingPage(desk)
    qtbot.addWidget(again)
    again.begin()
    assert again.what.account.text == "A man is"


def test_whether_the_number_is_safe_to_ring_is_asked_and_stored_with_the_contact(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    type_text("He is in the next room")
    page.caller.back.safe.choose(2)
    page.caller.back.hidden.setText("Dean, her partner")
    with qtbot.waitSignal(page.taken) as taken:
        assert page.save_report()
    assert taken.args is not None
    contact = effective(desk, ReportId(taken.args[0])).safe_contact
    assert contact is not None
    assert contact.terms.unsafe == ("phone",)
    assert contact.terms.hidden_from == "Dean, her partner"
    assert page.caller.back.safe.chosen_index == 0
    assert page.caller.back.hidden.text() == ""


def test_that_nobody_was_asked_is_not_known_and_officers_do_not_wait_for_it(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    type_text("A knife")
    page.what.where.place.setText("12 Mill Road")
    with qtbot.waitSignal(page.taken) as taken:
        page.send_officers()
    assert taken.args is not None
    report = effective(desk, ReportId(taken.args[0]))
    assert report.is_emergency
    assert report.safe_contact is None


def test_what_was_said_of_ringing_back_goes_with_officers_too(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    type_text("A knife")
    page.what.where.place.setText("12 Mill Road")
    page.caller.back.safe.choose(1)
    with qtbot.waitSignal(page.taken) as taken:
        page.send_officers()
    assert taken.args is not None
    report = effective(desk, ReportId(taken.args[0]))
    assert report.is_emergency
    assert report.safe_contact is not None
    assert report.safe_contact.terms.ways == {"phone": "safe"}


def test_a_draft_keeps_whether_the_number_is_safe(
    qtbot: QtBot, desk: Desk, page: TakingPage
) -> None:
    type_text("He listens")
    page.caller.back.safe.choose(2)
    page.leave_page()
    again = TakingPage(desk)
    qtbot.addWidget(again)
    again.begin()
    assert again.caller.back.safe.chosen_index == 2
