"""Words begun here on a report that is theirs no more: their author says what becomes of them.

They stay until they are sent as a note or discarded; being asked takes nothing away. Discarded
words can be put back until others are typed there: never over those.
"""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, Draft, Unsent
from workstation.domain.report import ReportId
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.standing import CAN

SEND, COPY = "Send as a note", "Copy the words"


class UnsentBar(Banner):
    """Asks for one report; hidden where there is nothing to ask.

    Where somebody has the report now it is the one bar that says so: the others leave that to it.
    `changed`, with the id: it asks no more, or again.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "save", action=SEND, parent=parent)
        self._desk = desk
        self._id: ReportId | None = None
        self._gone: list[Draft] = []
        self.is_asking = self.tells_whose = False
        self.discard = Button("Discard")
        self.discard.clicked.connect(self._discard)
        self.acted.connect(self._act)
        self.layout().addWidget(self.discard)  # type: ignore[union-attr]
        self.hide()
        desk.drafts_changed.connect(self._on_changed)
        desk.draft_saved.connect(self._on_typed)
        desk.draft_not_saved.connect(self._on_typed)

    def show_report(self, id: ReportId | None) -> bool:
        """Ask about this report, if there is something to ask; whether it says whose it is now.

        What was discarded of another is gone.
        """
        if id != self._id:
            self._gone = []
        self._id = id
        self.renew()
        return self.tells_whose

    def renew(self) -> None:
        """Bring the question up to date."""
        unsent = self._desk.unsent_on(self._id) if self._id is not None else None
        self.is_asking = unsent is not None
        self.tells_whose = unsent is not None and unsent.is_held
        if unsent is not None:
            self._gone = []
            action = SEND if unsent.can_send else COPY
            self._say(action, *asked(unsent, self._desk.clock.now()))
        elif self._gone:
            self._say("Undo", "Your unsent words were discarded.")
        self.discard.setVisible(self.is_asking)
        self.setVisible(self.is_asking or bool(self._gone))

    @property
    def can_undo(self) -> bool:
        """Whether what was discarded here can be put back."""
        return bool(self._gone)

    def forget(self) -> None:
        """The page changed: nothing can be put back any more."""
        self._gone = []

    def _on_changed(self, id: ReportId) -> None:
        if id == self._id:
            was_asking = self.is_asking
            self.renew()
            if was_asking != self.is_asking:
                self.changed.emit(frozenset({id}))

    def _on_typed(self, _how: object) -> None:
        """What is typed on the page since is newer than what was discarded."""
        if self._gone and self._id is not None and self._desk.on_page(self._id):
            self._gone = []
            self.renew()

    def _say(self, action: str, text: str, lead: str = "") -> None:
        self.set_text(text, lead)
        self.action.set_text(action)

    def _act(self) -> None:
        if self._gone:
            self._undo()
        elif self._id is not None:
            self._send_or_copy(self._id)

    def _undo(self) -> None:
        self._desk.drafts_wanted.emit()  # typed a moment ago, and not kept yet
        gone, self._gone = self._gone, []
        if gone:
            self._desk.put_back(gone)
            self._desk.drafts_changed.emit(self._id)

    def _send_or_copy(self, id: ReportId) -> None:
        unsent = self._desk.unsent_on(id)
        if unsent is not None and not unsent.can_send:
            QGuiApplication.clipboard().setText(unsent.text)
        elif (refusal := self._desk.send_unsent(id)) is not None:
            self.set_text(refusal.sentence)

    def _discard(self) -> None:
        if self._id is not None:
            self._desk.drafts_wanted.emit()
            self._gone = self._desk.asked_of(self._id)
            self._desk.discard_unsent(self._id)


def asked(unsent: Unsent, now: datetime) -> tuple[str, str]:
    """That nothing was lost, and, to be read first, what became of the report."""
    places = f" in {len(unsent.fields)} places" if len(unsent.fields) > 1 else ""
    kept = f"Your unsent words{places} are kept."
    if not unsent.can_send:
        kept += " Copy them for a supervisor, or discard them."
    if unsent.is_held:
        kept += f" {CAN}"
    if unsent.move is None or not unsent.is_held:
        return kept, literal(unsent.why)
    why = f"{unsent.move.text}. " if unsent.move.text else ""
    lead = f"{unsent.move.title}, {moment(unsent.move.at, now)}."
    return literal(f"{why}{kept}"), literal(lead)
