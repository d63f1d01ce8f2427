"""The strip, shorthand and doubtful facts in the real window, as somebody types."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.views.stage import Night, effective, undone
from tests.views.test_shell import window
from workstation.domain.asked import ASKED
from workstation.domain.report import Channel, Facts, Location
from workstation.ui.form import Field
from workstation.views.asked_strip import AskedStrip
from workstation.views.shell import TAKING, MainWindow

HERS = "r1"


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def write(words: str) -> None:
    QTest.keyClicks(focused(), words)


def noting(qtbot: QtBot, night: Night, report: str = HERS) -> MainWindow:
    shown = window(qtbot, night.desk)
    shown.open_report(night[report])
    QTest.keyClick(focused(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    return shown


def told(strip: AskedStrip, name: str) -> str:
    return strip.chips[name].accessibleName()


def test_the_strip_stands_there_only_while_somebody_writes(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    composer = shown.work.report.composer
    assert not composer.strip.isVisible()
    shown.commands.run("log.note")
    assert composer.strip.isVisible()


def test_it_knows_what_the_report_says_and_ticks_what_is_typed(qtbot: QtBot, night: Night) -> None:
    strip = noting(qtbot, night, "r7").work.report.composer.strip
    assert "weapons" in strip.unasked
    assert told(strip, "weapons") == "Weapons: not mentioned yet"
    assert strip.chips["weapons"].text == "Weapons?"
    write("He had no weapon")
    qtbot.waitUntil(lambda: "weapons" not in strip.unasked)
    assert told(strip, "weapons") == "Weapons: mentioned, “weapon”"
    assert strip.chips["weapons"].text == "Weapons"


def test_another_report_begins_with_what_was_said_of_it(qtbot: QtBot, night: Night) -> None:
    shown = noting(qtbot, night, "r7")
    strip = shown.work.report.composer.strip
    write("A man with a knife hurt him, he has gone")
    qtbot.waitUntil(lambda: "injured" not in strip.unasked)
    shown.open_report(night["r6"])
    shown.commands.run("log.note")
    assert {"weapons", "injured"} <= set(strip.unasked)


def test_while_a_call_is_taken_what_stands_in_a_field_counts(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.go(TAKING)
    strip = shown.taking.what.strip
    assert len(strip.unasked) == len(ASKED)
    write("Someone stole my bike, he is gone now")
    qtbot.waitUntil(lambda: strip.unasked == ("where", "weapons", "injured"))
    shown.taking.what.where.place.setFocus()
    write("Ely")
    assert told(strip, "where") == "Where: mentioned, “Ely”"
    assert strip.unasked == ("weapons", "injured")


def test_shorthand_becomes_words_with_the_time_and_can_be_taken_back(
    qtbot: QtBot, night: Night
) -> None:
    composer = noting(qtbot, night).work.report.composer
    write("x;nfa nfa ;nfa ")
    assert composer.text.text == "x;nfa nfa 02:47 No further action by the police. "
    composer.text.undo()
    assert composer.text.text == "x;nfa nfa ;nfa"


def test_enter_expands_the_last_word_before_the_note_goes(qtbot: QtBot, night: Night) -> None:
    noting(qtbot, night)
    write("He left at ;t")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert undone(night.desk, night[HERS]) == ("AddNote",)
    assert [one.entry for one in night.desk.entries(night[HERS])][-1].text == "He left at 02:47"


def test_a_telephone_number_is_marked_once_the_field_is_left(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.go(TAKING)
    phone = shown.taking.caller.phone
    phone.setFocus()
    write("07700 90012")
    field = phone.parentWidget()
    assert isinstance(field, Field)
    assert field.doubt.isHidden()
    QTest.keyClick(phone, Qt.Key.Key_Tab)
    assert field.doubt.text().startswith("10 figures")
    phone.setFocus()
    write("3")
    QTest.keyClick(phone, Qt.Key.Key_Tab)
    assert field.doubt.isHidden()


def test_facts_that_came_with_impossible_values_stand_as_they_came_and_are_marked(
    qtbot: QtBot, night: Night
) -> None:
    facts = Facts(
        title="Bike gone", phone="call my mum", date_of_birth="30/02/1990", occurred="24 Dec 2026"
    )
    odd = night.receive("odd", "My bike.", facts, Location(postcode="ZZ99 9ZZ"), Channel.ONLINE)
    night.seat().exchange()
    shown = window(qtbot, night.desk, 1920)
    shown.open_report(odd)
    names = [one.accessibleName() for one in shown.work.report.facts.grid.findChildren(QWidget)]
    for words in (
        "When: 24 Dec 2026. 24 Dec 2026 is still to come.",
        "Date of birth: 30/02/1990. There is no 30/02/1990:",
        "Phone: call my mum. “call my mum” is not only figures.",
        "Where: ZZ99 9ZZ. ZZ99 is not known to this desk:",
    ):
        assert any(name.startswith(words) for name in names), words


def test_a_birth_after_today_is_refused_beside_its_field(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    shown.work.report.edit_facts()
    form = shown.work.report.facts.form
    form.line("date_of_birth").setFocus()
    write("1/1/2030")
    form.save()
    assert form.fields["date_of_birth"].error.text() == "Nobody was born after today. Ask again."
    assert effective(night.desk, night[HERS]).facts.date_of_birth == ""
