"""Promises on screen: the sum, what we said, which of several is late, and what is still owed."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.assessing import low_risk
from tests.views.screens import a_window, type_into
from tests.views.stage import MO, NOW, SAM, Night, effective, undone
from tests.views.test_report_page import page
from tests.world import listed
from workstation.desk import Desk, QueueFilter, QueueRow
from workstation.domain.claiming import ClaimReport, ReassignReport
from workstation.domain.clocks import PromiseKind
from workstation.domain.closing import CloseReport
from workstation.domain.judgement import CallerTold
from workstation.domain.promising import MakePromise
from workstation.domain.refusal import Refusal
from workstation.domain.replying import LogReply
from workstation.domain.report import Victim
from workstation.domain.roles import Author, PersonId
from workstation.ui.label import Body, Secondary
from workstation.ui.select import Select
from workstation.views.queue.due_chips import due_chips
from workstation.views.queue.row_chips import fitted
from workstation.views.queue.sections import section_of, spoken_row
from workstation.views.report.ask_form import AskForm
from workstation.views.report.needs_form import NEEDING
from workstation.views.report.page import ReportPage
from workstation.views.report.promise_forms import DONE, INITIAL, LETTING_GO, REPLYING, SAYING
from workstation.views.report.standing import standings

CALL = "Call back"


def call_back(night: Night, minutes: float = 60) -> MakePromise:
    due_at = NOW + timedelta(minutes=minutes)
    return MakePromise(report=night["r1"], promise="p1", what=CALL, due_at=due_at)


def opened(qtbot: QtBot, night: Night, name: str) -> tuple[ReportPage, AskForm]:
    shown = page(qtbot, night)
    shown.ask(name)
    assert shown.form is not None
    return shown, shown.form


def editor(form: AskForm, name: str) -> QWidget:
    return form.fields[name].editor


def choose(form: AskForm, name: str, value: str) -> None:
    box = editor(form, name)
    assert isinstance(box, Select)
    box.setCurrentIndex(box.findData(value))


def error(form: AskForm, name: str) -> str:
    return form.fields[name].error.text()


def row_of(desk: Desk, night: Night) -> QueueRow:
    return desk.rows([night["r1"]])[0]


def bars(night: Night) -> list[tuple[str, str]]:
    report = effective(night.desk, night["r1"])
    return [(one.lead, one.text) for one in standings(report, night.desk.person, NOW)]


def test_i_said_i_would_is_typed_and_read_back(qtbot: QtBot, night: Night) -> None:
    shown, form = opened(qtbot, night, SAYING)
    type_into(editor(form, "what"), CALL)
    assert form.fields["when"].hint.text().startswith("Type 18:00")
    type_into(editor(form, "when"), "tomorrow 9")
    assert form.fields["when"].hint.text() == "By Mon 23 Nov 09:00, in 30 h 12 min."
    QTest.keyClick(editor(form, "when"), Qt.Key.Key_Return)
    assert shown.form is None
    assert undone(night.desk, night["r1"]) == ("MakePromise",)
    assert (f"{CALL} by Mon 23 Nov 09:00,", "Kelly Rowe said.") in bars(night)


def test_what_is_no_time_is_refused_beside_its_field_and_kept(qtbot: QtBot, night: Night) -> None:
    shown, form = opened(qtbot, night, SAYING)
    type_into(editor(form, "what"), CALL)
    type_into(editor(form, "when"), "soon")
    assert form.fields["when"].hint.text().startswith("Not read yet.")
    form.send()
    assert error(form, "when").startswith("This is no time to come.")
    assert shown.form is form
    when = editor(form, "when")
    assert isinstance(when, QLineEdit)
    assert when.text() == "soon"


def test_a_time_is_chosen_where_nobody_types_one(qtbot: QtBot, night: Night) -> None:
    _, form = opened(qtbot, night, SAYING)
    type_into(editor(form, "what"), CALL)
    choose(form, "soon", "in 2 h")
    assert form.fields["when"].hint.text() == "By 04:47, in 2 h 00 min."
    form.send()
    (made,) = effective(night.desk, night["r1"]).owed_promises
    assert made.due_at == NOW + timedelta(hours=2)


def test_the_promise_stands_in_the_row_and_gives_it_its_place(night: Night) -> None:
    night.desk.submit(call_back(night, 8))
    row = row_of(night.desk, night)
    assert ("Call back by 02:55", "neutral", "calendar-clock") in due_chips(row, NOW)
    assert "promised: Call back, due in 8 min 00 s" in spoken_row(row, NOW)
    late = due_chips(row, NOW + timedelta(minutes=9))
    assert ("Call back by 02:55", "warn", "calendar-clock") in late
    assert [text for text, _, _ in fitted(late[-1:], 90)] == ["By 02:55"]


def test_kept_it_leaves_the_page_and_the_sum_says_when(qtbot: QtBot, night: Night) -> None:
    night.desk.submit(call_back(night))
    shown, form = opened(qtbot, night, DONE)
    type_into(editor(form, "words"), "She is well.")
    form.send()
    assert undone(night.desk, night["r1"]) == ("MakePromise", "KeepPromise")
    assert not [lead for lead, _ in bars(night) if lead.startswith(CALL)]
    shown.toggle_promises()
    assert "Call back: kept, 02:47" in words_of(shown)


def words_of(shown: ReportPage) -> list[str]:
    labels = shown.promises.findChildren(Body) + shown.promises.findChildren(Secondary)
    return [label.text() for label in labels]


def test_letting_go_needs_a_reason(qtbot: QtBot, night: Night) -> None:
    night.desk.submit(call_back(night))
    _, form = opened(qtbot, night, LETTING_GO)
    form.send()
    assert error(form, "reason") == "Say why it will not be done."
    type_into(editor(form, "reason"), "She rang us.")
    form.send()
    assert effective(night.desk, night["r1"]).owed_promises == ()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_several_late_promises_are_named_in_the_row_and_on_the_page(
    qtbot: QtBot, night: Night, size: tuple[int, int]
) -> None:
    now = NOW + timedelta(hours=49)
    row = row_of(night.desk, night)
    (late,) = due_chips(row, now)
    assert late == ("Initial check, recording and 1 more overdue", "danger", "triangle-alert")
    assert fitted([late], 230)[0][0] == "Initial check +2 overdue"
    assert fitted([late], 100)[0][0] == "3 overdue"
    assert late[0] in spoken_row(row, now)
    shown = page(qtbot, night)
    shown.resize(*size)
    shown.header.due.show_promises(night.desk.promises(night["r1"]), now)
    assert shown.header.due.accessibleName().startswith(late[0])


def test_one_late_promise_needs_no_chip(night: Night) -> None:
    assert due_chips(row_of(night.desk, night), NOW + timedelta(minutes=20)) == []


def test_what_nobody_looked_at_says_so_in_its_heading_and_its_header(
    qtbot: QtBot, night: Night
) -> None:
    calm = replace(row_of(night.desk, night), danger=False, waits=False)
    assert section_of(calm, NOW).text.startswith("Initial check: ")
    shown, form = opened(qtbot, night, INITIAL)
    assert "Initial check not done" in shown.header.chip_texts()
    form.send()
    assert error(form, "danger").startswith("Answer this first")
    choose(form, "danger", "yes")
    form.send()
    assert "send officers" in error(form, "danger")
    choose(form, "danger", "no")
    choose(form, "whose", "Not sure")
    form.send()
    assert undone(night.desk, night["r1"]) == ("PassInitialCheck",)
    assert row_of(night.desk, night).waits


def close(night: Night) -> None:
    desk, id = night.desk, night["r1"]
    told = CallerTold("no")
    end = CloseReport(report=id, reason="advice", caller_told="No phone.", told=told)
    for command in (ClaimReport(report=id), low_risk(desk, id), end):
        refusal = desk.submit(command)
        assert refusal is None, refusal


def test_a_closed_report_stands_among_what_is_owed_until_the_public_was_told(
    qtbot: QtBot, night: Night
) -> None:
    close(night)
    desk, id = night.desk, night["r1"]
    assert id not in listed(desk, QueueFilter())
    assert listed(desk, QueueFilter(view="owed")) == [id]
    assert ("Reply owed", "neutral", "send") in due_chips(row_of(desk, night), NOW)
    assert ("The public has not been told.",) in [bar[:1] for bar in bars(night)]
    _, form = opened(qtbot, night, REPLYING)
    type_into(editor(form, "words"), "Nothing we can do; the council can.")
    form.send()
    assert listed(desk, QueueFilter(view="owed")) == []
    assert not effective(desk, id).is_open


def harmed(night: Night) -> None:
    """A crime against a named person is recorded on the report."""
    desk, id = night.desk, night["r1"]
    victim = Victim("person", "Ola Berg")
    assert desk.submit(ClaimReport(report=id)) is None
    assert not isinstance(desk.record_crime(id, "105/01", victim), Refusal)


def test_what_a_victim_needs_is_asked_by_one_key_and_ends_its_clock(
    qtbot: QtBot, night: Night
) -> None:
    harmed(night)
    shown, form = opened(qtbot, night, NEEDING)
    box = editor(form, "victim")
    assert isinstance(box, Select)
    assert box.currentText().startswith("Ola Berg, crime ")
    type_into(editor(form, "found"), "Afraid to sleep at home")
    form.send()
    assert error(form, "support") == "Offer support first, then say whether it was taken."
    choose(form, "support", "referred")
    form.send()
    assert error(form, "service") == "Say which service they were referred to."
    shown.toggle_promises()
    assert any("Log it when it is done: Ctrl+Shift+N." in text for text in words_of(shown))
    shown.toggle_promises()
    type_into(editor(form, "service"), "Victim Support")
    form.send()
    entry = night.desk.entries(night["r1"])[-1].entry
    assert entry.title == "Needs of Ola Berg assessed"
    assert entry.text == "Afraid to sleep at home\nReferred to Victim Support"
    (needs,) = [p for p in night.desk.promises(night["r1"]) if p.kind is PromiseKind.NEEDS]
    assert not needs.is_running


def test_the_rail_counts_what_is_owed_and_leads_there(night: Night) -> None:
    close(night)
    with a_window(night.desk) as window:
        assert window.rail.button("owed").accessibleName() == "Owed, 1 waiting"
        window.go("owed")
        assert window.work.list.rows.model.ids == (night["r1"],)


def test_the_sum_says_the_stages_and_every_clock(qtbot: QtBot, night: Night) -> None:
    shown = page(qtbot, night)
    shown.toggle_promises()
    said = words_of(shown)
    assert any(text.endswith("01:52 to now, not done.") for text in said)
    assert any("promises the public a reply" in text for text in said)


def test_who_is_given_the_report_reads_that_she_owes_what_another_said(night: Night) -> None:
    night.desk.submit(call_back(night))
    night.seat().exchange()
    mo = Author(PersonId(MO), "Mo Ahmed")
    night.meanwhile(SAM, ReassignReport(report=night["r1"], to=mo, reason="shift ends"))
    (text,) = [text for lead, text in bars(night) if lead.startswith(CALL)]
    assert text == "Kelly Rowe said. Mo Ahmed owes it."


def test_a_reply_in_the_log_says_who_was_told(night: Night) -> None:
    reply = LogReply(report=night["r1"], who="Ola", means="phone", words="Number 35/1/26")
    assert night.desk.submit(reply) is None
    entry = night.desk.entries(night["r1"])[-1].entry
    assert (entry.title, entry.text) == ("Ola told, by phone: the reply", "Number 35/1/26")
