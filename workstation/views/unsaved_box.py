"""Leaving with what is not on this PC's disk: it would be lost, so she stays until it is there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, UnsavedWords
from workstation.ui.dialog import Answer, Dialog
from workstation.ui.label import Body, Secondary
from workstation.views.due import clock_time
from workstation.views.literal import literal
from workstation.views.unsent_box import MOST, act_words
from workstation.views.words import first_words

STAY, SAVED = "", "saved"
STAYS = "Stay until then, or this is lost. You leave as soon as it is saved."
ELSE = "If that cannot be, copy your words to a safe place, then take them out of their field."


class UnsavedBox(Dialog):
    """Says what is not saved, and why; it goes once all is. The one answer is to stay."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        why = desk.link().unsaved_why
        super().__init__(_title(desk), why, [Answer(STAY, "Stay here", "primary")], parent)
        lines = [act_words(one) for one in desk.unsaved_acts()]
        lines += [_words(one) for one in desk.unsaved_words()]
        self.lines = lines[:MOST]
        for line in self.lines:
            self.body.addWidget(Body(line))
        if beyond := len(lines) - len(self.lines):
            self.body.addWidget(Secondary(f"and {beyond} more"))
        self.body.addWidget(Secondary(f"{STAYS} {ELSE}" if desk.unsaved_words() else STAYS))
        desk.link_changed.connect(self._look_again)
        desk.draft_saved.connect(self._look_again)
        self.buttons[STAY].setDefault(True)
        self.buttons[STAY].setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self) -> None:
        if self.isVisible() and not is_unsaved(self._desk):
            self.answer = SAVED
            self.accept()


def is_unsaved(desk: Desk) -> bool:
    """Whether something would be lost with the program."""
    return bool(desk.unsaved_acts() or desk.unsaved_words())


def _title(desk: Desk) -> str:
    count = len(desk.unsaved_acts())
    if not count:
        return "Words are not saved yet"
    acts = "1 act is" if count == 1 else f"{count} acts are"
    return f"{acts} not saved yet"


def _words(words: UnsavedWords) -> str:
    """In which field, on which report, and how they begin."""
    on = f" on {words.reference} “{words.title}”" if words.reference else ""
    said = f": “{first_words(words.text)}”" if words.text.strip() else ""
    return literal(f"{clock_time(words.begun_at)} {words.name}{on}{said}")
