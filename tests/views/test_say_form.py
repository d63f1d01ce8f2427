"""What is read to the caller: logged as told by one key, and asked first if contact is unsafe."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.assessing import low_risk
from tests.views.screens import a_window
from tests.views.stage import DEE, NOW, Night, effective, undone
from tests.views.test_report_page import page
from workstation.domain.claiming import ClaimReport
from workstation.domain.clocks import PromiseKind
from workstation.domain.contacting import SetSafeContact
from workstation.domain.grading import EscalateEmergency, OpenByDispatch
from workstation.domain.redirection import RedirectReport
from workstation.domain.report import Location, Victim
from workstation.ui.ticker import ticker
from workstation.views.report.page import ReportPage
from workstation.views.report.say_form import NOTHING, READING, SAY_THIS, SayForm
from workstation.views.report.standing import standings
from workstation.views.shell import MainWindow

TELL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LAST = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
COUNCIL = "cambridge-city"


def redirect(night: Night, name: str = "r5") -> None:
    """The report goes to the council, at Kelly's desk."""
    desk, id = night.desk, night[name]
    message = RedirectReport(report=id, agency=COUNCIL, message="The council deals with this.")
    for command in (ClaimReport(report=id), low_risk(desk, id), message):
        refusal = desk.submit(command)
        assert refusal is None, refusal


def record(night: Night, name: str) -> None:
    """A crime with its number, at Kelly's desk."""
    desk = night.desk
    desk.submit(ClaimReport(report=night[name]))
    offence = desk.offences("theft")[0]
    desk.record_crime(night[name], offence.code, Victim("person", "Ann Other"))


def card(shown: ReportPage) -> SayForm:
    assert isinstance(shown.form, SayForm)
    return shown.form


def reads(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel))


def promise_kept(night: Night, name: str) -> bool:
    found = {one.kind: one for one in night.desk.promises(night[name])}
    return found[PromiseKind.PUBLIC].stopped_at is not None


def test_the_words_stand_large_and_enter_logs_that_the_caller_was_told(
    qtbot: QtBot, night: Night
) -> None:
    redirect(night)
    shown = page(qtbot, night, "r5")
    shown.ask(READING)
    form = card(shown)
    words = reads(form.area)
    assert "This is for Cambridge City Council, not for the police." in words
    number = effective(night.desk, night["r5"]).incident_number
    assert f"Incident number {number}" in words
    assert "Charlie Charlie, dash, two two, one one, two zero two six, dash" in words
    large = next(one for one in form.area.findChildren(QLabel) if one.text().startswith("This is"))
    assert large.font().pixelSize() >= 20
    assert not promise_kept(night, "r5")
    QTest.keyClick(form.area, Qt.Key.Key_Return)
    assert shown.form is None
    assert undone(night.desk, night["r5"])[-1] == "LogReply"
    reply = effective(night.desk, night["r5"]).reply
    assert reply is not None
    assert (reply.at, reply.how, reply.who) == (NOW, "phone", "The caller")
    assert promise_kept(night, "r5")
    line = night.desk.entries(night["r5"])[-1].entry
    assert line.title == "The caller told, by phone: the reply"
    assert "What is decided: This is for Cambridge City Council" in line.text
    shown.ask(READING)
    assert "Told 02:47." in card(shown).title.text()


def test_a_person_at_the_desk_is_told_in_person(qtbot: QtBot, night: Night) -> None:
    record(night, "r9")
    shown = page(qtbot, night, "r9")
    shown.ask(READING)
    card(shown).send()
    reply = effective(night.desk, night["r9"]).reply
    assert reply is not None
    assert reply.how == "in person"


def test_where_contact_may_be_unsafe_the_words_come_only_after_a_yes(
    qtbot: QtBot, night: Night
) -> None:
    record(night, "r1")
    shown = page(qtbot, night)
    shown.ask(READING)
    form = card(shown)
    number = effective(night.desk, night["r1"]).crimes[0].number
    assert "Can you talk safely now?" in reads(form.area)
    assert "say nothing of this" in reads(form.area)
    assert number not in reads(form)
    assert form.why_not.startswith("Ask first")
    form.send()
    assert undone(night.desk, night["r1"])[-1] == "RecordCrime"
    assert number in reads(form.area)
    assert "How can we do that safely?" in reads(form.area)
    assert form.why_not == ""
    form.send()
    text = night.desk.entries(night["r1"])[-1].entry.text
    assert text.startswith("Asked first: Can you talk safely now? Just say yes or no. They said")


def test_the_words_follow_the_store_the_dispatcher_and_the_clock(
    qtbot: QtBot, night: Night
) -> None:
    seat, id = night.seat(), night["r3"]
    seat.line.is_cut = True
    place = Location(text="Mill Road", rural=False)
    assert seat.desk.submit(EscalateEmergency(report=id, why="Knife", location=place)) is None
    shown = page(qtbot, night, "r3")
    shown.ask(READING)
    form = card(shown)
    assert "Our control room has not confirmed that yet." in reads(form.area)
    seat.line.is_cut = False
    seat.exchange()
    assert "The request is with our control room." in reads(form.area)
    night.meanwhile(DEE, OpenByDispatch(report=id))
    assert "A dispatcher in our control room has your report." in reads(form.area)
    assert "We aim to be with you by 03:02 today." in reads(form.area)
    night.clock.pass_by(minutes=16)
    ticker().tick.emit()
    assert "We aimed to be with you by 03:02 today. That has passed" in reads(form.area)


