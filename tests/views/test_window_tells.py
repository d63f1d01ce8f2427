"""What the window says where something is not sent, not saved or not opened, on every page."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.flow.test_work_is_locked import Holder
from tests.views.stage import DEE, MO, NOW, Night, effective
from tests.views.test_shell import go_offline, press_ctrl_enter, window
from workstation.cache.work import HELD
from workstation.domain.claiming import ClaimReport
from workstation.domain.grading import EscalateEmergency, TellByVoice
from workstation.domain.story import AddNote
from workstation.ui.icon_label import IconLabel
from workstation.ui.toast import Toast
from workstation.views.decide.grade_words import NOT_YET
from workstation.views.reasons import ON_ITS_WAY
from workstation.views.report.standing import standings

TOLD = "window.told"


def icons(toast: Toast) -> list[str]:
    return [mark._icon_name for mark in toast.findChildren(IconLabel)]


@pytest.mark.fault("F6")
def test_with_the_line_down_the_red_bar_stands_the_moment_officers_are_sent_for(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    assert shown.commands.why_not(TOLD) == "Dispatch has everything."
    go_offline(night, "r2")
    night.seat().do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    assert shown.undelivered.isVisible()
    assert shown.commands.run(TOLD)
    assert shown.undelivered.items()[0].told.hasFocus()


@pytest.mark.fault("F6")
def test_what_was_on_its_way_when_the_line_went_is_told_at_once(
    qtbot: QtBot, night: Night
) -> None:
    shown, kelly = window(qtbot, night.desk), night.seat()
    kelly.line.is_cut = True
    kelly.do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    assert not shown.undelivered.isVisible()
    assert shown.commands.why_not(TOLD) == ON_ITS_WAY
    kelly.exchange()
    assert shown.undelivered.isVisible()
    kelly.line.is_cut = False
    kelly.exchange()
    assert not shown.undelivered.isVisible()
    assert shown.commands.why_not(TOLD) == "Dispatch has everything."


@pytest.mark.fault("F20")
def test_what_is_not_on_the_disk_is_called_not_saved_until_it_is(
    qtbot: QtBot, night: Night
) -> None:
    shown, kelly, desk = window(qtbot, night.desk), night.seat(), night.desk
    kelly.do(AddNote(report=night["r1"], text="Kept"))
    holder = Holder(kelly)
    kelly.do(AddNote(report=night["r2"], text="Unsaved"))
    assert shown.unsaved.isVisible()
    assert shown.unsaved.accessibleName().startswith("1 act is not saved: The file of your work")
    assert HELD in shown.unsaved.accessibleName()
    assert "Keep this window open" in shown.unsaved.accessibleName()
    chips = shown.work.report.header.chip_texts
    shown.work.show_report(night["r1"])
    assert "On this desk, not sent" in chips()
    shown.work.show_report(night["r2"])
    assert "Not saved yet" in chips()
    assert "On this desk, not sent" not in chips()
    event = QCloseEvent()
    shown.closeEvent(event)
    assert not event.isAccepted()
    box = shown.leaving.unsaved
    assert box is not None
    assert box.windowTitle() == "1 act is not saved yet"
    assert [line.partition(" on ")[0] for line in box.lines] == ["02:47 Note"]
    box.reject()
    assert shown.isVisible()
    holder.close()
    desk.tick()
    assert not shown.unsaved.isVisible()
    assert "On this desk, not sent" in chips()
    assert "Not saved yet" not in chips()


def test_a_notice_is_seen_on_every_page(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r1"])
    shown.say("It is sent.")
    composer = shown.work.report.composer
    for page in ("queue", "attention", "taking"):
        shown.go(page)
        assert shown.toasts.isVisible()
        on_top = shown.pages.childAt(shown.toasts.geometry().center())
        assert on_top is not None
        assert shown.toasts.isAncestorOf(on_top), "no page lies over it"
        assert shown.pages.rect().contains(shown.toasts.geometry())
        if page == "queue":
            top = composer.mapTo(shown.pages, composer.rect().topLeft())
            assert shown.toasts.geometry().bottom() < top.y()
            assert shown.toasts.x() == top.x()
        if page == "taking":
            assert not shown.toasts.geometry().intersects(shown.taking.foot.geometry())


def test_ctrl_enter_settles_what_was_refused(qtbot: QtBot, night: Night) -> None:
    desk, kelly = night.desk, night.seat()
    shown = window(qtbot, desk)
    kelly.line.is_cut = True
    night.meanwhile(MO, ClaimReport(report=night["r2"]))
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    shown.go("attention")
    (card,) = shown.attention.cards()
    card.done.setFocus()
    QTest.keyClicks(card.done, "Left it to Mo")
    press_ctrl_enter()
    assert list(desk.stock.jottings.settled().values()) == ["Left it to Mo"]
    assert not shown.attention.cards()


def test_ctrl_enter_logs_whom_dispatch_was_told_through(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    go_offline(night, "r2")
    night.seat().do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    shown.tell_by_voice()
    QTest.keyClicks(shown.undelivered.items()[0].told, "PC Lamb, 02:48")
    press_ctrl_enter()
    assert effective(night.desk, night["r2"]).told_by_voice is not None
    assert not shown.undelivered.isVisible()


def test_a_notice_that_dispatch_has_not_got_it_goes_once_dispatch_has(
    qtbot: QtBot, night: Night
) -> None:
    shown, kelly = window(qtbot, night.desk), night.seat()
    shown.work.show_report(night["r2"])
    kelly.line.is_cut = True
    kelly.do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    shown.work.decide.waits.emit(NOT_YET)
    shown.say("A note was added.")
    kelly.exchange()
    assert [one.accessibleName() for one in shown.toasts.shown] == [NOT_YET, "A note was added."]
    kelly.line.is_cut = False
    kelly.exchange()
    assert [one.accessibleName() for one in shown.toasts.shown] == ["A note was added."]


def test_a_dispatcher_is_told_to_open_it_and_not_to_ring_herself(
    qtbot: QtBot, night: Night
) -> None:
    desk = night.seat(DEE).desk
    shown = window(qtbot, desk)
    missing = effective(desk, night["r4"])
    told = shown.unopened.accessibleName()
    assert told.startswith(f"Nobody has opened {missing.reference}, Immediate, for ")
    assert "Open it." in told
    assert "Ring" not in told
    shown.unopened.action.setFocus()
    QTest.keyClick(shown.unopened.action, Qt.Key.Key_Space)
    assert shown.work.report.report_id == missing.id
    others = window(qtbot, night.desk).unopened.accessibleName()
    assert f"Ring {desk.pack.dispatch.phone}." in others


def test_that_dispatch_was_told_by_voice_stands_on_the_page(qtbot: QtBot, night: Night) -> None:
    night.seat().do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    night.seat().do(TellByVoice(report=night["r2"], told="PC Lamb"))
    report = effective(night.desk, night["r2"])
    (told,) = [one for one in standings(report, night.desk.person, NOW) if "voice" in one.lead]
    assert (told.lead, told.text) == ("Dispatch told by voice", "02:47, Kelly Rowe: PC Lamb")


def test_a_second_notice_is_shown_in_full(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r1"])
    for sentence in ("A note was added.", "A supervisor was asked to look."):
        shown.say(sentence)
    assert all(one.isVisible() for one in shown.toasts.shown)
    needed = sum(one.sizeHint().height() for one in shown.toasts.shown)
    assert shown.toasts.height() >= needed


def test_a_notice_stands_above_the_key_that_logs_answers(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.resize(1366, 768)
    shown.work.show_report(night["r2"])
    shown.work.report.ask_questions()
    shown.say("Crime 35/1/26.")
    foot = shown.work.report.guides.foot
    qtbot.waitUntil(foot.isVisible)
    shown.toasts.place()
    top = foot.mapTo(shown.pages, QPoint(0, 0)).y()
    assert shown.toasts.geometry().bottom() < top
