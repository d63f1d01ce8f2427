"""A report comes on screen in two turns of the loop: what is typed between them is heard."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.views.stage import Night
from tests.views.test_shell import window
from workstation.domain.report import ReportId


class PaintsSeen(QObject):
    """Notes when a widget is painted, among other things."""

    def __init__(self, widget: QWidget, seen: list[str]) -> None:
        super().__init__(widget)
        self._seen = seen
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self._seen.append("painted")
        return super().eventFilter(watched, event)


def test_the_loop_turns_between_filling_a_report_and_painting_it(
    qtbot: QtBot, night: Night
) -> None:
    shown = window(qtbot, night.desk)
    seen: list[str] = []
    PaintsSeen(shown.work.report, seen)
    shown.work.open_report(ReportId(night["r2"]))
    QTimer.singleShot(0, lambda: seen.append("turned"))
    qtbot.waitUntil(lambda: "painted" in seen)
    assert seen[0] == "turned"
