"""What else is known of a report: the accounts of one event, and earlier contacts."""

from PySide6.QtCore import QObject, Signal

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.views.report.cluster import ClusterCard
from workstation.views.report.linked import LinkedCard


class Links(QObject):
    """Both cards. `opened(str)`: that report is wanted; `counted(int)`: so many others there are.

    What the check for earlier contacts finds comes later than the report: only these say it anew.
    """

    opened = Signal(str)
    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id: ReportId | None = None
        self.cluster, self.linked = ClusterCard(), LinkedCard()
        self.cluster.opened.connect(self.opened)
        self.linked.opened.connect(self.opened)
        desk.contacts_found.connect(self._on_found)

    def show_report(self, id: ReportId) -> None:
        """Show what is known of this report."""
        self._id = id
        now, rows = self._desk.clock.now(), self._desk.linked_with(id)
        self.cluster.show_cluster(self._desk.cluster(id), id, now)
        self.linked.show_linked(self._desk.earlier_contacts(id), rows, now)
        self.counted.emit(len(rows))

    def _on_found(self, ids: frozenset[ReportId]) -> None:
        if self._id in ids:
            self.show_report(self._id)
