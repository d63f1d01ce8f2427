"""Says that a claim is not sure; who is on the phone goes on all the same, and it is logged."""

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, Shown
from workstation.domain.on_the_phone import WorkOnThePhone
from workstation.domain.report import ReportId
from workstation.ui.banner import Banner
from workstation.views.literal import literal

ON_THE_PHONE = "I am on the phone to this person"
GOES_ON = "You can raise the grade, add notes and send officers. To close, redirect or record: F7."
WENT_ON = "You said that you are on the phone; it goes on the log when the line is back."


class UnsureBar(Banner):
    """Stands while the report is this person's, for all we know; hidden where that is sure."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "wifi-off", action=f"{ON_THE_PHONE} (F7)", parent=parent)
        self._desk = desk
        self._id: ReportId | None = None
        self.acted.connect(self.go_on)
        self.hide()

    def show_report(self, shown: Shown) -> None:
        """Say how sure it is that nobody else works this report."""
        claim = shown.report.claim
        is_mine = claim is not None and claim.by.id == self._desk.person.id
        self._id = shown.report.id
        more = GOES_ON if shown.held_back else WENT_ON
        self.set_text(literal(f"{shown.doubt} {more}"))
        self.action.setVisible(bool(shown.held_back))
        self.setVisible(is_mine and bool(shown.doubt))

    def go_on(self) -> None:
        """The person is on the phone to the caller, and does not wait for the store."""
        if self._id is not None:
            self._desk.submit(WorkOnThePhone(report=self._id))