def test_where_nothing_is_decided_any_more_nothing_is_read(qtbot: QtBot, night: Night) -> None:
    shown = page(qtbot, night, "r5")
    shown.ask(READING)
    form = card(shown)
    assert form.title.text() == NOTHING
    assert form.area.isHidden()
    form.send()
    assert form.error.text() == NOTHING
    assert undone(night.desk, night["r5"]) == ()


def test_the_bar_that_nobody_was_told_leads_to_the_words(night: Night) -> None:
    redirect(night)
    report = effective(night.desk, night["r5"])
    bars = [one for one in standings(report, night.desk.person, NOW) if one.form == READING]
    assert [(one.lead, one.action) for one in bars] == [
        ("The public has not been told.", SAY_THIS)
    ]


@pytest.fixture
def window(night: Night, qtbot: QtBot) -> Iterator[MainWindow]:
    with a_window(night.desk) as shown:
        yield shown


def test_after_a_decision_the_notice_leads_back_to_the_words_for_that_report(
    window: MainWindow, night: Night
) -> None:
    assert window.commands.why_not("report.say_last") == "You have decided nothing here yet."
    window.open_report(night["r5"])
    assert window.commands.why_not("report.say") == "Nothing is decided on it yet."
    redirect(night)
    window.work.decide.done.emit("Redirected to Cambridge City Council.")
    assert window.work.report.report_id != night["r5"]
    (notice,) = window.toasts.shown
    assert notice.action.text() == SAY_THIS
    QTest.keyClick(window, Qt.Key.Key_T, TELL)
    assert undone(night.desk, night["r5"])[-1] == "RedirectReport"
    QTest.keyClick(window, Qt.Key.Key_S, LAST)
    assert window.work.report.report_id == night["r5"]
    assert "This is for Cambridge City Council" in reads(card(window.work.report).area)
    window.work.report.composer.text.setFocus()
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_T, TELL)
    assert undone(night.desk, night["r5"])[-1] == "LogReply"
    assert window.work.report.form is None
    assert window.commands.why_not("report.told").startswith("Open what to say first")


def test_a_decision_without_words_for_the_caller_says_only_what_was_done(
    window: MainWindow, night: Night
) -> None:
    window.open_report(night["r2"])
    window.work.decide.ask_supervisor()
    (notice,) = window.toasts.shown
    assert notice.action.isHidden()


def test_the_key_is_dead_until_a_yes_where_contact_may_be_unsafe(
    window: MainWindow, night: Night
) -> None:
    record(night, "r1")
    window.open_report(night["r1"])
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_S, TELL)
    form = card(window.work.report)
    focus = QApplication.focusWidget()
    assert focus is form.area
    QTest.keyClick(focus, Qt.Key.Key_T, TELL)
    assert undone(night.desk, night["r1"])[-1] == "RecordCrime"
    QTest.keyClick(focus, Qt.Key.Key_Return)
    QTest.keyClick(focus, Qt.Key.Key_T, TELL)
    assert undone(night.desk, night["r1"])[-1] == "LogReply"


def test_the_card_leaves_room_for_the_report_and_scrolls_by_key(
    window: MainWindow, night: Night
) -> None:
    record(night, "r2")
    window.resize(1366, 768)
    window.open_report(night["r2"])
    window.work.report.ask(READING)
    form = card(window.work.report)
    QApplication.processEvents()
    assert form.area.height() <= 768 * 0.42 + 1
    bar = form.area.verticalScrollBar()
    assert bar.maximum() > 0
    editor = form.area
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(editor, Qt.Key.Key_PageUp)
    assert bar.value() == 0
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert window.work.report.form is None


def test_the_card_has_the_page_to_itself_until_another_part_is_wanted(
    qtbot: QtBot, night: Night
) -> None:
    record(night, "r1")
    shown = page(qtbot, night, "r1")
    shown.ask(READING)
    form = card(shown)
    assert not shown.tabs.isVisible()
    qtbot.waitUntil(lambda: form.area.height() > shown.height() / 2)
    shown.edit_facts()
    assert shown.form is None
    assert shown.tabs.isVisible()
    assert shown.facts.isVisible()


def test_how_somebody_may_be_reached_stays_in_sight_beside_the_card(
    qtbot: QtBot, night: Night
) -> None:
    record(night, "r1")
    unsafe = SetSafeContact(report=night["r1"], ways={"phone": "unsafe"}, not_when="At night")
    assert night.desk.submit(unsafe) is None
    shown = page(qtbot, night, "r1")
    shown.ask(READING)
    open_ones = [bar for bar in shown.standings.bars if bar.isVisible()]
    assert len(open_ones) == 1
    assert shown.standings.told[0].lead.startswith("Safe contact")
