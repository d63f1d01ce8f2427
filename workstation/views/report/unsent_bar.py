"""Words begun here on a report that is theirs no more: their author says what becomes of them.

They stay until they are sent as a note or discarded; being asked takes nothing away.
"""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, Draft, Unsent
from workstation.domain.report import ReportId
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.views.literal import literal

SEND, COPY = "Send as a note", "Copy the words"
KEPT = "Your unsent words are kept."
HAND_OVER = f"{KEPT} Copy them for a supervisor, or discard them."


class UnsentBar(Banner):
    """Asks for one report; hidden where there is nothing to ask."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "save", action=SEND, parent=parent)
        self._desk = desk
        self._id: ReportId | None = None
        self._gone: list[Draft] = []
        self.discard = Button("Discard")
        self.discard.clicked.connect(self._discard)
        self.acted.connect(self._act)
        self.layout().addWidget(self.discard)  # type: ignore[union-attr]
        self.hide()
        desk.drafts_changed.connect(self._on_changed)

    def show_report(self, id: ReportId | None) -> None:
        """Ask about this report, if there is something to ask; what was discarded is gone."""
        if id != self._id:
            self._gone = []
        self._id = id
        self.renew()

    def renew(self) -> None:
        """Bring the question up to date."""
        unsent = self._desk.unsent_on(self._id) if self._id is not None else None
        if unsent is not None:
            self._gone = []
            self._say(asked(unsent), SEND if unsent.can_send else COPY)
        elif self._gone:
            self._say("Your unsent words were discarded.", "Undo")
        self.discard.setVisible(unsent is not None)
        self.setVisible(unsent is not None or bool(self._gone))

    @property
    def can_undo(self) -> bool:
        """Whether what was discarded here can be put back."""
        return bool(self._gone)

    def forget(self) -> None:
        """The page changed: nothing can be put back any more."""
        self._gone = []

    def _on_changed(self, id: ReportId) -> None:
        if id == self._id:
            self.renew()

    def _say(self, text: str, action: str) -> None:
        self.set_text(text)
        self.action.set_text(action)

    def _act(self) -> None:
        if self._gone:
            gone, self._gone = self._gone, []
            self._desk.put_back(gone)
            self._desk.drafts_changed.emit(self._id)
        elif self._id is not None:
            self._send_or_copy(self._id)

    def _send_or_copy(self, id: ReportId) -> None:
        unsent = self._desk.unsent_on(id)
        if unsent is not None and not unsent.can_send:
            QGuiApplication.clipboard().setText(unsent.text)
        elif (refusal := self._desk.send_unsent(id)) is not None:
            self.set_text(refusal.sentence)

    def _discard(self) -> None:
        if self._id is not None:
            self._desk.drafts_wanted.emit()
            self._gone = self._desk.on_page(self._id)
            self._desk.discard_unsent(self._id)


def asked(unsent: Unsent) -> str:
    """What became of the report, and that nothing was lost."""
    return f"{literal(unsent.why)} {KEPT if unsent.can_send else HAND_OVER}"
