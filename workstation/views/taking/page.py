"""Taking a call or a walk-in on one page: words first, everything else can follow.

Usable before any type is chosen; an emergency leaves with a place and one line and goes on live.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.grading import EscalateEmergency
from workstation.domain.limits import LINE, NAME, NARRATIVE
from workstation.domain.refusal import Refusal
from workstation.domain.report import Facts, Location, Report, ReportId
from workstation.ui.button import Button
from workstation.ui.label import Secondary, Title
from workstation.ui.surface import Rule, Surface
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import NOT_SAVED, Drafts, kept_index
from workstation.views.decide.foresight import foresee
from workstation.views.decide.kept_line import KeptLine
from workstation.views.taking.fields import CHANNELS, CallerFields, WhatFields

DRAFT = ReportId("taking")
_TYPED = (
    "account", "where", "where.why", "why", "name", "phone", "safety", "injuries", "contact",
    "hidden", "choice.channel", "choice.now", "choice.back",
)  # fmt: skip
WIDEST = 1240


class TakingPage(QWidget):
    """`taken(ReportId)` when the report stands and is to be opened; `left` on Escape."""

    taken = Signal(object)
    left = Signal()
    contact_begun = Signal()

    def __init__(self, desk: DeskFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.drafts = Drafts(desk, self)
        self.what = WhatFields(desk)
        self.caller = CallerFields(desk)
        self.save = Button("Save and open the report", "primary", "save", keys=("Ctrl", "Enter"))
        self.emergency = Button(
            "Emergency: send officers now", "danger", "siren", keys=("Ctrl", "Shift", "E")
        )
        self.questions = Button("Save and ask questions", "plain", "circle-help", keys=("F10",))
        self.leave = Button("Leave, keep the draft", "plain", keys=("Esc",))
        self.kept = KeptLine(self.drafts)
        self._contact = ""
        self._lay_out()
        self._keep_drafts()
        self.save.clicked.connect(self.save_report)
        self.emergency.clicked.connect(self.send_officers)
        self.leave.clicked.connect(self.leave_page)

    def begin(self) -> None:
        """Show what was typed before, with the cursor in *what is happening*."""
        self.drafts.show_report(DRAFT)
        self._take_up()
        self.what.account.setFocus()

    def save_report(self) -> bool:
        """Put it on record and open it; whether that was done."""
        return self._end(self._desk.in_one(self._record))

    def send_officers(self) -> None:
        """Put it on record and send officers: a place and one line are all that is needed."""
        self.what.ask_why()
        refusal = foresee(self._desk, self._blank(), [self._escalation(DRAFT)])
        if refusal is not None:
            self.show_refusal(refusal)
            return
        self._end(self._desk.in_one(self._record_and_send))

    def leave_page(self) -> None:
        """Leave; what was typed is kept."""
        self.drafts.flush()
        self.left.emit()

    def show_refusal(self, refusal: Refusal) -> None:
        """Put the sentence beside its field and go there."""
        fields = self.what.fields
        field = fields.get(refusal.field, fields["account"])
        field.set_error(refusal.sentence)
        field.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        mods = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if mods == ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save_report()
        elif mods == ctrl | shift and event.key() == Qt.Key.Key_E:
            self.send_officers()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave_page()
        else:
            super().keyPressEvent(event)

    def _escalation(self, id: ReportId) -> EscalateEmergency:
        return EscalateEmergency(
            report=id, why=self.what.one_line(), location=self.what.where.location()
        )

    def _blank(self) -> Report:
        """The report as it would stand, to ask the rules before it is put down."""
        channel = CHANNELS[self.caller.channel.chosen_index or 0]
        return Report(id=DRAFT, channel=channel, received_at=self._desk.clock.now())

    def _record(self) -> Refusal | ReportId:
        id = self._put_on_record()
        refusal = id if isinstance(id, Refusal) else self._say_how_to_ring(id)
        if refusal is None:
            self.drafts.drop(_TYPED)
        return refusal or id

    def _record_and_send(self) -> Refusal | ReportId:
        """Nothing typed is forgotten before officers are sent for."""
        id = self._put_on_record()
        refusal = id if isinstance(id, Refusal) else self._desk.submit(self._escalation(id))
        if refusal is None and not isinstance(id, Refusal):
            refusal = self._say_how_to_ring(id)
        if refusal is None:
            self.drafts.drop(_TYPED)
        return refusal or id

    def _say_how_to_ring(self, id: ReportId) -> Refusal | None:
        """Whether they may be rung is recorded with the contact; officers never wait for it."""
        said, shown = self.caller.back.command(id), self._desk.report(id)
        is_said = shown is not None and shown.report.safe_contact is not None
        return None if said is None or is_said else self._desk.submit(said)

    def _put_on_record(self) -> Refusal | ReportId:
        """Put the contact on record once, under the id it was begun with."""
        for field in self.what.fields.values():
            field.set_error("")
        self._contact = self._contact or self._desk.new_contact()
        id = ReportId(self._contact)
        if self._desk.report(id) is not None:
            return id
        return self._desk.take_contact(
            CHANNELS[self.caller.channel.chosen_index or 0],
            self.what.account.text or self.what.why_line.text(),
            self._facts(),
            self.what.where.location() or Location(),
            self.what.now.isChecked(),
            id,
        )

    def _end(self, answer: Refusal | ReportId) -> bool:
        if isinstance(answer, Refusal):
            if answer.code == NOT_SAVED:
                self.drafts.rewrite()
            self.show_refusal(answer)
            return False
        self.what.clear()
        self.caller.clear()
        self.taken.emit(answer)
        return True

    def _take_up(self) -> None:
        self.drafts.take_up()
        self.what.where.take_up()
        self.what.why.setVisible(bool(self.what.why_line.text()))

    def _begin_contact(self) -> None:
        """The first key makes the contact: it has its id from here on."""
        if not self._contact:
            self._contact = self._desk.new_contact()
            self.contact_begun.emit()

    def _set_contact(self, id: str) -> None:
        self._contact = id

    def _facts(self) -> Facts:
        return Facts(
            reporter=self.caller.name.text().strip(),
            phone=self.caller.phone.text().strip(),
            injuries=self.what.injuries.text().strip(),
            safety=self.what.safety.text().strip(),
        )

    def _keep_drafts(self) -> None:
        keep = self.drafts
        keep.keep_area("account", self.what.account, NARRATIVE)
        self.what.account.edited.connect(self._begin_contact)
        lines = {
            "where": self.what.where.place,
            "where.why": self.what.where.why,
            "why": self.what.why_line,
            "name": self.caller.name,
            "phone": self.caller.phone,
            "safety": self.what.safety,
            "injuries": self.what.injuries,
            "hidden": self.caller.back.hidden,
        }
        most = {"why": NARRATIVE, "hidden": NAME}
        for name, line in lines.items():
            keep.keep_line(name, line, most.get(name, LINE))
            line.textEdited.connect(self._begin_contact)
        channel, now = self.caller.channel, self.what.now
        keep.keep("contact", lambda: self._contact, self._set_contact, self.contact_begun)
        keep.keep("choice.channel", lambda: str(channel.chosen_index or 0),
                  lambda text: channel.set_chosen(kept_index(text) or 0), channel.chosen,
                  stood=lambda: "0", is_choice=True)  # fmt: skip
        back = self.caller.back.safe
        keep.keep("choice.back", lambda: str(back.chosen_index or 0),
                  lambda text: back.set_chosen(kept_index(text) or 0), back.chosen,
                  stood=lambda: "0", is_choice=True)  # fmt: skip
        keep.keep("choice.now", lambda: "now" if now.isChecked() else "",
                  lambda text: now.setChecked(bool(text)), now.clicked,
                  is_choice=True)  # fmt: skip
        keep.rewritten.connect(self._take_up)

    def _lay_out(self) -> None:
        inside = Surface("app")
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(12)
        page.addWidget(Title("Take a call or a walk-in"))
        page.addWidget(self.kept)
        page.addWidget(self.caller.channel_row)
        page.addWidget(self.what)
        page.addWidget(self.caller)
        page.addStretch(1)
        inside.setMaximumWidth(WIDEST)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        self.foot = self._foot()
        column.addWidget(self.foot)

    def _foot(self) -> QWidget:
        foot = Surface("panel")
        inside = QVBoxLayout()
        inside.setContentsMargins(24, 8, 24, 12)
        inside.setSpacing(8)
        inside.addWidget(Secondary("The report is yours from the first word; the type can wait."))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.save)
        row.addWidget(self.emergency)
        row.addWidget(self.questions)
        row.addStretch(1)
        row.addWidget(self.leave)
        inside.addLayout(row)
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(inside)
        return foot
