"""What goes into the log by a form: contacts, voice checks, corrected notes."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.views.screens import a_window, type_into
from tests.views.stage import DEE, KELLY, MO, SAM, Night, effective, undone
from tests.views.test_report_page import page
from tests.world import listed
from workstation.desk import Desk, QueueFilter
from workstation.domain.grading import EscalateEmergency
from workstation.domain.story import AddNote, CorrectNote
from workstation.ui.button import IconButton
from workstation.ui.label import Secondary
from workstation.ui.select import Select
from workstation.ui.text_area import TextArea
from workstation.views.report.ask_form import AskForm
from workstation.views.report.log import LogLine
from workstation.views.report.page import ReportPage
from workstation.views.report.standing import standings

CTRL = Qt.KeyboardModifier.ControlModifier


def lines(shown: ReportPage) -> list[str]:
    return [line.accessibleName() for line in shown.log.lines()]


def last(desk: Desk, night: Night) -> tuple[str, str]:
    entry = desk.entries(night["r1"])[-1].entry
    return entry.title, entry.text


def box_of(shown: ReportPage) -> TextArea:
    assert shown.form is not None
    box = shown.form.fields["corrected_note"].editor
    assert isinstance(box, TextArea)
    return box


def form_of(shown: ReportPage) -> AskForm:
    assert shown.form is not None
    return shown.form


def correct(line: LogLine) -> IconButton:
    (button,) = line.findChildren(IconButton)
    return button


def test_a_contact_is_logged_from_beside_the_note(qtbot: QtBot, night: Night) -> None:
    shown = page(qtbot, night)
    shown.composer.contact.click()
    assert shown.form is not None
    who = shown.form.fields["who"].editor
    assert isinstance(who, QLineEdit)
    assert who.text() == effective(night.desk, night["r1"]).facts.reporter
    who.setText("Ola Nowak")
    type_into(shown.form.fields["words"].editor, "No answer, no voicemail")
    shown.form._editors["reached"].setCurrentIndex(1)  # type: ignore[union-attr]
    QTest.keyClick(shown.form.fields["words"].editor, Qt.Key.Key_Return)
    assert undone(night.desk, night["r1"]) == ("LogContact",)
    assert last(night.desk, night) == ("Ola Nowak not reached by phone", "No answer, no voicemail")
    assert shown.form is None


def test_answered_or_left_a_form_gives_the_keyboard_back(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        shown = window.work.report
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
            shown.composer.take_focus()
            QTest.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
            assert isinstance(form_of(shown).fields["means"].editor, Select)
            assert form_of(shown).isAncestorOf(window.focusWidget())
            QTest.keyClick(window.focusWidget(), key)
            assert shown.form is None
            assert window.focusWidget() is shown.composer.text


def test_where_its_place_is_gone_the_keyboard_goes_to_the_log(night: Night) -> None:
    night.meanwhile(MO, AddNote(report=night["r1"], text="A dog"))
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        shown = window.work.report
        button = correct(shown.log.lines()[-1])
        button.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(button, Qt.Key.Key_Space)
        QTest.keyClicks(window.focusWidget(), "s")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, CTRL)
        assert "A dogs" in lines(shown)[-1]
        assert window.focusWidget() is shown.composer.text


def test_both_times_stand_on_what_the_store_heard_of_later(qtbot: QtBot, night: Night) -> None:
    mo, r1 = night.seat(MO), night["r1"]
    mo.line.is_cut = True
    mo.do(AddNote(report=r1, text="Rang the shop."))
    night.clock.pass_by(minutes=13)
    mo.line.is_cut = False
    mo.exchange()
    night.seat().exchange()
    told = lines(page(qtbot, night))[-1]
    assert "happened 02:47, recorded 03:00" in told
    assert "recorded offline, not holder" in told


def test_a_note_is_corrected_from_its_line_and_both_are_read(qtbot: QtBot, night: Night) -> None:
    night.meanwhile(MO, AddNote(report=night["r1"], text="A dog"))
    shown = page(qtbot, night)
    button = correct(shown.log.lines()[-1])
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert shown.form is not None
    assert box_of(shown).text == "A dog"
    box_of(shown).selectAll()
    type_into(box_of(shown), "Two dogs")
    shown.form.send()
    assert undone(night.desk, night["r1"]) == ("CorrectNote",)
    first, second = lines(shown)[-2:]
    assert "A dog" in first
    assert "corrected by Kelly Rowe" in first
    assert "Two dogs" in second
    assert "instead of Mo Ahmed's" in second
    struck = [one.text() for one in shown.log.findChildren(Secondary) if one.font().strikeOut()]
    assert struck == ["A dog"]


def test_what_was_typed_for_a_correction_stands_again_for_that_note(night: Night) -> None:
    r1 = night["r1"]
    night.meanwhile(MO, AddNote(report=r1, text="A dog"), AddNote(report=r1, text="A cat"))
    with a_window(night.desk) as window:
        window.open_report(r1)
        shown = window.work.report
        correct(shown.log.lines()[-2]).click()
        type_into(box_of(shown), ", three of them")
        window.open_report(night["r3"])
        assert shown.form is None
        window.open_report(r1)
        assert box_of(shown).text == "A dog, three of them"
        window.commands.run("log.correct")
        assert box_of(shown).text == "A cat"


def test_only_notes_are_corrected_and_nobody_strikes_a_decision(
    qtbot: QtBot, night: Night
) -> None:
    night.meanwhile(MO, EscalateEmergency(report=night["r1"], why="He has a knife"))
    graded = night.desk.entries(night["r1"])[-1].entry
    night.meanwhile(MO, CorrectNote(report=night["r1"], note=graded.id, text="Not so"))
    shown = page(qtbot, night)
    decided, said = shown.log.lines()[-2:]
    assert decided.findChildren(IconButton) == []
    assert "corrected by" not in decided.accessibleName()
    assert correct(said) is not None


def test_an_old_emergency_is_checked_by_voice(qtbot: QtBot, night: Night) -> None:
    kelly, dee, r1 = night.seat(KELLY), night.seat(DEE), night["r1"]
    kelly.line.is_cut = True
    kelly.do(EscalateEmergency(report=r1, why="He has a knife"))
    night.clock.pass_by(minutes=13)
    kelly.line.is_cut = False
    kelly.exchange()
    for who in (DEE, SAM):
        night.seat(who).exchange()
        desk = night.seat(who).desk
        (row,) = desk.rows(
            [one for one in listed(desk, QueueFilter(view="dispatch")) if one == r1]
        )
        assert row.flags[0] == "check by voice"
        told = standings(effective(desk, r1), desk.person, night.clock.now())
        assert told[0].lead == "Late:"
        caller = f"the caller ({effective(desk, r1).facts.phone})"
        assert told[0].text == (
            f"Kelly Rowe sent this 02:47, it came 03:00. Ring their desk (W-kelly) or {caller}: "
            "does it still hold? Then log it."
        )
    with a_window(dee.desk) as window:
        window.open_report(r1)
        shown = window.work.report
        shown.standings.bars[0].action.click()
        assert shown.form is not None
        type_into(shown.form.fields["found"].editor, "Kelly: he is still there")
        shown.form.send()
        stands = [f"{one.lead} {one.text}" for one in shown.standings.told]
        assert "Checked by voice 03:00, Dee Dunn: Kelly: he is still there" in stands
        assert window.commands.why_not("log.checked") == "Nothing waits for a voice check."
    assert effective(dee.desk, r1).voice_check is None
    assert "check by voice" not in dee.desk.rows([r1])[0].flags
    assert last(dee.desk, night) == ("Checked by voice", "Kelly: he is still there")
