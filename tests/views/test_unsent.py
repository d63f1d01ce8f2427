"""Signing out with unsent work asks first; notices stay until they are read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.flow.test_work_is_locked import Holder
from tests.views.screens import type_into
from tests.views.stage import SAM, Night, effective
from tests.views.test_shell import window
from workstation.cache.parcel import CONTACT
from workstation.domain.story import AddNote
from workstation.ui.label import Secondary
from workstation.views.kept_work import elsewhere
from workstation.views.shell import TAKING
from workstation.views.unsent_box import LEAVE


def test_signing_out_with_nothing_unsent_asks_nothing(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    with qtbot.waitSignal(shown.sign_out_asked):
        shown.sign_out()


def test_signing_out_with_unsent_work_stays_by_enter_and_by_escape(
    qtbot: QtBot, night: Night
) -> None:
    shown, kelly = window(qtbot, night.desk), night.seat()
    kelly.line.is_cut = True
    kelly.do(AddNote(report=night["r2"], text="Unsent"))
    told: list[bool] = []
    shown.sign_out_asked.connect(lambda: told.append(True))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        shown.sign_out()
        box = shown.leaving.unsent
        assert box.windowTitle() == "1 thing is not sent"
        reference = effective(night.desk, night["r2"]).reference
        assert [line.partition(" “")[0] for line in box.lines] == [f"02:47 Note on {reference}"]
        QTest.keyClick(box.focusWidget() or box, key)
        assert not shown.leaving.unsent.isVisible()
    assert told == []
    shown.sign_out()
    QTest.mouseClick(shown.leaving.unsent.buttons[LEAVE], Qt.MouseButton.LeftButton)
    assert told == [True]


def test_of_many_unsent_acts_some_are_named_and_the_rest_counted(
    qtbot: QtBot, night: Night
) -> None:
    shown, kelly = window(qtbot, night.desk), night.seat()
    kelly.line.is_cut = True
    for n in range(8):
        kelly.do(AddNote(report=night["r2"], text=f"<b>{n}</b>"))
    shown.sign_out()
    box = shown.leaving.unsent
    assert box.windowTitle() == "8 things are not sent"
    assert len(box.lines) == 6
    assert "and 2 more" in [label.text() for label in box.findChildren(Secondary)]
    for key in (Qt.Key.Key_Backtab, Qt.Key.Key_Space):
        QTest.keyClick(box.focusWidget(), key)
    assert not box.isVisible()


def test_a_notice_stays_until_it_is_read_and_the_next_one_follows(
    qtbot: QtBot, night: Night
) -> None:
    shown, desk = window(qtbot, night.desk), night.desk
    for sentence in ("First.", "Second."):
        desk.stock.notices.add(sentence)
    desk.link_changed.emit(desk.link())
    for sentence in ("First.", "Second."):
        assert shown.notice.isVisible()
        assert shown.notice.accessibleName() == sentence
        shown.notice.acted.emit()
    assert not shown.notice.isVisible()


def test_the_window_stays_open_while_an_act_is_not_saved(qtbot: QtBot, night: Night) -> None:
    shown, desk = window(qtbot, night.desk), night.desk
    holder = Holder(night.seat())
    night.seat().do(AddNote(report=night["r2"], text="Unsaved"))
    assert "1 NOT YET SAVED" in shown.status.waiting.text()
    event = QCloseEvent()
    shown.closeEvent(event)
    assert not event.isAccepted()
    holder.close()
    event = QCloseEvent()
    shown.closeEvent(event)
    assert event.isAccepted()
    assert desk.link().unsaved == 0


@pytest.mark.invariant("I6")
def test_a_contact_that_is_not_on_record_is_not_left_without_a_word(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    told: list[bool] = []
    shown.sign_out_asked.connect(lambda: told.append(True))
    shown.go(TAKING)
    type_into(shown.taking.what.account, "My husband is outside, he has")
    shown.sign_out()
    box = shown.leaving.unsent
    assert box.windowTitle() == "1 thing is not sent"
    assert box.lines == ["02:47 Contact you began: “My husband is outside, he has”"]
    assert "not on record" in box.accessibleDescription()
    QTest.keyClick(box.focusWidget() or box, Qt.Key.Key_Return)
    assert told == []
    shown.taking.drafts.discard()
    shown.sign_out()
    assert told == [True]


@pytest.mark.invariant("I6")
def test_a_supervisor_is_told_of_a_contact_left_half_taken(night: Night) -> None:
    kelly, sam = night.seat(), night.seat(SAM)
    kelly.desk.save_draft(CONTACT, "account", "My husband is outside, he has")
    kelly.exchange()
    sam.exchange()
    assert sam.desk.waiting_elsewhere() == ()
    night.clock.pass_by(minutes=2)
    sam.exchange()
    (waiting,) = sam.desk.waiting_elsewhere()
    assert (waiting.name, waiting.count, waiting.calls) == ("Kelly Rowe", 1, 1)
    words = elsewhere(waiting, night.clock.now())
    assert words.startswith("1 contact not on record yet of Kelly Rowe waits at W-kelly since ")
    assert "release" not in words
    kelly.desk.drop_draft(CONTACT, "account")
    kelly.exchange()
    sam.exchange()
    assert sam.desk.waiting_elsewhere() == ()
