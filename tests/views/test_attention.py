"""Needs attention: each person sees what they can settle."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.views.screens import a_window
from tests.views.stage import MO, SAM, Night
from tests.views.test_shell import window
from workstation.domain.claiming import ClaimReport
from workstation.domain.story import AddNote
from workstation.sync.transport import ServerRefused
from workstation.views.attention import what_waits
from workstation.views.shell import ATTENTION, MainWindow

TYPED = "I rang Kelly: the caller is at the bridge"


def test_what_was_refused_to_a_colleague_is_the_supervisors_to_settle_and_nobody_elses(
    qtbot: QtBot, night: Night
) -> None:
    kelly = night.seat()
    kelly.line.is_cut = True
    night.seat(MO).do(ClaimReport(report=night["r2"]))
    night.seat(MO).exchange()
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    shown = {}
    for who in (MO, SAM):
        night.seat(who).exchange()
        shown[who] = window(qtbot, night.seat(who).desk).attention.cards()
    assert shown[MO] == []
    [card] = shown[SAM]
    assert card.title.text().startswith("Taking the report, by Kelly Rowe")


@contextmanager
def begun(night: Night) -> Iterator[MainWindow]:
    """Sam types what was done about Kelly's refusal while Kelly settles it herself."""
    kelly, sam = night.seat(), night.seat(SAM)
    kelly.line.is_cut = True
    night.seat(MO).do(ClaimReport(report=night["r2"]))
    night.seat(MO).exchange()
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    sam.exchange()
    with a_window(sam.desk) as shown:
        shown.go(ATTENTION)
        [card] = shown.attention.cards()
        QTest.keyClicks(card.done, TYPED)
        kelly.desk.settle(card.one.case.id, "left it")
        kelly.exchange()
        sam.exchange()
        yield shown


@pytest.mark.invariant("I7")
def test_words_on_what_somebody_else_settled_stay_on_their_card_and_become_a_note(
    night: Night,
) -> None:
    with begun(night) as shown:
        [card] = shown.attention.cards()
        assert card.done.text() == TYPED
        said = card.meanwhile.accessibleName()
        assert said.startswith("Settled by Kelly Rowe, 02:47: “left it”. Your words are kept")
        assert not card.settling.isVisible()
        QTest.keyClick(card.done, Qt.Key.Key_Return)
        assert shown.attention.cards() == [card]
        card.meanwhile.action.click()
        assert shown.attention.cards() == []
        desk = shown.desk
        assert TYPED in [one.entry.text for one in desk.entries(night["r2"])]
        assert desk.drafts(night["r2"]) == []


@pytest.mark.invariant("I7")
def test_such_a_card_is_there_after_a_restart_until_its_words_are_discarded(night: Night) -> None:
    with begun(night):
        pass
    desk = night.seat(SAM).restart()
    with a_window(desk) as shown:
        shown.go(ATTENTION)
        [card] = shown.attention.cards()
        assert card.done.text() == TYPED
        assert not card.kept.isVisible(), "one Discard is enough"
        card.meanwhile.discard.click()
        assert shown.attention.cards() == []
        assert desk.drafts(night["r2"]) == []
        assert TYPED not in [one.entry.text for one in desk.entries(night["r2"])]


def test_where_the_store_refuses_to_take_work_the_page_says_why(night: Night) -> None:
    kelly = night.seat()
    kelly.line.unreadable = b"POISON"
    kelly.line.complaint = ServerRefused(403, "author-other", "That is not yours.", None)
    kelly.do(AddNote(report=night["r2"], text="POISON"))
    kelly.exchange()
    link = kelly.desk.link()
    assert link.problem
    assert what_waits(kelly.desk) == (
        "Nothing is left to settle",
        f"1 act waits on this desk. {link.problem}",
    )


def test_once_a_refusal_is_settled_nobody_says_that_it_was_accepted(night: Night) -> None:
    kelly = night.seat()
    kelly.line.is_cut = True
    night.seat(MO).do(ClaimReport(report=night["r2"]))
    night.seat(MO).exchange()
    kelly.do(ClaimReport(report=night["r2"]))
    kelly.line.is_cut = False
    kelly.exchange()
    [one] = kelly.desk.attention()
    kelly.desk.settle(one.case.id, "left it")
    kelly.exchange()
    assert what_waits(kelly.desk) == ("Nothing needs attention", "Nothing is left to settle.")
