"""*Emergency: send officers now*: a place and one line of why. No rule may delay it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workstation.domain.grading import EscalateEmergency
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.ui.form import Field
from workstation.ui.label import Secondary
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.location_field import LocationField

WHERE_FIRST = "Say first where officers are to go, or why it is unknown."


class EmergencyForm(QWidget):
    """The two fields of an escalation; `left` on Escape, `edited` when words changed."""

    left = Signal()
    edited = Signal()

    def __init__(self, desk: DeskFace) -> None:
        super().__init__()
        self._desk = desk
        self._report: Report | None = None
        self.known = Secondary()
        self.where = LocationField(desk, "Where officers are to go")
        self.why_line = QLineEdit()
        self.why_line.setPlaceholderText("One line: what is happening")
        self.why = Field("Why now", "Required, goes on log", self.why_line)
        self.where.edited.connect(self.edited)
        for line in (self.why_line, self.where.place, self.where.why):
            line.textChanged.connect(lambda _: self.edited.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.known, self.where, self.why):
            column.addWidget(part)

    def show_report(self, report: Report) -> None:
        """Take the report's own place where it has one; another may be given."""
        self._report = report
        where = report.location.text or report.location.postcode
        self.known.setText(f"Officers go to {where}, unless you give another place.")
        self.known.setVisible(report.location.is_given and bool(where))

    def take_focus(self) -> None:
        """Begin with the place when it is not known yet, else with why."""
        if self._report is not None and self._report.location.is_given:
            self.why_line.setFocus()
        else:
            self.where.editor.setFocus()

    def missing(self) -> str:
        """A place, known or not, and one line: nothing else is ever asked for."""
        known = self._report is not None and self._report.location.is_given
        if not known and self.where.location() is None:
            return WHERE_FIRST
        return "" if self.why_line.text().strip() else "Say first in one line what is happening."

    def send(self) -> Refusal | None:
        """Send; a refusal stands beside its field."""
        if self._report is None:
            return None
        command = EscalateEmergency(
            report=self._report.id, why=self.why_line.text(), location=self.where.location()
        )
        refusal = self._desk.submit(command)
        if refusal is None:
            self.why_line.clear()
            self.where.clear()
        return refusal

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_refusal(self, refusal: Refusal | None) -> None:
        self.why.set_error("")
        self.where.set_error("")
        if refusal is not None:
            field = self.where if refusal.field == "location" else self.why
            field.set_error(refusal.sentence)
            field.editor.setFocus()
