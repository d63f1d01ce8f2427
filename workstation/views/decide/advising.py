"""Shows the panels what the words of the report on screen suggest, as soon as that is known."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from workstation.domain.report import ReportId
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.panel import Panel


class Advising(QObject):
    """`came` tells that what was being read has been read."""

    came = Signal()

    def __init__(self, desk: DeskFace, panels: Sequence[Panel], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panels = panels
        self._id: ReportId | None = None
        desk.suggestions_changed.connect(self._on_changed)

    def show_report(self, id: ReportId) -> None:
        """This report is on screen, as it reads now."""
        self._id = id
        suggested = self._desk.suggested(id)
        for panel in self._panels:
            panel.show_suggested(suggested)

    def _on_changed(self, id: ReportId) -> None:
        if id == self._id:
            self.show_report(id)
            self.came.emit()
