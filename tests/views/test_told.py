"""When the caller was told, as people type a time; and the form that asks for it."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.told import thrive
from tests.views.decide_stage import Stage, settle
from tests.views.stage import NOW, effective
from tests.views.test_decide_acts import act
from workstation.desk import Desk
from workstation.domain.claiming import ClaimReport
from workstation.domain.report import ReportId
from workstation.domain.risk import lowest_levels
from workstation.views.decide.column import REDIRECT
from workstation.views.report.acts import close_form, duplicate_form
from workstation.views.told import told_at

TIMES = [
    ("02:40", datetime(2026, 11, 22, 2, 40, tzinfo=UTC)),
    ("0240", datetime(2026, 11, 22, 2, 40, tzinfo=UTC)),
    ("2.40", datetime(2026, 11, 22, 2, 40, tzinfo=UTC)),
    ("23:50", datetime(2026, 11, 21, 23, 50, tzinfo=UTC)),
    ("24:00", None),
    ("soon", None),
    ("", None),
]


@pytest.mark.parametrize(("typed", "at"), TIMES)
def test_a_time_of_day_is_the_newest_that_has_come(typed: str, at: datetime | None) -> None:
    assert told_at(typed, NOW) == at


def test_in_summer_the_time_is_londons() -> None:
    summer = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert told_at("12:55", summer) == datetime(2026, 7, 1, 11, 55, tzinfo=UTC)


def test_in_the_hour_that_comes_twice_it_is_the_newest_that_has_come() -> None:
    again = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert told_at("01:05", again) == datetime(2026, 10, 25, 1, 5, tzinfo=UTC)
    assert told_at("01:45", again) == datetime(2026, 10, 25, 0, 45, tzinfo=UTC)


def test_a_report_closes_with_when_by_whom_and_what_the_caller_was_told(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    stage = Stage(desk)
    qtbot.addWidget(stage)
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    column.redirect.key("0")
    column.redirect.key("X")
    form = column.redirect.close_form
    form.reason.set_text("Gone when the patrol passed")
    settle()
    assert form.missing() == "Say first whether the caller was told."
    assert form.fields["told_by"].isHidden()
    form.told.answer.choose(0)
    assert form.missing() == "Say first what the caller was told."
    assert (form.told.when.text(), form.told.by.text()) == ("02:47", "Kelly Rowe")
    form.told.when.setText("02:45")
    form.told.what.setText("No officer will come")
    act(qtbot, column)
    closing = effective(desk, noise).closing
    assert closing is not None
    assert closing.told is not None
    assert (closing.told.answer, closing.told.by) == ("yes", "Kelly Rowe")
    assert closing.told.at == datetime(2026, 11, 22, 2, 45, tzinfo=UTC)


def test_a_time_still_to_come_today_says_that_it_means_yesterday(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    desk.submit(ClaimReport(report=noise))
    desk.submit(thrive(noise, lowest_levels(desk.pack)))
    form = close_form(desk, noise)
    qtbot.addWidget(form)
    when = form.fields["told_at"]
    line = when.editor
    assert isinstance(line, QLineEdit)
    assert when.doubt.text() == ""
    line.setText("23:50")
    assert when.doubt.text() == ("This means yesterday, 21 November: today it has not come yet.")
    said = {"reason": "r", "told": "yes", "told_at": "23:50", "told_by": "K", "caller_told": "w"}
    refusal = form._answer(said)
    assert refusal is not None
    assert refusal.field == "told_at"
    assert refusal.sentence.startswith("This report came at 02:4")


def test_a_time_that_is_none_is_refused_beside_it(
    qtbot: QtBot, desk: Desk, noise: ReportId
) -> None:
    stage = Stage(desk)
    qtbot.addWidget(stage)
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    column.redirect.key("0")
    column.redirect.key("X")
    form = column.redirect.close_form
    form.reason.set_text("Over")
    form.told.answer.choose(0)
    form.told.when.setText("soon")
    form.told.what.setText("It is over")
    act(qtbot, column)
    assert form.fields["told_at"].error.text() == "Say when the caller was told, as 14:05."
    assert effective(desk, noise).is_open


def test_who_was_not_told_says_why(qtbot: QtBot, desk: Desk, noise: ReportId) -> None:
    stage = Stage(desk)
    qtbot.addWidget(stage)
    column = stage.open(noise)
    column.open_panel(REDIRECT)
    column.redirect.key("0")
    column.redirect.key("X")
    form = column.redirect.close_form
    form.reason.set_text("Over")
    form.told.answer.choose(1)
    assert form.fields["told_at"].isHidden()
    assert form.fields["caller_told"].label.text() == "Why not?"
    form.told.what.setText("Withheld number")
    act(qtbot, column)
    closing = effective(desk, noise).closing
    assert closing is not None
    assert closing.told is not None
    assert closing.told.answer == "no"


def test_the_form_of_the_palette_asks_the_same(qtbot: QtBot, desk: Desk, noise: ReportId) -> None:
    desk.submit(ClaimReport(report=noise))
    desk.submit(thrive(noise, lowest_levels(desk.pack)))
    form = close_form(desk, noise)
    qtbot.addWidget(form)
    assert list(form.fields) == ["reason", "told", "told_at", "told_by", "caller_told"]
    said = {"reason": "r", "told": "", "told_at": "02:40", "told_by": "K", "caller_told": "w"}
    refusal = form._answer(said)
    assert refusal is not None
    assert refusal.field == "told"


def test_a_duplicate_of_the_palette_asks_it_too(
    qtbot: QtBot, desk: Desk, noise: ReportId, harassment: ReportId
) -> None:
    for id in (noise, harassment):
        desk.submit(ClaimReport(report=id))
        desk.submit(thrive(id, lowest_levels(desk.pack)))
    form = duplicate_form(desk, noise)
    qtbot.addWidget(form)
    said = {"of": effective(desk, harassment).reference, "reason": "", "told": "",
            "told_at": "02:45", "told_by": "K", "caller_told": "Somebody has it"}  # fmt: skip
    refusal = form._answer(said)
    assert refusal is not None
    assert refusal.field == "told"
    assert form._answer(said | {"told": "yes"}) is None
    closing = effective(desk, noise).closing
    assert closing is not None
    assert closing.caller_told == "Somebody has it"
