"""The short notices of the window, on whatever page it shows."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.ui.toast import Toast, Toasts


class Notices(Toasts):
    """One that says dispatch has NOT got a grade goes once that is not so any more."""

    def __init__(self, desk: Desk, pages: QStackedWidget, *above: QWidget) -> None:
        super().__init__(pages, *above)
        self._desk = desk
        self._waits: list[tuple[ReportId | None, Toast]] = []
        pages.currentChanged.connect(self._on_page)
        desk.undelivered_changed.connect(self._on_state)
        desk.link_changed.connect(self._on_state)

    def waits(self, sentence: str, report: ReportId | None) -> None:
        """A notice of what dispatch has yet to get of a report."""
        toast = self.show_toast(sentence, icon="cloud-upload", tone="warn")
        self._waits.append((report, toast))

    def _on_page(self, _index: int) -> None:
        self.place()

    def _on_state(self, _state: object) -> None:
        missing = {one.report for one in self._desk.unconfirmed()}
        for report, toast in self._waits:
            if report not in missing and toast in self.shown:
                toast.close_now()
        self._waits = [one for one in self._waits if one[1] in self.shown]
