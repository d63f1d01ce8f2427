"""Signing out or closing with work that the store does not have: what she is asked first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk import BegunCall, WaitingAct
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.label import Body, Secondary
from workstation.views.attention_words import NAMES
from workstation.views.due import clock_time
from workstation.views.literal import literal
from workstation.views.words import first_words

STAY, LEAVE = "", "leave"
MOST = 6
MANY = (
    "They are kept on this PC and leave when you sign in here again, or when a supervisor "
    "releases them."
)
CALL = (
    "The contact you began is not on record: nobody else sees it, and nobody can release it. Stay "
    "and save it, or it waits here until you sign in at this PC again."
)
ONE = "It is kept on this PC and leaves when you sign in here again, or a supervisor releases it."


class UnsentBox(Dialog):
    """Says what is not sent, and asks; Enter and Escape both stay. `left`: she signs out."""

    left = Signal()

    def __init__(
        self, acts: Sequence[WaitingAct], call: BegunCall | None, parent: QWidget
    ) -> None:
        lines = [] if call is None else [call_words(call)]
        lines += [act_words(one) for one in acts]
        is_one = len(lines) == 1
        title = "1 thing is not sent" if is_one else f"{len(lines)} things are not sent"
        leave = f"Sign out, leave {'it' if is_one else 'them'} here"
        answers = (Answer(LEAVE, leave), Answer(STAY, "Stay", "primary"))
        super().__init__(title, _kept(len(acts), call), answers, parent)
        self.lines = lines[:MOST]
        for line in self.lines:
            self.body.addWidget(Body(line))
        if beyond := len(lines) - len(self.lines):
            self.body.addWidget(Secondary(f"and {beyond} more"))
        self.accepted.connect(self._answered)
        self.buttons[STAY].setDefault(True)
        self.buttons[STAY].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self) -> None:
        if self.answer == LEAVE:
            self.left.emit()


def _kept(acts: int, call: BegunCall | None) -> str:
    """What becomes of it, where she leaves."""
    kept = {0: "", 1: ONE}.get(acts, MANY)
    if call is None:
        return kept
    return f"{CALL} The rest is kept here and leaves when you sign in again." if acts else CALL


def call_words(call: BegunCall) -> str:
    """Since when, and its first words."""
    return f"{clock_time(call.since)} Contact you began: “{first_words(call.text)}”"


def act_words(act: WaitingAct) -> str:
    """What was done, on which report, and when."""
    on = f" on {act.reference} “{act.title}”" if act.reference else ""
    return literal(f"{clock_time(act.made_at)} {NAMES.get(act.command, act.command)}{on}")
