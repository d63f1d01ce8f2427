"""Adding to the log: one field that is always there, whoever holds the report.

Enter adds, Shift and Enter begin a new line. What is typed is kept as a draft.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.entry import EntryKind
from workstation.domain.limits import NARRATIVE
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.story import AddNote
from workstation.ui.button import Button, IconButton
from workstation.ui.label import ErrorText
from workstation.ui.text_area import TextArea
from workstation.views.asked_strip import AskedStrip
from workstation.views.decide.drafts import NOT_SAVED, Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.shorthand import Shorthand

DRAFT = "note"
SAID = (EntryKind.ACCOUNT, EntryKind.NOTE, EntryKind.HAZARD)


class Composer(QWidget):
    """Submits `AddNote`; `added` tells that a line went on the record of this desk.

    `contact_asked`: somebody was rung or written to, and it is to be logged.
    """

    added = Signal()
    contact_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: ReportId | None = None
        self.text = TextArea("Add to log", "Add to log. Goes on the permanent record.", 1, 5)
        self.text.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.installEventFilter(self)
        self.hazard = Button("Hazard", icon="octagon-alert")
        self.hazard.setCheckable(True)
        self.hazard.toggled.connect(self._on_hazard)
        self.contact = IconButton("phone-call", "Log a contact with the public (Ctrl+Shift+L)")
        self.contact.clicked.connect(self.contact_asked)
        self.add = Button("Add", keys=("Ctrl", "L"))
        self.add.clicked.connect(self.send)
        self.error = ErrorText()
        self.error.hide()
        self._said = ""
        Shorthand(desk, self.text)
        self.strip = AskedStrip(desk, self.text, self._heard)
        self.strip.hide()
        self.drafts = Drafts(desk, self)
        self.drafts.keep_area(DRAFT, self.text, NARRATIVE)
        self.kept = KeptLine(self.drafts)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.hazard)
        row.addWidget(self.contact)
        row.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.kept)
        column.addWidget(self.strip)
        column.addLayout(row)
        column.addWidget(self.error)

    def show_report(self, report: ReportId | None) -> None:
        """Write for this report from now on; its own draft comes back."""
        if report == self._report:
            return
        self._report = report
        self.setEnabled(report is not None)
        self.drafts.show_report(report)
        self.hazard.setChecked(False)
        self.error.hide()
        self.strip.forget()
        self._show_strip()

    def take_focus(self) -> None:
        """Go to the field."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Put the words on the record; with none, go to the field."""
        if self._report is None:
            return
        if not self.text.text.strip():
            self.take_focus()
            return
        note = AddNote(report=self._report, text=self.text.text, hazard=self.hazard.isChecked())
        refusal = self._desk.in_one(lambda: self._submit(note))
        if refusal is not None and refusal.code == NOT_SAVED:
            self.drafts.rewrite()
        self.error.setText(refusal.sentence if refusal else "")
        self.error.setVisible(refusal is not None)
        if refusal is None:
            self.hazard.setChecked(False)
            self._show_strip(self.text.hasFocus())
            self.added.emit()

    def _submit(self, note: AddNote) -> Refusal | None:
        refusal = self._desk.submit(note)
        if refusal is None:
            self.drafts.drop((DRAFT,))
        return refusal

    def _heard(self) -> str:
        """The words of the report so far: what was told, and what was noted."""
        return self._said

    def _listen(self) -> str:
        entries = self._desk.entries(self._report) if self._report is not None else ()
        said = [one.entry.text for one in entries if one.entry.kind in SAID]
        return "\n".join(said)

    def _show_strip(self, is_writing: bool = False) -> None:
        """While somebody writes, or has begun to."""
        is_shown = self._report is not None and (is_writing or bool(self.text.text.strip()))
        self.strip.setVisible(is_shown)
        if is_shown:
            self._said = self._listen()
            self.strip.read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_strip(event.type() == QEvent.Type.FocusIn)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.send()
                return True
        return super().eventFilter(watched, event)

    def _on_hazard(self, on: bool) -> None:
        name = "Hazard: will be pinned" if on else "Hazard"
        self.hazard.setAccessibleName(name)
        self.text.setPlaceholderText(
            "What is the hazard? It stays pinned at the top."
            if on
            else "Add to log. Goes on the permanent record."
        )
