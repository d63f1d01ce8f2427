"""A supervisor releases a colleague's kept work by keyboard, and sees what waits elsewhere."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.stage import KELLY, MO, NOW, SAM, Night, Seat
from tests.world import PASSWORD
from workstation.desk import Desk, Released, WaitingWork
from workstation.domain.grading import EscalateEmergency
from workstation.domain.roles import PersonId, Role
from workstation.domain.story import AddNote
from workstation.views.kept_work import elsewhere, told
from workstation.views.shell import ATTENTION, MainWindow

PC = f"W-{SAM}"


def leaves(night: Night, pc: str, *texts: str) -> None:
    """Kelly worked at this PC with the line cut, and went."""
    kelly = Seat(night.world, KELLY, pc)
    kelly.exchange()
    kelly.line.is_cut = True
    for text in texts:
        kelly.do(AddNote(report=night["r1"], text=text))
    kelly.close()


@pytest.fixture
def sam(night: Night) -> Desk:
    """A supervisor's desk at the PC that Kelly left."""
    leaves(night, PC, "One", "Two")
    night.clock.pass_by(minutes=2)
    return night.seat(SAM).desk


@pytest.fixture
def window(qtbot: QtBot, sam: Desk) -> Iterator[MainWindow]:
    """The supervisor's window, where everything that needs attention stands."""
    made = MainWindow(sam)
    qtbot.addWidget(made, before_close_func=lambda _: made.leaving.let_go())
    made.resize(1366, 768)
    made.show()
    made.go(ATTENTION)
    yield made
    made.hide()


def test_it_is_released_from_the_keyboard_and_what_came_of_it_is_told(
    night: Night, window: MainWindow
) -> None:
    (card,) = window.attention.kept_work.cards.values()
    assert card.what.text().startswith("Work of Kelly Rowe on this PC: 2 acts since ")
    card.why.setFocus()
    QTest.keyClick(card.why, Qt.Key.Key_Return)
    assert card.error.text() == "Say in a sentence why it is released."
    QTest.keyClicks(card.why, "Kelly went home ill")
    QTest.keyClick(card.why, Qt.Key.Key_Return)
    assert not card.error.isVisible()
    assert card.told.text() == "Sending: 0 sent, 2 to go."
    assert not card.why.isVisible()
    night.seat(SAM).exchange()
    assert card.told.text() == "2 acts of Kelly Rowe sent: 2 accepted."
    window.open_report(night["r1"])
    told_of = [one.accessibleName() for one in window.work.report.log.lines()]
    (line,) = [said for said in told_of if ", One, " in said]
    assert "Kelly Rowe" in line
    assert "released by Sam Shaw" in line
    window.go(ATTENTION)
    assert window.attention.kept_work.cards == {}


def test_the_reason_being_typed_is_kept(night: Night, window: MainWindow, sam: Desk) -> None:
    (card,) = window.attention.kept_work.cards.values()
    QTest.keyClicks(card.why, "Kelly went")
    card.drafts.flush()
    again = MainWindow(sam)
    (other,) = again.attention.kept_work.cards.values()
    assert other.why.text() == "Kelly went"
    again.leaving.let_go()
    again.deleteLater()
    assert sam.unsent() == {}


def test_what_waits_at_another_pc_stands_in_one_line(qtbot: QtBot, night: Night) -> None:
    leaves(night, "W07", "One")
    dee = Seat(night.world, "dee", "W07")
    dee.exchange()
    dee.close()
    night.clock.pass_by(minutes=5)
    sam = night.seat(SAM).desk
    window = MainWindow(sam)
    qtbot.addWidget(window, before_close_func=lambda _: window.leaving.let_go())
    line = window.attention.kept_work.lines.text()
    assert line.startswith("1 act of Kelly Rowe waits at W07")
    assert line.endswith("Ask Kelly Rowe to sign in at W07, or sign in there and release it.")
    assert window.attention.kept_work.cards == {}


def test_a_handler_sees_nothing_of_it(qtbot: QtBot, night: Night) -> None:
    kelly = night.seat()
    colleague = Seat(night.world, "mo", f"W-{KELLY}")
    colleague.exchange()
    colleague.line.is_cut = True
    colleague.do(AddNote(report=night["r1"], text="One"))
    colleague.close()
    kelly.restart()
    kelly.exchange()
    window = MainWindow(kelly.desk)
    qtbot.addWidget(window, before_close_func=lambda _: window.leaving.let_go())
    assert not window.attention.kept_work.has_any()


def test_what_is_left_and_why_is_told_in_words() -> None:
    assert told(Released("A", 1, 1, is_over=True)) == (
        "2 acts of A sent: 1 accepted, 1 refused: see below."
    )
    assert told(Released("A", 1, 0, 3, "The line is down.", is_over=True)) == (
        "1 act of A sent: 1 accepted. 3 acts still kept here. The line is down."
    )


def test_a_name_with_a_line_end_makes_no_second_line(sam: Desk) -> None:
    name = "W01 since 09:00\n7 acts of Sam wait at W02"
    waiting = WaitingWork(PersonId(KELLY), "Kelly", name, 1, NOW)
    (line,) = elsewhere(waiting, NOW, sam.pack).splitlines()
    told_of = "1 act of Kelly waits at W01 since 09:00 7 acts of Sam wait at W02 since 02:47"
    assert line.startswith(told_of)


def test_an_emergency_that_was_left_stands_out_at_this_pc_and_elsewhere(
    qtbot: QtBot, night: Night
) -> None:
    for pc in (PC, "W07"):
        kelly = Seat(night.world, KELLY, pc)
        kelly.exchange()
        kelly.line.is_cut = True
        kelly.do(EscalateEmergency(report=night["r1"], why="He is at the door"))
        kelly.close()
    mo = Seat(night.world, MO, "W07")
    mo.exchange()
    mo.close()
    night.clock.pass_by(minutes=2)
    sam = night.seat(SAM).desk
    window = MainWindow(sam)
    qtbot.addWidget(window, before_close_func=lambda _: window.leaving.let_go())
    window.show()
    window.go(ATTENTION)
    kept = window.attention.kept_work
    alarm = f"DISPATCH may not have an emergency: ring {sam.pack.dispatch.phone}."
    [card] = kept.cards.values()
    assert card.alarm.isVisible()
    assert card.alarm.accessibleName().strip() == alarm
    assert card.accessibleName().startswith(alarm)
    assert kept.alarm.isVisible()
    assert kept.alarm.accessibleName().startswith(f"{alarm} 1 act of Kelly Rowe waits at W07")
    assert not kept.lines.isVisible()
    window.hide()


def test_its_alarm_stays_where_the_store_refused_what_sends_officers(
    qtbot: QtBot, night: Night
) -> None:
    kelly = Seat(night.world, KELLY, PC)
    kelly.exchange()
    kelly.line.is_cut = True
    kelly.do(EscalateEmergency(report=night["r1"], why="He is at the door"))
    kelly.close()
    night.world.api.accounts.add(KELLY, "Kelly Rowe", (Role.ADMINISTRATOR,), PASSWORD)
    sam = night.seat(SAM)
    window = MainWindow(sam.desk)
    qtbot.addWidget(window, before_close_func=lambda _: window.leaving.let_go())
    window.show()
    window.go(ATTENTION)
    [card] = window.attention.kept_work.cards.values()
    assert sam.desk.release(PersonId(KELLY), "She went home.") is None
    sam.exchange()
    assert card.told.text().endswith("1 refused: see below.")
    assert card.alarm.isVisible()
    window.hide()
