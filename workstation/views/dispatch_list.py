"""What a dispatcher sees: graded incidents that want officers, by grade and due time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Desk, QueueFilter, QueueRow
from workstation.domain.grading import OpenByDispatch
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.ui.fonts import scaled
from workstation.ui.label import Body, Title
from workstation.ui.list_base import Section
from workstation.ui.surface import Rule, Surface
from workstation.views.queue.columns import NARROW, WIDE
from workstation.views.queue.delegate import QueueDelegate
from workstation.views.queue.view import RowsView

_TONES = {"octagon": "danger", "triangle": "warn"}


class DispatchDelegate(QueueDelegate):
    """The same rows, under the name of their grade."""

    def section_of(self, row: QueueRow) -> Section | None:
        return Section(row.grade_name or "Not graded", tone=_TONES.get(row.grade_shape, "neutral"))


class ListColumn(Surface):
    """A list of one kind of report. `opened`: show and go to it; `looked`: only show it."""

    opened = Signal(str)
    looked = Signal(str)

    def __init__(
        self,
        desk: Desk,
        title: str,
        wanted: QueueFilter,
        delegate: type[QueueDelegate],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("panel", parent=parent)
        self._desk, self._wanted = desk, wanted
        self.count = Body("0")
        self.rows = RowsView(desk, title, delegate)
        self.rows.filled.connect(self._on_filled)
        self.rows.opened.connect(self._on_opened)
        self.rows.looked.connect(self._on_looked)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.setSpacing(10)
        head.addWidget(Title(title, 16))
        head.addWidget(self.count, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self.rows, 1)
        self.set_narrow(False)

    def fill(self, at_once: bool = False) -> None:
        """Ask for what the desk holds of this kind."""
        self.rows.ask(self._wanted, at_once)

    def _on_filled(self, total: int) -> None:
        self.count.setText(str(total))

    def set_narrow(self, narrow: bool) -> None:
        """Take less room on a narrow screen."""
        self.setFixedWidth(scaled(NARROW if narrow else WIDE))

    def step(self, by: int) -> ReportId | None:
        """Move the cursor and say which report it then stands on."""
        self.rows.list.move_by(by)
        return self.rows.current_id

    def _on_opened(self, id: str) -> None:
        self.opened.emit(id)

    def _on_looked(self, id: str) -> None:
        self.looked.emit(id)


class DispatchColumn(ListColumn):
    """Opening a row says on the record that a dispatcher has it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        wanted = QueueFilter(view="dispatch")
        super().__init__(desk, "Open incidents", wanted, DispatchDelegate, parent)
        self.rows.empty.set_words("No incident waits", "Nothing graded wants officers just now.")

    def _on_opened(self, id: str) -> None:
        self.say_opened(ReportId(id))
        super()._on_opened(id)

    def _on_looked(self, id: str) -> None:
        self.say_opened(ReportId(id))
        super()._on_looked(id)

    def say_opened(self, id: ReportId) -> None:
        """Only a dispatcher's look counts: the handler is told that dispatch has it."""
        shown = self._desk.report(id)
        waits = shown is not None and shown.report.opened is None and shown.report.grading
        if waits and Role.DISPATCHER in self._desk.person.roles:
            self._desk.submit(OpenByDispatch(report=id))
