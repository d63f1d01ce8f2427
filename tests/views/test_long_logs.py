"""A long log is placed a few lines in each turn of the window, and each line where it belongs."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from workstation.desk import ShownEntry
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.report import ReportId
from workstation.domain.roles import Author, PersonId
from workstation.views.report.log import AT_ONCE, SHOWN_AT_FIRST, LogList

MANY = 60
START = datetime(2026, 3, 1, 8, tzinfo=UTC)


def told(report: str, count: int, pending: bool = False) -> list[ShownEntry]:
    by = Author(PersonId("mo"), "Mo Ahmed")
    return [
        ShownEntry(
            Entry(
                id=f"{report}:{number}",
                report=ReportId(report),
                kind=EntryKind.NOTE,
                at=START + timedelta(minutes=number),
                by=by,
                title="Note added",
                text=f"Rang back, note {number}.",
            ),
            pending,
            False,
        )
        for number in range(count)
    ]


def show(log: LogList, entries: Sequence[ShownEntry]) -> None:
    log.show_lines(entries, frozenset(), START)


def ids(log: LogList) -> list[str]:
    return [one.line.shown.entry.id for one in log.lines()]


def names(entries: Sequence[ShownEntry]) -> list[str]:
    return [one.entry.id for one in entries]


@pytest.fixture
def log(qtbot: QtBot) -> LogList:
    made = LogList()
    qtbot.addWidget(made)
    made.resize(400, 600)
    made.show()
    return made


def test_few_lines_are_made_at_once_and_the_rest_follows_in_order(
    qtbot: QtBot, log: LogList
) -> None:
    story = told("r1", MANY)
    show(log, story)
    assert ids(log) == names(story[:AT_ONCE])
    qtbot.waitUntil(lambda: len(log.lines()) == MANY)
    assert ids(log) == names(story)


def test_a_line_that_comes_while_others_are_owed_comes_last(qtbot: QtBot, log: LogList) -> None:
    story = told("r1", MANY)
    show(log, story[:-1])
    show(log, story)
    qtbot.waitUntil(lambda: len(log.lines()) == MANY)
    assert ids(log) == names(story)


def test_another_report_takes_the_place_of_lines_still_owed(qtbot: QtBot, log: LogList) -> None:
    show(log, told("r1", MANY))
    story = told("r2", MANY)
    show(log, story)
    qtbot.waitUntil(lambda: len(log.lines()) == MANY)
    assert ids(log) == names(story)


def test_a_line_that_is_confirmed_is_made_anew_where_it_stood(qtbot: QtBot, log: LogList) -> None:
    confirmed = told("r1", MANY)
    story = [*confirmed[:30], *told("r1", 31, pending=True)[30:], *confirmed[31:]]
    show(log, story)
    qtbot.waitUntil(lambda: len(log.lines()) == MANY)
    before = log.lines()
    show(log, confirmed)
    after = log.lines()
    assert ids(log) == names(confirmed)
    assert [one for one, other in zip(after, before, strict=True) if one is not other] == [
        after[30]
    ]
    assert "not yet confirmed" not in after[30].accessibleName()


def test_earlier_lines_come_above_those_that_stand(qtbot: QtBot, log: LogList) -> None:
    story = told("r1", SHOWN_AT_FIRST + MANY)
    show(log, story)
    qtbot.waitUntil(lambda: len(log.lines()) == SHOWN_AT_FIRST)
    standing = log.lines()
    log.earlier.click()
    assert log.lines()[-SHOWN_AT_FIRST:] == standing
    qtbot.waitUntil(lambda: len(log.lines()) == len(story))
    assert ids(log) == names(story)
