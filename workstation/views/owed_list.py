"""What the hub has finished with and still owes: replies, calls, answers of agencies."""

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, QueueFilter
from workstation.views.dispatch_list import ListColumn
from workstation.views.queue.delegate import QueueDelegate


class OwedColumn(ListColumn):
    """Closed, redirected or handed over, but somebody still waits: what is due first is first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Still owed", QueueFilter(view="owed"), QueueDelegate, parent)
        self.rows.empty.set_words(
            "Nothing is owed", "Whoever was promised something has it, or their report is open."
        )
