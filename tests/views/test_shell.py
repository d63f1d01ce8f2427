"""The window: it tells the truth, and every command can be reached by keyboard."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.stage import DEE, SAM, Night, effective, undone
from workstation.desk import Desk, LinkState, QueueFilter
from workstation.domain.grading import EscalateEmergency
from workstation.domain.report import Facts, Location
from workstation.domain.story import AddNote
from workstation.ui.icon_label import IconLabel
from workstation.ui.theme import current
from workstation.views.shell import MainWindow
from workstation.views.sign_in import SignInScreen
from workstation.views.writing import NOT_HERE


def window(qtbot: QtBot, desk: Desk, width: int = 1366) -> MainWindow:
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.resize(width, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def go_offline(night: Night, report: str, *said: str) -> None:
    """Kelly's line is cut, and she writes so many notes on a report."""
    night.seat().line.is_cut = True
    night.seat().exchange()
    for words in said:
        night.seat().do(AddNote(report=night[report], text=words))


def send_officers_offline(night: Night) -> None:
    """Kelly sends officers while the line is cut, and waits for longer than dispatch takes."""
    go_offline(night, "r2")
    night.seat().do(EscalateEmergency(report=night["r2"], why="They are still in the shed"))
    night.clock.pass_by(seconds=6)
    night.desk.tick()


