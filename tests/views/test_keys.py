"""The keys of the window: each once, all in the sheet, and named only where they work."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from tests.views.test_shell import window
from workstation.ui.keycap import KeyCap
from workstation.views.commands import place_of
from workstation.views.decide.redirect_panel import WAY_LETTERS, WAYS
from workstation.views.panel_keys import IN_GRADE, IN_REDIRECT
from workstation.views.shell import ATTENTION, SETTINGS, TAKING
from workstation.views.work import QUEUE

PANELS = (IN_GRADE, IN_REDIRECT)


def test_no_two_commands_of_the_window_share_keys(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    specs = [s for s in shown.commands.specs() if s.keys]
    keys = [(s.context if s.context in PANELS else "", s.keys) for s in specs]
    assert sorted(keys) == sorted(set(keys))


def test_the_sheet_names_every_key_that_the_panels_read_and_each_does_what_it_says(
    qtbot: QtBot, still_night: Night
) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r2"])
    told = {(one.scope, *one.keys): one.text for one in shown.commands.shortcuts()}
    column, pack = shown.work.decide, still_night.desk.pack
    for element in pack.thrive:
        assert told[IN_GRADE, element.key] == f"{element.name} (THRIVE)"
        assert shown.commands.run(f"{IN_GRADE}/{element.key}")
        focus = QApplication.focusWidget()
        assert focus is not None
        assert column.grade.rows.rows[element.key].isAncestorOf(focus)
    for grade in pack.grades:
        assert told[IN_GRADE, "Alt", grade.code].startswith("Grade ")
        assert shown.commands.run(f"{IN_GRADE}/Alt+{grade.code}")
        assert column.grade.tiles.chosen_code == grade.code
    for letter, way in WAY_LETTERS.items():
        assert told[IN_REDIRECT, letter] == WAYS[way]
        assert shown.commands.run(f"{IN_REDIRECT}/{letter}")
        assert column.redirect.ways.chosen_index == way
    for context in PANELS:
        assert told[context, "0"] == "No risk found"
        column.risk.clear()
        assert shown.commands.run(f"{context}/0")
        assert column.risk.no_risk_found


@pytest.mark.parametrize("page", [ATTENTION, TAKING, SETTINGS])
def test_the_foot_names_keys_of_a_list_only_beside_a_list(
    qtbot: QtBot, still_night: Night, page: str
) -> None:
    shown = window(qtbot, still_night.desk, 1920)
    hints = [one for one in shown.status.findChildren(KeyCap) if one.isVisible()]
    assert len(hints) == 5
    shown.go(page)
    assert [one for one in shown.status.findChildren(KeyCap) if one.isVisible()] == hints[-1:]
    shown.go(QUEUE)
    assert all(one.isVisible() for one in hints)


def test_the_menu_of_a_report_stays_within_the_window(qtbot: QtBot, still_night: Night) -> None:
    shown = window(qtbot, still_night.desk)
    shown.work.show_report(still_night["r2"])
    menu = QMenu(shown.work)
    for words in ("Close", "Join two numbers of one crime: there is one number only. " * 3):
        menu.addAction(words)
        left = shown.mapFromGlobal(place_of(menu, shown)).x()
        assert left + menu.sizeHint().width() <= shown.width()
        more = shown.work.report.header.more
        below = shown.mapFromGlobal(more.mapToGlobal(more.rect().bottomLeft())).x()
        assert (left < below) == (words != "Close")
