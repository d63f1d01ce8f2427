"""One question of a guide: its words to say, how it is answered, and what was answered before.

Y, N and K answer *yes, no, not known*; digits choose; Enter goes on from what is typed.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.guide import Question
from workstation.domain.limits import WORDS
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, ErrorText, Secondary
from workstation.ui.segmented import LongSegments, Segmented
from workstation.views.decide.drafts import ANY_LENGTH, BOUND
from workstation.views.limit import Limit
from workstation.views.report.guide_sheet import Told

NOT_ASKED = "Not asked"
LETTERS = "YNK"
Doubt = Callable[[str, str], str]


class QuestionRow(QWidget):
    """`edited(str, str)`: question and words as the person answers; `settled(str)`: go on."""

    edited = Signal(str, str)
    settled = Signal(str)

    def __init__(self, question: Question, doubt: Doubt, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self._doubt = doubt
        self._given: tuple[Told, ...] = ()
        self._logged = ""
        self.ask = Body(question.ask, strong=True)
        self.state = Caption(NOT_ASKED)
        self.choice = _choices(question)
        self.line = None if self.choice is not None else QLineEdit()
        self.meanings = Secondary(_meanings(question))
        self._mark = IconLabel("triangle-alert", "warn", 14)
        self.note = Secondary()
        self.error = ErrorText()
        self._connect()
        self._lay_out()
        self._show_note("")
        self.show_error("")

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer, in the log or begun."""
        return bool(self._given) or bool(self.words)

    @property
    def words(self) -> str:
        """The answer as it is shown to be given now."""
        if self.line is not None:
            return self.line.text().strip()
        index = self.choice.chosen_index if self.choice is not None else None
        return self.question.choices[index] if index is not None else ""

    def show_answers(self, begun: str, given: Sequence[Told], now: datetime) -> None:
        """Show what is begun, and what the log has: a later answer beside the earlier ones."""
        self._given = tuple(given)
        stands = begun or (given[-1].words if given else "")
        if self.choice is not None:
            choices = self.question.choices
            self.choice.set_chosen(choices.index(stands) if stands in choices else None)
        elif self.line is not None:
            if self.line.text().strip() != begun:
                self.line.setText(begun)
            self.line.setPlaceholderText(self.question.hint if not given else "A later answer")
        self._logged = _told(self._given, now)
        self._show_begun(begun)
        self._show_note(stands)

    def show_error(self, sentence: str) -> None:
        """Say why this answer was not taken."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def take_focus(self) -> None:
        """Put the keyboard where it is answered."""
        if self.choice is not None:
            self.choice.focus_choice()
        elif self.line is not None:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.settled.emit(self.question.id)
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: int) -> None:
        self._answer(self.question.choices[index])
        self.settled.emit(self.question.id)

    def _answer(self, words: str) -> None:
        self.edited.emit(self.question.id, words.strip())
        self._show_begun(words.strip())
        self._show_note(words)

    def _show_begun(self, begun: str) -> None:
        parts = ["Not logged yet"] if begun else []
        parts += [self._logged] if self._logged else []
        self.state.setText("\n".join(parts) or NOT_ASKED)

    def _show_note(self, stands: str) -> None:
        """What the answer calls for, or what is doubtful in it."""
        if stands in self.question.raises:
            note = self.question.suggest or f"Bears on risk: {self.question.short}."
        else:
            note = self._doubt(self.question.kind, stands) if self.line is not None else ""
        self.note.setText(note)
        for part in (self._mark, self.note):
            part.setVisible(bool(note))

    def _connect(self) -> None:
        if self.choice is not None:
            self.choice.chosen.connect(self._on_chosen)
        if self.line is not None:
            self.line.setAccessibleName(self.question.ask)
            self.line.setPlaceholderText(self.question.hint)
            self.line.textEdited.connect(self._answer)
            self.line.setMaxLength(ANY_LENGTH)
            self.line.setProperty(BOUND, "guide.words")
            Limit(self.line, WORDS)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.ask)
        editor = self.choice or self.line
        assert editor is not None
        column.addWidget(editor)
        if self.question.meanings:
            column.addWidget(self.meanings)
        note = QHBoxLayout()
        note.setSpacing(6)
        note.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.note, 1)
        column.addLayout(note)
        column.addWidget(self.error)
        column.addWidget(self.state)


def _meanings(question: Question) -> str:
    """What each of the options means, before one is chosen."""
    pairs = zip(question.options, question.meanings, strict=False)
    return "\n".join(f"{option}: {meaning}" for option, meaning in pairs)


def _told(given: Sequence[Told], now: datetime) -> str:
    """What the log has, the newest first."""
    logged = [told.in_words(now) for told in reversed(given)]
    return "\n".join([*logged[:1], *(f"earlier: {words}" for words in logged[1:])])


def _choices(question: Question) -> Segmented | None:
    """The answers as segments; yes, no and not known have letters of their own."""
    if not question.choices:
        return None
    options = [f"{answer[:1].upper()}{answer[1:]}" for answer in question.choices]
    made = (LongSegments if question.options else Segmented)(options, question.ask)
    if question.kind == "yes-no":
        for choice, letter in zip(made.choices, LETTERS, strict=True):
            choice.letter = letter
    return made
