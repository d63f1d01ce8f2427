"""Signing out or closing with work that the store does not have: what she is asked first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from workstation.desk import WaitingAct
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.label import Body, Secondary
from workstation.views.attention_words import NAMES
from workstation.views.due import clock_time
from workstation.views.literal import literal

STAY, LEAVE = "", "leave"
MOST = 6
MANY = (
    "They are kept on this PC and leave when you sign in here again, or when a supervisor "
    "releases them."
)
ONE = "It is kept on this PC and leaves when you sign in here again, or a supervisor releases it."


class UnsentBox(Dialog):
    """Says what is not sent, and asks; Enter and Escape both stay. `left`: she signs out."""

    left = Signal()

    def __init__(self, acts: Sequence[WaitingAct], parent: QWidget) -> None:
        is_one = len(acts) == 1
        title = "1 thing is not sent" if is_one else f"{len(acts)} things are not sent"
        leave = f"Sign out, leave {'it' if is_one else 'them'} here"
        answers = (Answer(LEAVE, leave), Answer(STAY, "Stay", "primary"))
        super().__init__(title, ONE if is_one else MANY, answers, parent)
        self.lines = [act_words(one) for one in acts[:MOST]]
        for line in self.lines:
            self.body.addWidget(Body(line))
        if beyond := len(acts) - len(self.lines):
            self.body.addWidget(Secondary(f"and {beyond} more"))
        self.accepted.connect(self._answered)
        self.buttons[STAY].setDefault(True)
        self.buttons[STAY].setFocus(Qt.FocusReason.OtherFocusReason)

    def _answered(self) -> None:
        if self.answer == LEAVE:
            self.left.emit()


def act_words(act: WaitingAct) -> str:
    """What was done, on which report, and when."""
    on = f" on {act.reference} “{act.title}”" if act.reference else ""
    return literal(f"{clock_time(act.made_at)} {NAMES.get(act.command, act.command)}{on}")
