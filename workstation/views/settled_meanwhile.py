"""Somebody else settled refused work while words on it were being typed: they are kept here.

Their author sends them as a note, or discards them; the card does not go before.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from workstation.desk import Attention, Case, Desk
from workstation.domain.story import AddNote
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.views.due import moment
from workstation.views.literal import literal

KEPT = "Your words are kept: send them as a note, or discard them."


class SettledMeanwhile(Banner):
    """Who settled it and with which words; hidden while nobody has."""

    over = Signal()

    def __init__(self, desk: Desk, typed: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "check", action="Send as a note", parent=parent)
        self._desk, self._typed = desk, typed
        self._one: Attention | None = None
        self.discard = Button("Discard")
        self.layout().addWidget(self.discard)  # type: ignore[union-attr]
        self.acted.connect(self._send)
        self.discard.clicked.connect(self.over)
        self.hide()

    def show_case(self, one: Attention) -> None:
        """Say so once it is settled."""
        self._one = one
        if one.case.settled:
            self.set_text(KEPT, literal(_settled(one.case, self._desk)))
        self.setVisible(bool(one.case.settled))

    def _send(self) -> None:
        if self._one is None:
            return
        note = AddNote(report=self._one.case.report, text=self._typed.text().strip())
        wrong = self._desk.submit(note)
        if wrong is None:
            self.over.emit()
        else:
            self.set_text(wrong.sentence)


def _settled(case: Case, desk: Desk) -> str:
    who = case.settled_by.name if case.settled_by is not None else "somebody else"
    when = f", {moment(case.settled_at, desk.clock.now())}" if case.settled_at is not None else ""
    return f"Settled by {who}{when}: \u201c{case.settled_why}\u201d."
