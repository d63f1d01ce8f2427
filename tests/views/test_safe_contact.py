"""How somebody may be reached stands over the report, and what nobody said is not known."""

from msgspec.structs import replace
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.views.stage import MO, Night, effective
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.contacting import SetSafeContact
from workstation.domain.report import ReportId
from workstation.views.report.facts import pairs_of
from workstation.views.report.page import ReportPage
from workstation.views.report.safe_contact_form import REACHING, safe_contact_bar
from workstation.views.report.standing_bars import by_gravity


def fact(desk: Desk, id: ReportId) -> str:
    report = effective(desk, id)
    return dict(pairs_of(report, desk.clock.now(), desk.pack))["Safe contact"]


def test_nobody_asked_is_not_known(desk: Desk, harassment: ReportId) -> None:
    assert fact(desk, harassment) == "Not known"
    assert safe_contact_bar(effective(desk, harassment), desk.clock.now()) == []


def test_it_is_recorded_by_a_form_and_stands_over_the_report(
    qtbot: QtBot, desk: Desk, harassment: ReportId
) -> None:
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(harassment)
    page.ask(REACHING)
    form = page.form
    assert form is not None
    boxes = {name: one for name, one in form._editors.items() if isinstance(one, QComboBox)}
    assert [box.currentText() for box in boxes.values()] == ["Not known"] * 5
    form.send()
    assert form.fields["phone"].error.text() == "Say of one way at least whether it is safe."
    boxes["phone"].setCurrentIndex(2)
    boxes["text"].setCurrentIndex(1)
    line = form._editors["hidden_from"]
    assert isinstance(line, QLineEdit)
    line.setText("Dean, who reads her messages")
    form.send()
    bar = page.standings.told[0]
    assert (bar.tone, bar.lead) == ("vuln", "Safe contact: do not phone.")
    assert "Said to be safe: text. Not known: voicemail, e-mail and post." in bar.text
    assert "Must not hear of it: Dean, who reads her messages." in bar.text
    assert fact(desk, harassment).startswith("Do not phone. Kelly Rowe")


def test_less_care_asks_for_its_reason_beside_the_field(
    qtbot: QtBot, desk: Desk, harassment: ReportId
) -> None:
    desk.submit(ClaimReport(report=harassment))
    desk.submit(SetSafeContact(report=harassment, ways={"phone": "unsafe"}))
    page = ReportPage(desk)
    qtbot.addWidget(page)
    page.show_report(harassment)
    page.ask(REACHING)
    form = page.form
    assert form is not None
    box = form._editors["phone"]
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Do not use"
    box.setCurrentIndex(1)
    form.send()
    assert form.fields["why"].error.text().startswith("Say why less care is needed now")
    assert effective(desk, harassment).safe_contact is not None


def test_what_a_colleague_set_meanwhile_is_not_undone(
    quiet_night: Night, desk: Desk, harassment: ReportId
) -> None:
    desk.submit(SetSafeContact(report=harassment, ways={"text": "safe"}))
    quiet_night.meanwhile(MO, SetSafeContact(report=harassment, ways={"text": "unsafe"}))
    contact = effective(desk, harassment).safe_contact
    assert contact is not None
    assert contact.terms.unsafe == ("text",)


def test_it_stands_before_everything_but_danger(desk: Desk, harassment: ReportId) -> None:
    desk.submit(SetSafeContact(report=harassment, ways={"phone": "unsafe"}))
    bars = safe_contact_bar(effective(desk, harassment), desk.clock.now())
    warn = [replace(bars[0], tone="warn"), replace(bars[0], tone="danger")]
    assert [one.tone for one in by_gravity([*warn, *bars])] == ["danger", "vuln", "warn"]


def test_what_they_wrote_of_being_reached_stands_until_it_is_recorded(
    desk: Desk, harassment: ReportId
) -> None:
    wrote = replace(effective(desk, harassment).facts, prefers="Text only. Never ring: he answers")
    report = replace(effective(desk, harassment), facts=wrote)
    (bar,) = safe_contact_bar(report, desk.clock.now())
    assert (bar.tone, bar.form) == ("vuln", REACHING)
    assert "“Text only. Never ring: he answers”" in bar.text
    plain = replace(report, facts=replace(wrote, prefers="email"))
    assert safe_contact_bar(plain, desk.clock.now()) == []