def test_the_foot_tells_the_truth_about_the_line(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    assert shown.status.link.text() == "Online, synced 02:47:28"
    assert not shown.offline.isVisible()
    go_offline(night, "r2", *"abcdefg")
    assert shown.status.link.text() == "Offline since 02:47:28"
    assert shown.status.waiting.text() == "7 waiting to send"
    numbers = f"{night.desk.link().blocks_left} crime numbers"
    for words in ("Dispatch does not see", "chats or messages", numbers):
        assert words in shown.offline.accessibleName()


def test_what_dispatch_has_not_got_cannot_be_dismissed(qtbot: QtBot, night: Night) -> None:
    desk = night.desk
    shown = window(qtbot, desk)
    send_officers_offline(night)
    item = shown.undelivered.items()[0]
    assert desk.pack.dispatch.phone in item.lead.text()
    assert "NOT" in item.lead.text()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.undelivered.isVisible()
    item.log()
    assert item.error.isVisible()
    QTest.keyClicks(item.told, "PC Lamb, 02:48")
    QTest.keyClick(item.told, Qt.Key.Key_Return)
    told = effective(desk, night["r2"]).told_by_voice
    assert told is not None
    assert told.told == "PC Lamb, 02:48"
    assert not shown.undelivered.isVisible()


def test_typing_whom_one_told_survives_an_update(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    send_officers_offline(night)
    shown.undelivered.items()[0].told.setText("PC La")
    night.seat().do(EscalateEmergency(report=night["r7"], why="It burns"))
    night.clock.pass_by(seconds=6)
    night.desk.tick()
    assert len(shown.undelivered.items()) == 2
    assert shown.undelivered.items()[0].told.text() == "PC La"


def test_an_emergency_nobody_opened_alarms(qtbot: QtBot, night: Night) -> None:
    desk, missing = night.desk, effective(night.desk, night["r4"])
    shown = window(qtbot, desk)
    assert f"No dispatcher has opened {missing.reference}" in shown.unopened.accessibleName()
    shown.unopened.acted.emit()
    assert shown.work.report.report_id == missing.id


def test_every_command_says_why_when_it_cannot_be_done(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    specs = shown.commands.specs()
    assert len({spec.id for spec in specs}) == len(specs)
    assert shown.commands.why_not("decide.grade") == "Open a report first (Enter)."
    assert "supervisor" in shown.commands.why_not("list.move")
    assert not shown.commands.run("list.move")
    shown.work.show_report(still_night["r1"])
    assert shown.commands.why_not("decide.grade") == ""


def test_new_rows_have_one_key_in_every_list(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    told = [one.text for one in shown.commands.shortcuts() if "new rows" in one.text]
    assert told == ["Show new rows"]
    for key in ("dispatch", "queue"):
        shown.go(key)
        rows = shown.work.list.rows
        night.receive(key, "A shed was broken into.", Facts(), Location(text="Ely"))
        night.seat().exchange()
        if key == "dispatch":
            rows.ask(QueueFilter())
        assert rows.waiting
        QTest.keyClick(rows.list, Qt.Key.Key_N)
        assert not rows.waiting


def test_a_demonstration_says_so_in_the_top_bar_and_takes_no_line(
    qtbot: QtBot, still_night: Night
) -> None:
    shown = MainWindow(still_night.desk, demonstration=True)
    qtbot.addWidget(shown)
    shown.resize(1366, 768)
    shown.show()
    mark = shown.top.demonstration
    assert mark.isVisible()
    assert mark.text == "DEMONSTRATION: nothing here is real"
    assert mark.width() >= mark.sizeHint().width()
    assert "DEMONSTRATION" in shown.windowTitle()
    real = window(qtbot, still_night.desk)
    assert not real.top.demonstration.isVisible()
    assert shown.pages.y() == real.pages.y()


@pytest.mark.parametrize("problem", ["The store cannot be reached (ConnectionError).", ""])
def test_the_offline_banner_has_no_word_of_programmers(
    qtbot: QtBot, still_night: Night, problem: str
) -> None:
    banner = window(qtbot, still_night.desk).offline
    banner.fill(LinkState(online=False, problem=problem))
    assert "Error" not in banner.accessibleName()
    assert banner.accessibleName().endswith("reached." if problem else "crime numbers left.")


@pytest.mark.fault("F15")
@pytest.mark.parametrize(
    ("leapt", "said"),
    [
        (timedelta(hours=3), "This PC's clock was moved 3 h 00 min ahead"),
        (-timedelta(seconds=40), "This PC's clock was moved 0 min 40 s back"),
        (timedelta(), ""),
    ],
    ids=["ahead", "back", "not at all"],
)
def test_a_clock_that_was_set_is_told_while_the_line_is_down(
    qtbot: QtBot, still_night: Night, leapt: timedelta, said: str
) -> None:
    banner = window(qtbot, still_night.desk).offline
    banner.fill(LinkState(online=False, leapt=leapt))
    assert said in banner.accessibleName()
    assert ("clock" in banner.accessibleName()) == bool(said)


def test_the_palette_finds_commands_and_reports(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r1"])
    shown.open_palette("redir")
    entry = shown.palette_box.current_entry
    assert entry is not None
    assert entry.text == "Redirect to another agency"
    shown.open_palette("fly-tip")
    entry = shown.palette_box.current_entry
    assert entry is not None
    QTest.keyClick(shown.palette_box.field, Qt.Key.Key_Return)
    assert shown.work.report.report_id == still_night["r7"]


def test_keys_open_panels_and_the_log(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r1"])
    QTest.keyClick(shown.work.list.rows.list, Qt.Key.Key_F3)
    assert shown.work.decide.accordion.open_index == 1
    QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shown.work.report.composer.text


def test_a_letter_in_a_field_is_a_letter(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.work.show_report(night["r1"])
    shown.work.report.write_note()
    QTest.keyClicks(shown.work.report.composer.text, "jknxme/")
    assert shown.work.report.composer.text.text == "jknxme/"


def test_day_and_night_are_one_key_apart(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.commands.run("window.theme")
    assert current().name == "light"
    shown.commands.run("window.theme")
    assert current().name == "dark"


def test_a_dispatcher_sees_incidents_and_opening_one_is_logged(qtbot: QtBot, night: Night) -> None:
    desk = night.seat(DEE).desk
    shown = window(qtbot, desk)
    assert shown.work.list_key == "dispatch"
    assert set(shown.work.list.rows.model.ids) == {night["r4"], night["r3"]}
    QTest.keyClick(shown.work.list.rows.list, Qt.Key.Key_Return)
    opened = effective(desk, night["r4"]).opened
    assert opened is not None
    assert opened.by.name == "Dee Dunn"
    night.seat(DEE).exchange()
    lines = night.world.journal(night["r4"]).lines
    assert msgspec.json.decode(lines[-1].event)["type"] == "DispatchOpened"


def test_a_supervisor_moves_picked_reports_and_sees_each_result(
    qtbot: QtBot, night: Night
) -> None:
    desk = night.seat(SAM).desk
    shown = window(qtbot, desk)
    rows = shown.work.list.rows
    for _ in range(2):
        rows.pick_current()
        QTest.keyClick(rows.list, Qt.Key.Key_J)
    shown.commands.run("list.move")
    form = shown.work.move_panel.form
    assert form is not None
    form.send()
    assert "Choose who" in form.fields["to"].error.text()
    to = form._editors["to"]
    to.setCurrentIndex(to.findText("Mo Ahmed"))  # type: ignore[union-attr]
    form._editors["reason"].setText("Relief")  # type: ignore[union-attr]
    form.send()
    moved = [effective(desk, id).claim for id in rows.model.ids if undone(desk, id)]
    assert [one.by.name for one in moved if one is not None] == ["Mo Ahmed", "Mo Ahmed"]
    assert set(shown.work.move_panel.results().values()) == {"Given to Mo Ahmed."}


def test_the_breakpoint_narrows_every_column(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk, width=1366)
    assert shown.work.queue.width() == 300
    shown.resize(1920, 1080)
    assert shown.work.queue.width() == 392


def test_signing_in_says_what_is_missing_and_what_went_wrong(qtbot: QtBot) -> None:
    page = SignInScreen("https://store")
    qtbot.addWidget(page)
    page.show()
    asked: list[tuple[object, ...]] = []
    page.asked.connect(lambda *said: asked.append(said))
    page.ask()
    assert page._account.error.text() == "Type your account."
    page.account.setText(" 4417 ")
    page.password.setText("secret")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert asked == [("4417", "secret", None)]
    page.show_trouble("The password is wrong. Type it again.")
    assert page.trouble.isVisible()
    assert page.account.text() == " 4417 "


def test_officers_can_be_sent_by_key_while_a_call_is_taken(
    qtbot: QtBot, still_night: Night
) -> None:
    desk = still_night.desk
    shown = window(qtbot, desk)
    shown.go("taking")
    assert shown.commands.why_not("report.emergency") == ""
    assert shown.commands.run("report.emergency")
    assert shown.pages.currentWidget() is shown.taking, "nothing is sent without a place and a why"


def test_with_nothing_open_the_page_names_what_is_next_and_opens_it(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    nothing = shown.work.report.nothing
    first = shown.work.list.rows.current_id
    assert first is not None
    assert "Enter opens it" in nothing.text.text()
    nothing.action.click()
    assert shown.work.report.report_id == first


def test_ctrl_enter_in_the_log_adds_the_note_and_decides_nothing(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    shown.work.show_report(night["r7"])
    decide = shown.work.decide
    decide.open_panel(0)
    decide.risk.state_no_risk()
    assert decide.grade.primary().words == "Save THRIVE"
    qtbot.waitUntil(lambda: not decide.hold.is_settling)
    shown.work.report.write_note()
    QTest.keyClicks(shown.work.report.composer.text, "Caller rang off")
    press_ctrl_enter()
    assert undone(night.desk, night["r7"]) == ("AddNote",)
    assert shown.work.report.composer.text.text == ""


def test_ctrl_enter_in_any_other_field_never_decides(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.work.show_report(night["r7"])
    decide = shown.work.decide
    decide.open_panel(0)
    decide.risk.state_no_risk()
    qtbot.waitUntil(lambda: not decide.hold.is_settling)
    shown.work.queue.open_filter()
    assert shown.work.queue.words.hasFocus()
    press_ctrl_enter()
    assert undone(night.desk, night["r7"]) == ()
    assert shown.toasts.shown[-1].accessibleName() == NOT_HERE
    shown.commands.run("report.ask")
    press_ctrl_enter()
    assert undone(night.desk, night["r7"]) == ("AskSupervisor",)
    shown.work.report.edit_facts()
    line = shown.work.report.facts.form.line("reporter")
    line.setText("Ola Nowak")
    line.setFocus()
    press_ctrl_enter()
    assert undone(night.desk, night["r7"]) == ("AskSupervisor", "CorrectFacts")


def press_ctrl_enter() -> None:
    where = QApplication.focusWidget()
    assert where is not None
    QTest.keyClick(where, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_needs_attention_says_what_waits_before_it_says_all_was_accepted(
    qtbot: QtBot, night: Night
) -> None:
    empty = window(qtbot, night.desk).attention.empty
    assert empty.text.text() == "Everything done here was accepted."
    go_offline(night, "r2")
    assert "The line is down" in empty.text.text()
    night.seat().do(AddNote(report=night["r2"], text="a"))
    assert "1 act waits on this desk to be sent" in empty.text.text()
    send_officers_offline(night)
    assert empty.title.text() == "Dispatch has NOT got an emergency"
    night.seat().line.is_cut = False
    night.seat().exchange()
    assert empty.text.text() == "Everything done here was accepted."


def test_a_kept_emergency_has_no_tick_of_what_is_done(qtbot: QtBot, night: Night) -> None:
    shown = window(qtbot, night.desk)
    shown.work.show_report(night["r7"])
    shown.work.decide.waits.emit("Kept on this desk; dispatch has NOT got it yet.")
    (toast,) = shown.toasts.shown
    icons = [mark._icon_name for mark in toast.findChildren(IconLabel)]
    assert icons == ["cloud-upload"]


def test_the_next_report_is_named_without_quotes_of_our_own(qtbot: QtBot, night: Night) -> None:
    words = "\u201cTwo men are climbing over my fence\u201d"
    night.receive("quoted", "They climb.", Facts(title=words), Location(text="Ely"))
    night.seat().exchange()
    shown = window(qtbot, night.desk)
    rows = shown.work.list.rows
    rows.show_waiting()
    rows.set_current(night["quoted"])
    shown.work.fill()
    told = shown.work.report.nothing.text.text()
    assert told.startswith(f"Next: {words}. Enter opens it")


def test_a_dispatcher_led_to_a_report_by_the_alarm_has_it(qtbot: QtBot, night: Night) -> None:
    desk = night.seat(DEE).desk
    shown = window(qtbot, desk)
    shown.unopened.fill(desk.unopened())
    shown.unopened.acted.emit()
    assert shown.work.report.report_id == night["r4"]
    opened = effective(desk, night["r4"]).opened
    assert opened is not None
    assert opened.by.name == "Dee Dunn"
