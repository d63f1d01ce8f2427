"""A number that is held: its author reads whom to ask, a supervisor lets it be recorded."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, SAM, Night, effective
from tests.views.test_shell import window
from workstation.domain.crime import RecordCrime
from workstation.domain.numbers import series_at
from workstation.domain.report import CrimeId, Victim
from workstation.store.verify import verify
from workstation.ui.button import Button
from workstation.views.attention import AttentionPage
from workstation.views.attention_card import (
    ASKED,
    RELEASE_SENT,
    WHAT_RELEASE_DOES,
    WHOM_TO_ASK,
    AttentionCard,
)
from workstation.views.shell import ATTENTION, MainWindow

NOT_FREE = "is not free for outbox"
WHY = "Mo lent her the PC; the victim has the number."


@pytest.fixture
def held(quiet_night: Night) -> Night:
    """Kelly recorded a crime under a number that was lent to Mo's desk."""
    night, noise = quiet_night, quiet_night["noise"]
    series = series_at(night.desk.pack, "crime", night.clock.now())
    serial = night.seat(MO).desk.stock.blocks.take(series)
    assert serial is not None
    command = RecordCrime(
        report=noise,
        crime=CrimeId("c1"),
        offence=night.desk.pack.offences[0].code,
        victim=Victim("the Crown"),
        series=series,
        serial=serial,
        number=f"35/{serial}/26",
    )
    night.seat().do(command)
    night.seat().exchange()
    return night


def card_of(shown: MainWindow) -> AttentionCard:
    shown.go(ATTENTION)
    page = shown.pages.currentWidget()
    assert isinstance(page, AttentionPage)
    (card,) = page.cards()
    return card


def tab_to(button: Button) -> None:
    """Go there by keyboard alone."""
    for _ in range(20):
        focus = QApplication.focusWidget()
        if focus is button:
            return
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"“{button.text()}” cannot be reached by Tab.")


@pytest.mark.expects_log(NOT_FREE)
def test_its_author_is_told_whom_to_ask(qtbot: QtBot, held: Night) -> None:
    shown = window(qtbot, held.desk)
    card = card_of(shown)
    assert card.held.isVisible()
    assert card.held.text() == WHOM_TO_ASK
    assert card.why.text().startswith("Held: ")
    assert not card.release.isVisible()


@pytest.mark.expects_log(NOT_FREE)
@pytest.mark.invariant("I36")
def test_its_author_settles_nothing_and_asks_by_one_key(qtbot: QtBot, held: Night) -> None:
    card = card_of(window(qtbot, held.desk))
    assert not card.settling.isVisible()
    assert not card.done.isVisible()
    refusal = held.desk.settle(card.one.case.id, "ok")
    assert refusal is not None
    assert refusal.code == "case/held"
    assert [one.case.id for one in held.desk.attention()] == [card.one.case.id]
    card.ask.setFocus()
    QTest.keyClick(card.ask, Qt.Key.Key_F8)
    assert card.held.text() == ASKED
    assert not card.ask.isEnabled()
    lines = [one.entry.title for one in held.desk.entries(held["noise"])]
    assert len([title for title in lines if "upervisor" in title]) == 1


@pytest.mark.expects_log(NOT_FREE)
def test_a_supervisor_who_settles_it_leaves_the_number_in_the_story(
    qtbot: QtBot, held: Night
) -> None:
    sam = held.seat(SAM)
    sam.exchange()
    card = card_of(window(qtbot, sam.desk))
    number = card.one.number
    assert number.startswith("35/")
    QTest.keyClicks(card.done, "The victim has 35/9/26 now.")
    card.settling.click()
    sent = sam.desk.entries(held["noise"])[-1].entry
    assert (sent.title, sent.text) == (
        f"Number {number} not recorded",
        "The victim has 35/9/26 now.",
    )
    assert sam.exchange()
    told = [one.entry.title for one in sam.desk.entries(held["noise"])]
    assert told.count(f"Number {number} not recorded") == 1


@pytest.mark.expects_log(NOT_FREE)
def test_a_supervisor_reads_an_offence_by_name_and_whom_the_sentence_was_told(
    qtbot: QtBot, held: Night
) -> None:
    sam = held.seat(SAM)
    sam.exchange()
    card = card_of(window(qtbot, sam.desk))
    assert card.why.text().startswith("Held. Kelly Rowe was told: ")
    assert f"Offence: {held.desk.pack.offences[0].title}" in card.mine.text()
    assert "Serial" not in card.mine.text()


@pytest.mark.expects_log(NOT_FREE)
def test_a_supervisor_releases_it_by_keyboard_and_both_names_stand(
    qtbot: QtBot, held: Night
) -> None:
    sam, noise = held.seat(SAM), held["noise"]
    sam.exchange()
    shown = window(qtbot, sam.desk)
    card = card_of(shown)
    assert card.held.text() == WHAT_RELEASE_DOES
    card.done.setFocus()
    tab_to(card.release)
    QTest.keyClick(card.release, Qt.Key.Key_Space)
    assert card.error.text() == "Say in a sentence why this may be recorded."
    assert QApplication.focusWidget() is card.done
    QTest.keyClicks(card.done, WHY)
    assert not card.error.isVisible()
    QTest.keyClick(card.done, Qt.Key.Key_Return)
    assert card.held.text() == RELEASE_SENT
    assert not card.release.isEnabled()
    assert sam.exchange()
    assert not shown.attention.cards()
    held.seat().exchange()
    (crime,) = effective(held.desk, noise).crimes
    assert crime.by.name == "Kelly Rowe"
    lines = {one.entry.title: one.entry for one in held.desk.entries(noise)}
    assert (lines["Held work released"].by.name, lines["Held work released"].text) == (
        "Sam Shaw",
        WHY,
    )
    assert held.desk.attention() == ()
    assert verify(held.world.database) == []
