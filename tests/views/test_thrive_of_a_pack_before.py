"""THRIVE when the force has added or dropped an element: no grade is held up, no word goes."""

from functools import partial

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.views.screens import a_window, type_into
from tests.views.stage import Night, undone
from tests.world import cambridgeshire
from workstation.domain.pack import ThriveElement
from workstation.domain.packing import decode_pack, encode_pack
from workstation.store.founding import change_pack
from workstation.views.decide.grade_panel import GradePanel
from workstation.views.decide.keeping import act_and_forget
from workstation.views.decide.panel import Done
from workstation.views.decide.risk_draft import UNREAD
from workstation.views.shell import MainWindow

WORDS = "She has a knife under the pillow"
LAST = decode_pack(cambridgeshire()).thrive[-1]
ADDED = replace(LAST, key="X")


def bring(night: Night, *thrive: ThriveElement) -> None:
    """The force changes what is assessed, and Kelly's desk hears of it."""
    changed = replace(decode_pack(cambridgeshire()), thrive=thrive)
    change_pack(night.world.database, encode_pack(changed))
    night.seat().exchange()


def begin(window: MainWindow, night: Night) -> None:
    """A whole THRIVE with words on its last element, not sent."""
    window.open_report(night["r1"])
    risk = window.work.decide.risk
    for element in night.desk.pack.thrive:
        risk.set_level(element.key, element.levels[0])
    risk.set_words(LAST.key, WORDS)
    window.work.decide.drafts.flush()


def grade_of(window: MainWindow, night: Night) -> GradePanel:
    window.open_report(night["r1"])
    window.work.decide.open_panel(0)
    return window.work.decide.grade


def save(window: MainWindow, night: Night) -> None:
    """What the primary key does once it is no longer held."""
    decide = window.work.decide
    assert decide.panel is not None
    act = partial(act_and_forget, decide.panel, decide.drafts, decide.risk)
    assert isinstance(night.desk.in_one(act), Done)


@pytest.fixture
def dropped(night: Night) -> None:
    with a_window(night.desk) as window:
        begin(window, night)
        bring(night, *night.desk.pack.thrive[:-1])
    night.seat().restart()


@pytest.mark.usefixtures("dropped")
def test_what_was_begun_under_the_pack_before_can_be_sent(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        shown = night.desk.report(night["r1"])
        assert shown is not None
        command = window.work.decide.risk.command(shown.report)
        assert command is not None
        assert night.desk.submit(command) is None


@pytest.mark.usefixtures("dropped")
def test_words_on_what_is_no_longer_asked_are_shown_and_go_as_a_note(night: Night) -> None:
    with a_window(night.desk) as window:
        grade = grade_of(window, night)
        assert grade.rows.words[LAST.key].isVisible()
        assert grade.rows.words[LAST.key].text() == WORDS
        window.work.decide.risk.set_level("T", night.desk.pack.thrive[0].levels[0])
        save(window, night)
        assert undone(night.desk, night["r1"])[-2:] == ("AssessRisk", "AddNote")
        assert WORDS in night.desk.entries(night["r1"])[-1].entry.text
        assert LAST.key not in grade.rows.words
        assert night.desk.draft(night["r1"], "thrive") is None


@pytest.mark.usefixtures("dropped")
def test_words_on_what_is_no_longer_asked_can_be_cleared(night: Night) -> None:
    with a_window(night.desk) as window:
        grade = grade_of(window, night)
        line = grade.rows.words[LAST.key]
        line.setFocus()
        line.selectAll()
        QTest.keyClick(line, Qt.Key.Key_Delete)
        assert QApplication.focusWidget() is line
        line.clearFocus()
        grade = grade_of(window, night)
        shown = night.desk.report(night["r1"])
        assert shown is not None
        assert window.work.decide.risk.note(shown.report) is None
        assert LAST.key not in grade.rows.words


def test_a_level_on_record_that_is_no_longer_asked_is_not_sent_again(night: Night) -> None:
    with a_window(night.desk) as window:
        begin(window, night)
        window.work.decide.open_panel(0)
        save(window, night)
        assert "AssessRisk" in undone(night.desk, night["r1"])
        night.seat().exchange()
        bring(night, *night.desk.pack.thrive[:-1])
        window.open_report(night["r2"])
        window.open_report(night["r1"])
        assert set(window.work.decide.risk.levels) == {one.key for one in night.desk.pack.thrive}
        assert LAST.key not in window.work.decide.grade.rows.words


def test_an_element_that_the_pack_brought_is_assessed_in_the_open_window(night: Night) -> None:
    with a_window(night.desk) as window:
        begin(window, night)
        bring(night, *night.desk.pack.thrive, ADDED)
        window.open_report(night["r2"])
        grade = grade_of(window, night)
        assert ADDED.key in grade.rows.rows
        assert grade.rows.words[LAST.key].text() == WORDS
        grade.rows.rows[ADDED.key].choose(0)
        save(window, night)
        assert "AssessRisk" in undone(night.desk, night["r1"])


def test_words_on_what_the_pack_brought_are_kept_like_all_others(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        bring(night, *night.desk.pack.thrive, ADDED)
        grade = grade_of(window, night)
        assert grade.rows.focus_row(ADDED.key)
        assert grade.rows.focus_row("W")
        line = grade.rows.words[ADDED.key]
        assert QApplication.focusWidget() is line
        type_into(line, WORDS)
        line.clearFocus()
        draft = night.desk.draft(night["r1"], "thrive")
        assert draft is not None
        assert WORDS in draft.text


def test_the_keyboard_stays_in_its_row_when_the_pack_brings_another(night: Night) -> None:
    with a_window(night.desk) as window:
        grade = grade_of(window, night)
        grade.rows.focus_row("T")
        grade.rows.focus_row("W")
        line = QApplication.focusWidget()
        assert line is grade.rows.words["T"]
        bring(night, ADDED, *night.desk.pack.thrive)
        window.work.decide.show_report(night["r1"])
        assert ADDED.key in grade.rows.rows
        assert QApplication.focusWidget() is line


def test_a_draft_that_cannot_be_read_is_shown_as_it_is(night: Night) -> None:
    night.desk.save_draft(night["r1"], "thrive", f"{{ {WORDS}")
    with a_window(night.desk) as window:
        grade = grade_of(window, night)
        assert WORDS in grade.rows.words[UNREAD].text()
        assert grade.rows.words[UNREAD].isVisible()
