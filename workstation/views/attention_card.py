"""One piece of refused work: why, its words beside what stands now, and how it is settled."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import SETTLING, Attention, Desk
from workstation.domain.claiming import AskSupervisor
from workstation.domain.limits import WORDS
from workstation.domain.refusal import Refusal
from workstation.domain.roles import Role
from workstation.domain.settling import HELD, ReleaseHeld
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.label import Body, Caption, ErrorText, Secondary
from workstation.ui.marked_text import MarkedText
from workstation.views.attention_words import command_words, next_words, report_words
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.settled_meanwhile import SettledMeanwhile

RELEASE = "Release the number"
WHAT_RELEASE_DOES = (
    "Releasing records the crime under this number: it stays its author's, and your name and "
    "reason stand beside it. If the number stands for another crime, the store says no and this "
    "stays here."
)
RELEASE_SENT = "The release is on its way: the store says whether the number is free."
WHOM_TO_ASK = (
    "A supervisor can release this number; ask yours. Until then tell the victim no other number."
)
WHOM_TO_ASK_OF_OTHERS = "Only a supervisor lets this in or settles it; ask yours."
ASKED = "A supervisor was asked to look."
NEXT = "Next:"


class AttentionCard(Card):
    """What is held is for a supervisor: its author reads whom to ask, and can wipe nothing."""

    opened = Signal(str)

    def __init__(self, desk: Desk, one: Attention, parent: QWidget | None = None) -> None:
        super().__init__(
            _title(desk, one), literal(report_words(desk, one.case.report)), parent=parent
        )
        self._desk, self.one = desk, one
        self._is_held = one.case.code.startswith(HELD)
        self._may = Role.SUPERVISOR in desk.person.roles
        self._is_number = self._is_held and bool(one.number)
        self.why = Body(literal(_why(one, self._is_held)), strong=True)
        self.mine, self.now = _words(one.text), _words("")
        self.next = MarkedText(14)
        words = next_words(one.case.code, may_release=self._may)
        self.next.set_text(f"{NEXT} {words}", bold=[(0, len(NEXT))])
        self.done = QLineEdit()
        self.done.setAccessibleName("What was done about it")
        self._field = f"{SETTLING}{one.case.id}"
        self.drafts = Drafts(desk, self)
        self.drafts.keep_line(self._field, self.done, WORDS)
        self.kept = KeptLine(self.drafts)
        self.done.textEdited.connect(self._forget_error)
        self.error = ErrorText()
        self.error.hide()
        self._make_buttons()
        self.held = Body("")
        self.meanwhile = SettledMeanwhile(desk, self.done)
        self.meanwhile.over.connect(self._let_go_of_words)
        self.body.addWidget(self.why)
        self.body.addWidget(self.meanwhile)
        self.body.addLayout(self._side_by_side())
        for part in (self.next, self.held, self.kept):
            self.body.addWidget(part)
        self.body.addLayout(self._foot())
        self.body.addWidget(self.error)
        self.drafts.show_report(one.case.report)
        self.show_case(one)

    def show_case(self, one: Attention) -> None:
        """Bring it up to date; what is settled elsewhere has only words left to deal with."""
        self.one = one
        self.renew()
        self.meanwhile.show_case(one)
        if one.case.settled:
            parts = (self.settling, self.release, self.ask, self.next, self.held, self.kept)
            for part in parts:
                part.hide()

    def renew(self) -> None:
        """What stands now, and how far a release has come."""
        self.now.setText(literal(self._desk.stands_now(self.one.case)))
        shown = self._desk.report(self.one.case.report)
        is_sent = shown is not None and ReleaseHeld.__name__ in shown.pending
        if self._may:
            words = RELEASE_SENT if is_sent else WHAT_RELEASE_DOES
        else:
            words = WHOM_TO_ASK if self._is_number else WHOM_TO_ASK_OF_OTHERS
        self.held.setText(words if self.ask.isEnabled() else ASKED)
        is_over = bool(self.one.case.settled)
        is_told = self._is_number or (self._is_held and not self._may)
        self.held.setVisible(is_told and not is_over)
        self.release.set_enabled_because(not is_sent, RELEASE_SENT)

    def let_it_be_recorded(self) -> None:
        """Release the held number, with the words as the reason."""
        wrong = self._desk.release_number(self.one.case.id, self.done.text().strip())
        self._show(wrong)
        if wrong is None:
            self.drafts.drop((self._field,))  # they are the release's now
        else:
            self.done.setFocus()

    def ask_supervisor(self) -> None:
        """Somebody senior is to look at what is held."""
        wrong = self._desk.submit(AskSupervisor(report=self.one.case.report))
        self._show(wrong)
        if wrong is None:
            self.ask.set_enabled_because(False, ASKED)
            self.held.setText(ASKED)

    def settle(self) -> None:
        """Settle it, once there are words for what was done."""
        words = self.done.text().strip()
        self.error.setVisible(not words)
        self.error.setText("" if words else "Say what was done about it.")
        if words:
            self._desk.in_one(lambda: self._settle(words))

    def event(self, event: QEvent) -> bool:
        """F8 asks about this work while one is at it, and not about the report behind."""
        if event.type() == QEvent.Type.ShortcutOverride and self._is_asking(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_asking(event):
            self.ask_supervisor()
        else:
            super().keyPressEvent(event)

    def _is_asking(self, event: QEvent) -> bool:
        is_f8 = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F8
        return is_f8 and self.ask.isVisible() and self.ask.isEnabled()

    def _on_enter(self) -> None:
        """Enter does what the button with its key says; nothing where it is settled."""
        if self.one.case.settled:
            return
        (self.release if self._is_number else self.settling).click()

    def _make_buttons(self) -> None:
        """Of a held number the release comes first; who may not settle has nothing to type in."""
        is_number, may = self._is_number, self._may or not self._is_held
        self.release = Button(RELEASE, "primary", icon="hash", keys=("Enter",))
        self.release.clicked.connect(self.let_it_be_recorded)
        self.release.setVisible(is_number and may)
        self.settling = Button("Settle", icon="check", keys=() if is_number else ("Enter",))
        self.settling.clicked.connect(self.settle)
        self.settling.setVisible(may)
        self.ask = Button("Ask supervisor", icon="hand")
        self.ask.clicked.connect(self.ask_supervisor)
        self.ask.setVisible(not may)
        self.done.setVisible(may)
        self.done.returnPressed.connect(self._on_enter)
        asks = "Why it may be recorded, or what was done instead" if is_number else ""
        self.done.setPlaceholderText(asks or "What was done about it?")

    def _side_by_side(self) -> QHBoxLayout:
        """What was done, where it had any words, and what stands now."""
        whose = "What you did" if self.one.mine else f"What {self.one.case.author_name} did"
        row = QHBoxLayout()
        row.setSpacing(24)
        columns = [(whose, self.mine)] if self.one.text else []
        for title, words in (*columns, ("What stands now", self.now)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Caption(literal(title), strong=True))
            column.addWidget(words)
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        show = Button("Show report", icon="arrow-right")
        show.clicked.connect(lambda: self.opened.emit(self.one.case.report))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(show)
        row.addWidget(self.done, 1)
        for button in (self.settling, self.release, self.ask):
            row.addWidget(button)
        if self.done.isHidden():
            row.addStretch(1)
        return row

    def _settle(self, words: str) -> None:
        wrong = self._desk.settle(self.one.case.id, words)
        self._show(wrong)
        if wrong is None:
            self.drafts.drop((self._field,))

    def _let_go_of_words(self) -> None:
        """They became a note, or nothing: with them the settled case goes."""
        self.drafts.drop((self._field,))
        self._desk.attention_changed.emit()

    def _show(self, wrong: Refusal | None) -> None:
        self.error.setText(wrong.sentence if wrong is not None else "")
        self.error.setVisible(wrong is not None)

    def _forget_error(self) -> None:
        self._show(None)


def _title(desk: Desk, one: Attention) -> str:
    when = moment(one.case.at, desk.clock.now())
    by = "you" if one.mine else one.case.author_name
    released = one.case.released
    by += f", released by {released.by.name}" if released is not None else ""
    return f"{command_words(one.command)}, by {by}, {when}"


def _why(one: Attention, is_held: bool) -> str:
    """The sentence was written to the author: to anybody else it says so."""
    what = "Held" if is_held else "Refused"
    if one.mine:
        return f"{what}: {one.case.sentence}"
    return f"{what}. {one.case.author_name} was told: {one.case.sentence}"


def _words(text: str) -> Secondary:
    words = Secondary(literal(text))
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
