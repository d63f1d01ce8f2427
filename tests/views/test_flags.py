"""Flags in the real window: set and cleared by keyboard, and never told by colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, Night, effective, undone
from tests.views.test_shell import window
from workstation.domain.flagging import SetFlag
from workstation.views.queue.row_chips import chips_of, fitted
from workstation.views.queue.sections import spoken_row

HERS = "r1"


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, mods: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, mods)


def set_flag(*typed: str) -> None:
    """Ctrl+Shift+F, the first letters of the flag, a reason perhaps, Enter."""
    press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    box = focused()
    assert isinstance(box, QComboBox)
    QTest.keyClicks(box, typed[0])
    if len(typed) > 1:
        press(Qt.Key.Key_Tab)
        QTest.keyClicks(focused(), typed[1])
    press(Qt.Key.Key_Return)


def test_a_flag_is_set_by_keyboard_without_a_reason_and_says_who_and_when(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    set_flag("Saf")
    assert undone(night.desk, night[HERS]) == ("SetFlag",)
    assert "Safeguarding (set by Kelly Rowe 02:47)" in shown.work.report.header.chip_texts()
    set_flag("Dom", "He is her ex")
    flags = effective(night.desk, night[HERS]).flags
    assert [flag.id for flag in flags] == ["safeguarding", "domestic-abuse"]
    told = [one.entry for one in night.desk.entries(night[HERS])][-1]
    assert (told.title, told.text) == ("Flag set: Domestic abuse", "He is her ex")


def test_the_form_says_what_each_flag_means(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    shown.commands.run("report.flag")
    form = shown.work.report.form
    assert form is not None
    box = form.findChild(QComboBox)
    assert box is not None
    for index, kind in enumerate(night.desk.pack.flags):
        box.setCurrentIndex(index)
        assert form.fields["flag"].hint.text() == kind.meaning


def test_a_row_says_its_flags_in_words_and_never_drops_them(night: Night) -> None:
    for flag in ("safeguarding", "repeat-victim"):
        night.seat().do(SetFlag(report=night["r2"], flag=flag))
    [row] = night.desk.rows([night["r2"]])
    words = [text for text, _, _ in chips_of(row)]
    assert "Safeguarding, Repeat victim" in words
    assert "flagged Safeguarding, Repeat victim" in spoken_row(row, night.clock.now())
    [chip] = [one for one in chips_of(row) if one[2] == "flag"]
    assert [one[0] for one in fitted([chip], 150)] == ["Safeguarding +1"]
    assert [one[0] for one in fitted([chip], 80)] == ["Safeguarding +1"]
    assert row.danger  # nobody has assessed it yet


def test_clearing_needs_a_reason_and_names_the_flag_as_it_was_seen(
    qtbot: QtBot, night: Night
) -> None:
    night.meanwhile(MO, SetFlag(report=night[HERS], flag="safeguarding", reason="A child"))
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    assert shown.commands.run("report.clear_flag")
    form = shown.work.report.form
    assert form is not None
    box = form.findChild(QComboBox)
    assert box is not None
    assert box.currentText() == "Safeguarding (set by Mo Ahmed 02:47)"
    form.send()
    assert form.fields["reason"].error.text() == "Say why this flag no longer holds."
    QTest.keyClicks(focused(), "The child is 30")
    press(Qt.Key.Key_Return)
    assert undone(night.desk, night[HERS]) == ("ClearFlag",)
    assert effective(night.desk, night[HERS]).flags == ()


def test_a_flag_set_again_under_an_open_form_is_not_cleared(qtbot: QtBot, night: Night) -> None:
    night.seat().do(SetFlag(report=night[HERS], flag="safeguarding"))
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    shown.commands.run("report.clear_flag")
    form = shown.work.report.form
    assert form is not None
    night.clock.pass_by(minutes=1)
    night.seat().exchange()
    night.meanwhile(MO, SetFlag(report=night[HERS], flag="safeguarding"))
    form.fields["reason"].editor.setText("No child there")  # type: ignore[attr-defined]
    form.send()
    assert "Mo Ahmed set “Safeguarding” again at 02:48" in form.fields["flag"].error.text()
    assert len(effective(night.desk, night[HERS]).flags) == 1


def test_without_a_flag_there_is_nothing_to_clear(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.open_report(night[HERS])
    assert shown.commands.why_not("report.clear_flag") == "No flag is set on it."


def test_the_menu_says_who_may_clear_a_flag(qtbot: QtBot, night: Night) -> None:
    free, hers, his = night["r2"], night[HERS], night["r3"]
    for id in (free, hers, his):
        night.seat().do(SetFlag(report=id, flag="safeguarding"))
    shown = window(qtbot, night.desk)
    told = {}
    for id in (free, hers, his):
        shown.open_report(id)
        told[id] = shown.commands.why_not("report.clear_flag")
    assert told == {
        free: "Take it first (F9): who holds it clears its flags.",
        hers: "",
        his: "Mo Ahmed holds it: ask them, or a supervisor (F8).",
    }


def test_a_flag_stops_the_statement_that_no_risk_was_found(qtbot: QtBot, night: Night) -> None:
    night.seat().do(SetFlag(report=night["r5"], flag="domestic-abuse"))
    shown = window(qtbot, night.desk)
    shown.open_report(night["r5"])
    shown.work.decide.open_panel(0)
    shown.work.decide.risk.state_no_risk()
    qtbot.waitUntil(lambda: not shown.work.decide.hold.is_settling)
    assert effective(night.desk, night["r5"]).thrive is None
