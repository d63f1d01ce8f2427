"""The window goes on while thousands of reports arrive, and while its work file is held."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.faults.hands import Hands
from tests.faults.standstill import Watchdog
from tests.faults.steps import Steps, counted
from tests.faults.watchdog import LIMIT_MS, Scene, a_scene, held, turn_for, turn_until
from workstation.views.decide.column import DecideColumn
from workstation.views.queue.model import FIRST, PAGE
from workstation.views.report.log import LogList
from workstation.views.report.page import ReportPage

ARRIVING = 2_000
SETTLED_S = 0.3
FEW_STEPS = 4_000  # two for each report: no statement looks at them all with so few


def _see_all(scene: Scene) -> None:
    scene.arrive()
    scene.wait()
    model = scene.window.work.queue.rows.model
    turn_until(lambda: model.total == scene.expected)


@pytest.mark.fault("F51")
@pytest.mark.invariant("I40")
def test_nothing_on_the_windows_thread_reads_through_the_reports(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_scene(tmp_path, ARRIVING) as scene:
        steps, dog = Steps(scene.desk), Watchdog()
        _see_all(scene)
        dog.end()
        model = scene.window.work.queue.rows.model
        assert len(model.ids) <= FIRST + PAGE
        assert scene.window.work.queue.count.text() == str(scene.expected)
    assert steps.statements
    assert steps.most <= FEW_STEPS, steps.longest
    assert dog.most_worked_ms <= LIMIT_MS


@pytest.mark.fault("F20", "F51")
@pytest.mark.invariant("I4", "I40")
def test_a_handler_works_on_while_her_file_is_held_and_reports_arrive(
    qapp: QApplication, tmp_path: Path
) -> None:
    with a_scene(tmp_path, ARRIVING) as scene:
        desk, steps = scene.desk, Steps(scene.desk)
        with held(desk):
            hands = Hands(scene.window)
            _see_all(scene)
            turn_until(lambda: bool(hands.notes and hands.grades and hands.contacts))
            hands.stop()
            assert desk.link().unsaved >= hands.notes + hands.grades + hands.contacts
        turn_until(lambda: not desk.link().unsaved)
        turn_until(lambda: not desk.link().waiting)
        assert not desk.attention()
    assert steps.most <= FEW_STEPS, steps.longest


@pytest.mark.fault("F51")
@pytest.mark.invariant("I40")
def test_an_opening_fills_the_page_and_the_panels_once(qapp: QApplication, tmp_path: Path) -> None:
    with a_scene(tmp_path, 0) as scene:
        window, desk = scene.window, scene.desk
        model = window.work.queue.rows.model
        turn_until(lambda: len(model.ids) > 1)
        for id in model.ids[:2]:
            with counted(ReportPage._fill, DecideColumn._fill, LogList._rebuild) as calls:
                window.open_report(id)
                turn_for(SETTLED_S)
            assert calls == {"ReportPage._fill": 1, "DecideColumn._fill": 1, "LogList._rebuild": 1}
            assert desk.rows([id])[0].has_new is False
