"""What an IMU reviewer sees: the reports that were handed over."""

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, QueueFilter, QueueRow
from workstation.ui.list_base import Section
from workstation.views.dispatch_list import ListColumn
from workstation.views.due import day
from workstation.views.queue.delegate import QueueDelegate


class ImuDelegate(QueueDelegate):
    """The same rows, under the day their report came in."""

    def section_of(self, row: QueueRow) -> Section | None:
        return Section(f"Received {day(row.received_at)}")


class ImuColumn(ListColumn):
    """Handed over, in the order of the desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Handed over", QueueFilter(view="imu"), ImuDelegate, parent)
        unit = desk.pack.terms.get("imu", "Investigations Management Unit")
        self.rows.empty.set_words("Nothing handed over", f"Crimes handed to the {unit} come here.")
