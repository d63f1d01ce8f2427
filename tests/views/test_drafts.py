"""What is typed is kept, comes back where it was typed, and goes only where its author says."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.views.decide_stage import settle
from tests.views.screens import a_window, type_into
from tests.views.stage import KELLY, MO, Night, effective
from tests.views.test_shell import send_officers_offline
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import ReportId
from workstation.views.decide.drafts import BOUND, SAVE_AFTER_MS
from workstation.views.decide.keeping import act_and_forget
from workstation.views.report.acts import ASK, CLOSING, FORMS
from workstation.views.report.ask_form import AskForm
from workstation.views.report.log_acts import correct_form
from workstation.views.shell import TAKING, MainWindow

LOOKED_FOR = {
    "Narrow the queue": "it finds rows and writes nothing",
    "Search all records": "it finds reports and writes nothing",
    "Search or command": "it finds reports and commands and writes nothing",
    "Filter shortcuts": "it finds keys and writes nothing",
}
KEPT = "We kept your draft from 02:47"


def editors(window: QWidget) -> list[QWidget]:
    """Everything in the window that takes text from a person."""
    lines = [one for one in window.findChildren(QLineEdit) if not one.isReadOnly()]
    boxes = [one for one in window.findChildren(QPlainTextEdit) if not one.isReadOnly()]
    rich = [one for one in window.findChildren(QTextEdit) if not one.isReadOnly()]
    return [*lines, *boxes, *rich]


def test_every_control_that_takes_text_keeps_it(qtbot: QtBot, night: Night) -> None:
    refuse_a_claim(night)
    send_officers_offline(night)
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.edit_facts()
        window.work.move_panel.begin([night["r2"]])
        unkept: set[str] = set()
        bound: set[str] = set()
        for make in (None, *FORMS.values(), correction):
            if make is not None:
                window.work.report.show_form(make(night.desk, night["r1"]))
            for one in editors(window):
                bound.add(str(one.property(BOUND) or ""))
                if not one.property(BOUND):
                    unkept.add(one.accessibleName())
        assert unkept == set(LOOKED_FOR)
        for field in ("told_by_voice", "note", "facts.people", "ask.question", "giving.reason",
                      "account", "emergency.why", "imu.facts", "closing.caller_told",
                      "contacting.words", "checking.found",
                      "correcting:n.corrected_note"):  # fmt: skip
            assert field in bound
        assert any(field.startswith("settle.") for field in bound)


def correction(desk: Desk, id: ReportId) -> AskForm:
    """The form in which a note is corrected."""
    return correct_form(desk, id, "n")


def refuse_a_claim(night: Night) -> None:
    """Kelly takes what Mo had taken: the refusal comes back."""
    kelly = night.seat()
    kelly.line.is_cut = True
    there = night.seat(MO)
    there.exchange()
    there.do(ClaimReport(report=night["r8"]))
    there.exchange()
    kelly.do(ClaimReport(report=night["r8"]))
    kelly.line.is_cut = False
    kelly.exchange()
    assert kelly.desk.attention()


def note_of(desk: Desk, night: Night, report: str = "r1") -> str | None:
    kept = desk.draft(night[report], "note")
    return kept.text if kept is not None else None


def on_disk(night: Night) -> str:
    """The note in work.db itself, whatever is in memory."""
    rows = night.desk.stock.work.connection.execute(
        "SELECT text FROM draft WHERE report = ? AND field = 'note'", (night["r1"],)
    ).fetchall()
    return "".join(text for (text,) in rows)


@pytest.mark.invariant("I6")
def test_leaving_a_field_saves_it_at_once(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        composer = window.work.report.composer
        type_into(composer.text, "He is")
        assert note_of(night.desk, night) is None
        window.work.report.account.text.setFocus()
        assert note_of(night.desk, night) == "He is"
        type_into(composer.text, " back")
        QApplication.sendEvent(composer.text, QEvent(QEvent.Type.WindowDeactivate))
        assert note_of(night.desk, night) == "He is back"
        type_into(composer.text, " now")
        window.close()
        assert note_of(night.desk, night) == "He is back now"


@pytest.mark.invariant("I6")
def test_a_screen_that_is_locked_or_a_window_that_is_put_away_saves_at_once(
    qtbot: QtBot, night: Night
) -> None:
    """A lock takes the keyboard from every window of the program, which then is inactive."""
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        type_into(window.work.report.composer.text, "He is")
        lock = QWindow()
        lock.show()
        lock.requestActivate()
        qtbot.waitUntil(lambda: not window.isActiveWindow(), timeout=SAVE_AFTER_MS * 20)
        assert on_disk(night) == "He is"
        lock.close()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        type_into(window.work.report.composer.text, " back")
        window.hide()
        assert on_disk(night) == "He is back"


@pytest.mark.invariant("I6")
def test_typing_is_saved_by_itself(qtbot: QtBot, night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        with qtbot.waitSignal(night.desk.draft_saved, timeout=SAVE_AFTER_MS * 20):
            type_into(window.work.report.composer.text, "He is back")
        assert note_of(night.desk, night) == "He is back"
        assert window.status.draft.text() == "Draft saved 02:47:28"


@pytest.mark.fault("F52")
@pytest.mark.invariant("I6")
def test_closing_the_desk_under_the_window_keeps_the_last_keys(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        type_into(window.work.report.composer.text, "He is back")
        night.desk.drafts_wanted.emit()
        night.desk.closing.emit()
        type_into(window.work.report.composer.text, "x")
    assert note_of(night.seat().restart(), night) == "He is back"


def test_the_line_goes_when_typing_goes_on_and_discarding_can_be_undone(night: Night) -> None:
    night.desk.save_draft(night["r1"], "note", "He is back")
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        composer = window.work.report.composer
        assert composer.text.text == "He is back"
        assert composer.kept.words.text() == KEPT
        composer.kept.button.click()
        assert composer.text.text == ""
        assert note_of(night.desk, night) is None
        assert composer.kept.button.text() == "Undo"
        composer.kept.button.click()
        assert composer.text.text == "He is back"
        assert note_of(night.desk, night) == "He is back"
        type_into(composer.text, "!")
        assert not composer.kept.isVisible()


def test_what_was_discarded_is_gone_when_the_page_changed(night: Night) -> None:
    night.desk.save_draft(night["r1"], "note", "He is back")
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.composer.kept.button.click()
        window.open_report(night["r2"])
        window.open_report(night["r1"])
        assert not window.work.report.composer.kept.isVisible()
        assert window.work.report.composer.text.text == ""


def test_sending_a_note_drops_the_note_and_nothing_else(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        type_into(window.work.decide.grade.reason, "Children there")
        type_into(window.work.report.composer.text, "He is back")
        window.work.report.composer.send()
        assert note_of(night.desk, night) is None
        kept = night.desk.draft(night["r1"], "grade.reason")
        assert kept is not None
        assert kept.text == "Children there"


@pytest.mark.invariant("I7")
def test_a_note_and_its_draft_change_places_together_or_not_at_all(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        composer = window.work.report.composer
        type_into(composer.text, "He is back")
        night.desk.drafts_wanted.emit()
        night.desk.stock.work.connection.execute(
            "CREATE TEMP TRIGGER full BEFORE DELETE ON draft"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        composer.send()
        assert "the disk is full" in composer.error.text()
        assert composer.text.text == "He is back"
        assert night.desk.link().waiting == 0
        assert not [e for e in night.desk.entries(night["r1"]) if e.entry.text == "He is back"]
        night.desk.stock.work.connection.execute("DROP TRIGGER full")
        composer.send()
        assert night.desk.link().waiting == 1
        assert note_of(night.desk, night) is None


@pytest.mark.invariant("I7")
def test_a_grade_and_its_reason_change_places_together_or_not_at_all(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r2"])
        grade = window.work.decide.grade
        grade.pick("P")
        type_into(grade.reason, "They are still there")
        connection = night.desk.stock.work.connection
        night.desk.drafts_wanted.emit()
        connection.execute(
            "CREATE TEMP TRIGGER full BEFORE DELETE ON draft"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        window.work.decide.hold.restart()
        answer = night.desk.in_one(
            lambda: act_and_forget(grade, window.work.decide.drafts, window.work.decide.risk)
        )
        assert getattr(answer, "code", "") == "desk/not-saved"
        assert effective(night.desk, night["r2"]).grading is None
        assert night.desk.link().waiting == 0
        assert night.desk.draft(night["r2"], "grade.reason") is not None


def test_words_that_cannot_be_saved_are_told_of_and_saved_later(
    qtbot: QtBot, night: Night
) -> None:
    connection = night.desk.stock.work.connection
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        connection.execute(
            "CREATE TEMP TRIGGER full BEFORE INSERT ON draft"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
        with qtbot.waitSignal(night.desk.draft_not_saved, timeout=5000):
            type_into(window.work.report.composer.text, "He is back")
        assert window.status.draft.text() == "Draft NOT saved"
        connection.execute("DROP TRIGGER full")
        with qtbot.waitSignal(night.desk.draft_saved, timeout=5000):
            night.desk.tick()
        assert note_of(night.desk, night) == "He is back"
        assert window.status.draft.text().startswith("Draft saved")


def test_choices_alone_come_back_with_the_line_that_says_so_and_can_be_discarded(
    night: Night,
) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r2"])
        decide = window.work.decide
        decide.risk.set_level("T", night.desk.pack.thrive[0].levels[1])
        decide.grade.pick("S")
        night.desk.drafts_wanted.emit()
    with a_window(night.seat().restart()) as window:
        window.open_report(night["r2"])
        settle()
        decide = window.work.decide
        assert (decide.risk.is_touched, decide.grade.tiles.chosen_code) == (True, "S")
        assert decide.kept.isVisible()
        assert decide.kept.words.text() == KEPT
        decide.kept.button.click()
        assert (decide.risk.is_touched, decide.grade.tiles.chosen_code) == (False, None)
        assert decide.kept.button.text() == "Undo"


def test_a_form_that_was_being_filled_in_stands_open_again(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.show_form(FORMS[ASK](night.desk, night["r1"]))
        form = window.work.report.form
        assert form is not None
        type_into(form.fields["question"].editor, "Same man as")
    with a_window(night.seat().restart()) as window:
        window.open_report(night["r1"])
        again = window.work.report.form
        assert again is not None
        assert words_in(again.fields["question"].editor) == "Same man as"
        settle()
        assert again.kept.isVisible()
        again.leave()
        window.open_report(night["r2"])
        window.open_report(night["r1"])
        assert form_of(window) is None
        window.work.report.show_form(FORMS[ASK](window.desk, night["r1"]))
        opened = form_of(window)
        assert opened is not None
        assert words_in(opened.fields["question"].editor) == "Same man as"


def form_of(window: MainWindow) -> AskForm | None:
    return window.work.report.form


def words_in(editor: QWidget) -> str:
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_what_a_form_sent_does_not_come_back(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r1"])
        window.work.report.show_form(FORMS[ASK](night.desk, night["r1"]))
        form = window.work.report.form
        assert form is not None
        type_into(form.fields["question"].editor, "Same man as")
        form.send()
        assert window.work.report.form is None
        assert night.desk.drafts(night["r1"]) == []
        window.work.report.show_form(FORMS[CLOSING](night.desk, night["r1"]))


def test_whom_one_told_by_voice_comes_back(night: Night) -> None:
    send_officers_offline(night)
    with a_window(night.desk) as window:
        type_into(window.undelivered.items()[0].told, "PC La")
    with a_window(night.seat().restart()) as window:
        item = window.undelivered.items()[0]
        assert item.told.text() == "PC La"
        type_into(item.told, "mb")
        item.log()
        assert not window.undelivered.items()
        assert not night.desk.drafts(night["r2"])


def test_a_call_being_taken_has_its_id_from_the_first_key(night: Night) -> None:
    with a_window(night.desk) as window:
        window.go(TAKING)
        type_into(window.taking.what.account, "Smoke")
        window.taking.caller.channel.choose(1)
    desk = night.seat().restart()
    with a_window(desk) as window:
        window.go(TAKING)
        taking = window.taking
        assert taking.what.account.text == "Smoke"
        assert taking.caller.channel.chosen_index == 1
        id = taking._contact
        assert id
        taking.save_report()
        assert window.work.report.report_id == id
        window.go(TAKING)
        assert taking._contact == ""


def test_chosen_ways_and_answers_come_back_with_the_words(night: Night) -> None:
    with a_window(night.desk) as window:
        window.open_report(night["r5"])
        window.work.decide.open_panel(1)
        redirect = window.work.decide.redirect
        redirect.key("N")
        type_into(redirect.not_crime.explanation, "Noise is for the council")
    with a_window(night.seat().restart()) as window:
        window.open_report(night["r5"])
        redirect = window.work.decide.redirect
        assert window.work.decide.panel is redirect
        assert redirect.form is redirect.not_crime
        assert redirect.not_crime.explanation.text == "Noise is for the council"


def test_signing_out_keeps_what_each_person_typed_apart(night: Night) -> None:
    with a_window(night.seat(KELLY).desk) as window:
        window.open_report(night["r1"])
        type_into(window.work.report.composer.text, "Mine")
    with a_window(night.seat(MO).desk) as window:
        window.open_report(night["r1"])
        assert window.work.report.composer.text.text == ""
    shown: MainWindow
    with a_window(night.seat(KELLY).restart()) as shown:
        shown.open_report(night["r1"])
        assert shown.work.report.composer.text.text == "Mine"
