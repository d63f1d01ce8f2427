"""Moving several reports at once: pick rows with X, press M, choose who, say why.

Each report gets its own answer; one that cannot move says why and the others go on.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.label import Body, Secondary
from workstation.ui.surface import Surface
from workstation.views.report.acts import reassign_form
from workstation.views.report.ask_form import AskForm


class MovePanel(Surface):
    """Under the list while reports are being moved, then with the result of each."""

    moved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._desk = desk
        self.form: AskForm | None = None
        self._told: dict[ReportId, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, 6, 6, 6)
        self._column.setSpacing(4)
        self.hide()

    def begin(self, ids: Sequence[ReportId]) -> None:
        """Ask to whom these go and why."""
        self._clear()
        self._told = {}
        form = self.form = reassign_form(self._desk, ids, self._told)
        form.done.connect(self._show_results)
        form.left.connect(self.leave)
        self._column.addWidget(form)
        self.show()
        form.take_focus()

    def leave(self) -> None:
        """Go away."""
        self._clear()
        self.hide()
        self.left.emit()

    def results(self) -> dict[ReportId, str]:
        """What came of each report."""
        return dict(self._told)

    def _show_results(self) -> None:
        self._clear()
        self._column.addWidget(Body("Moved", strong=True))
        for id, words in self._told.items():
            shown = self._desk.report(id)
            reference = shown.report.reference if shown else ""
            self._column.addWidget(Secondary(f"{reference}: {words}"))
        done = Button("Done", icon="check")
        done.clicked.connect(self.leave)
        self._column.addWidget(done)
        self.moved.emit()

    def _clear(self) -> None:
        self.form = None
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
