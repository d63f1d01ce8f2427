"""The window: it tells the truth, and every command can be reached by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.views.desk_on_paper import DeskOnPaper, a_case
from tests.views.sample import KELLY, NOW, sample_desk
from workstation.desk import Attention, LinkState, Undelivered, Unopened
from workstation.domain.claiming import ReassignReport
from workstation.domain.grading import OpenByDispatch, TellByVoice
from workstation.domain.report import ReportId
from workstation.domain.roles import Person, PersonId, Role
from workstation.ui.theme import current
from workstation.views.shell import MainWindow
from workstation.views.sign_in import SignInScreen

R4 = ReportId("r4")
NOT_GOT = Undelivered(R4, "CC-1", "Missing", "Immediate", NOW, "", "Peterborough", "Aged 14")
DISPATCHER = Person(PersonId("dd"), "Dee Dunn", (Role.DISPATCHER,))
SUPERVISOR = Person(PersonId("ss"), "Sam Shaw", (Role.SUPERVISOR,))


def window(qtbot: QtBot, desk: DeskOnPaper | None = None, width: int = 1366) -> MainWindow:
    made = MainWindow(desk or sample_desk())
    qtbot.addWidget(made)
    made.resize(width, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def test_the_foot_tells_the_truth_about_the_line(qtbot: QtBot) -> None:
    shown = window(qtbot)
    assert shown.status.link.text() == "Online, synced 02:47:28"
    assert not shown.offline.isVisible()
    shown.desk.link_changed.emit(LinkState(False, NOW, 7, NOW, 3, ""))
    assert shown.status.link.text() == "Offline since 02:47:28"
    assert shown.status.waiting.text() == "7 waiting to send"
    for words in ("Dispatch does not see", "chats or messages", "3 crime numbers"):
        assert words in shown.offline.accessibleName()


def test_what_dispatch_has_not_got_cannot_be_dismissed(qtbot: QtBot) -> None:
    desk = sample_desk()
    shown = window(qtbot, desk)
    desk.undelivered_changed.emit((NOT_GOT,))
    item = shown.undelivered.items()[0]
    assert desk.pack.dispatch.phone in item.lead.text()
    assert "NOT" in item.lead.text()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert shown.undelivered.isVisible()
    item.log()
    assert item.error.isVisible()
    QTest.keyClicks(item.told, "PC Lamb, 02:48")
    QTest.keyClick(item.told, Qt.Key.Key_Return)
    assert desk.submitted[-1] == TellByVoice(report=R4, told="PC Lamb, 02:48")
    desk.undelivered_changed.emit(())
    assert not shown.undelivered.isVisible()


def test_typing_whom_one_told_survives_an_update(qtbot: QtBot) -> None:
    desk = sample_desk()
    shown = window(qtbot, desk)
    desk.undelivered_changed.emit((NOT_GOT,))
    shown.undelivered.items()[0].told.setText("PC La")
    desk.undelivered_changed.emit((NOT_GOT,))
    assert shown.undelivered.items()[0].told.text() == "PC La"


def test_an_emergency_nobody_opened_alarms(qtbot: QtBot) -> None:
    shown = window(qtbot)
    shown.unopened.fill([Unopened(R4, "CC-1", NOW)])
    assert "No dispatcher has opened CC-1" in shown.unopened.accessibleName()
    shown.unopened.acted.emit()
    assert shown.work.report.report_id == R4


def test_a_refusal_that_comes_later_stays_until_acknowledged(qtbot: QtBot) -> None:
    desk = sample_desk()
    case = a_case(ReportId("r1"), KELLY.author, NOW)
    desk.cases = (Attention(case, "Grade", "all the words", True),)
    shown = window(qtbot, desk)
    desk.refused.emit(case)
    desk.attention_changed.emit()
    assert shown.refused.isVisible()
    shown.refused.acted.emit()
    assert shown.pages.currentWidget() is shown.attention
    card = shown.attention.cards()[0]
    card.settle()
    assert desk.settlements == []
    card.done.setText("Regraded")
    card.settle()
    assert desk.settlements == [("case-1", "Regraded")]
    assert not shown.attention.cards()


def test_every_command_says_why_when_it_cannot_be_done(qtbot: QtBot) -> None:
    shown = window(qtbot)
    specs = shown.commands.specs()
    assert len({spec.id for spec in specs}) == len(specs)
    assert shown.commands.why_not("decide.grade") == "Open a report first (Enter)."
    assert "supervisor" in shown.commands.why_not("list.move")
    assert not shown.commands.run("list.move")
    shown.work.show_report(ReportId("r1"))
    assert shown.commands.why_not("decide.grade") == ""


def test_no_two_commands_of_the_window_share_keys(qtbot: QtBot) -> None:
    shown = window(qtbot)
    keys = [s.keys for s in shown.commands.specs() if s.keys and s.keys not in ("N",)]
    assert sorted(keys) == sorted(set(keys))


def test_the_palette_finds_commands_and_reports(qtbot: QtBot) -> None:
    shown = window(qtbot)
    shown.work.show_report(ReportId("r1"))
    shown.open_palette("redir")
    entry = shown.palette_box.current_entry
    assert entry is not None
    assert entry.text == "Redirect to another agency"
    shown.open_palette("fly-tip")
    entry = shown.palette_box.current_entry
    assert entry is not None
    QTest.keyClick(shown.palette_box.field, Qt.Key.Key_Return)
    assert shown.work.report.report_id == ReportId("r7")


def test_keys_open_panels_and_the_log(qtbot: QtBot) -> None:
    shown = window(qtbot)
    shown.work.show_report(ReportId("r1"))
    QTest.keyClick(shown.work.list.rows.list, Qt.Key.Key_F3)
    assert shown.work.decide.accordion.open_index == 1
    QTest.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is shown.work.report.composer.text


def test_a_letter_in_a_field_is_a_letter(qtbot: QtBot) -> None:
    shown = window(qtbot)
    shown.work.show_report(ReportId("r1"))
    shown.work.report.write_note()
    QTest.keyClicks(shown.work.report.composer.text, "jknxme/")
    assert shown.work.report.composer.text.text == "jknxme/"


def test_day_and_night_are_one_key_apart(qtbot: QtBot) -> None:
    shown = window(qtbot)
    shown.commands.run("window.theme")
    assert current().name == "light"
    shown.commands.run("window.theme")
    assert current().name == "dark"


def test_a_dispatcher_sees_incidents_and_opening_one_is_logged(qtbot: QtBot) -> None:
    desk = sample_desk(DISPATCHER)
    shown = window(qtbot, desk)
    assert shown.work.list_key == "dispatch"
    assert set(shown.work.list.rows.model.ids) == {R4, ReportId("r3")}
    QTest.keyClick(shown.work.list.rows.list, Qt.Key.Key_Return)
    assert OpenByDispatch(report=R4) in desk.submitted
    assert desk.kept[R4].opened is not None


def test_a_supervisor_moves_picked_reports_and_sees_each_result(qtbot: QtBot) -> None:
    desk = sample_desk(SUPERVISOR)
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
    form._editors["to"].setCurrentIndex(1)  # type: ignore[union-attr]
    form._editors["reason"].setText("Relief")  # type: ignore[union-attr]
    form.send()
    moved = [one for one in desk.submitted if isinstance(one, ReassignReport)]
    assert [one.to.name for one in moved] == ["Mo Ahmed", "Mo Ahmed"]
    assert set(shown.work.move_panel.results().values()) == {"Given to Mo Ahmed."}


def test_the_breakpoint_narrows_every_column(qtbot: QtBot) -> None:
    shown = window(qtbot, width=1366)
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


def test_officers_can_be_sent_by_key_while_a_call_is_taken(qtbot: QtBot) -> None:
    desk = sample_desk()
    shown = window(qtbot, desk)
    shown.go("taking")
    assert shown.commands.why_not("report.emergency") == ""
    assert shown.commands.run("report.emergency")
    assert shown.pages.currentWidget() is shown.taking, "nothing is sent without a place and a why"


def test_with_nothing_open_the_page_names_what_is_next_and_opens_it(qtbot: QtBot) -> None:
    shown = window(qtbot)
    nothing = shown.work.report.nothing
    first = shown.work.list.rows.current_id
    assert first is not None
    assert "Enter opens it" in nothing.text.text()
    nothing.action.click()
    assert shown.work.report.report_id == first
