"""Whether the caller was told, as an ending asks it: yes or no, when and by whom, and what."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.judgement import CallerTold
from workstation.domain.limits import NAME, WORDS
from workstation.ui.form import Field
from workstation.ui.segmented import Segmented
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts, kept_index
from workstation.views.due import clock_time
from workstation.views.told import ANSWERS, BY, TOLD, WHAT, WHEN, WHY_NOT, caller_told, say_day


class ToldFields(QWidget):
    """Only what the answer asks for is on screen; `touched` tells that something was given.

    `name` begins the names of its drafts; `choice` is that of the answer's.
    """

    touched = Signal()

    def __init__(self, desk: DeskFace, drafts: Drafts, name: str, choice: str) -> None:
        super().__init__()
        self._desk = desk
        self.answer = Segmented(("Yes", "No"), TOLD)
        self.when, self.by, self.what = QLineEdit(), QLineEdit(), QLineEdit()
        self.fields = {
            "told": Field(TOLD, "Required", self.answer),
            "told_at": Field(WHEN, "", self.when),
            "told_by": Field(BY, "", self.by),
            "caller_told": Field(WHAT, "Required", self.what),
        }
        self.drafts = (choice, f"{name}.when", f"{name}.by", f"{name}.told")
        self._lay_out()
        self._keep(drafts)
        say_day(self.fields["told_at"], self.when, desk.clock.now)
        self.answer.chosen.connect(lambda _: self._on_answer())
        self.what.textChanged.connect(lambda _: self.touched.emit())

    @property
    def words(self) -> str:
        """What they were told, or why not."""
        return self.what.text()

    def begin(self) -> None:
        """Another report came up: nobody has answered, and who says it most likely sits here."""
        self.answer.set_chosen(None)
        self.when.setText(self.when.text() or clock_time(self._desk.clock.now()))
        self.by.setText(self.by.text() or self._desk.person.name)
        self._show_answer()

    def told(self) -> CallerTold | None:
        """The answer as it is recorded; None while nobody has given one."""
        index = self.answer.chosen_index
        answer = ANSWERS[index] if index is not None else ""
        return caller_told(answer, self.when.text(), self.by.text(), self._desk.clock.now())

    def missing(self) -> str:
        """What is plainly still to be given; a short sentence."""
        if self.answer.chosen_index is None:
            return "Say first whether the caller was told."
        what = "what the caller was told" if self.answer.chosen_index == 0 else "why not"
        return "" if self.words.strip() else f"Say first {what}."

    def _lay_out(self) -> None:
        """When and by whom stand beside each other: what was told is to be seen, too."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        for name in ("told_at", "told_by"):
            pair.addWidget(self.fields[name], 1)
        column.addWidget(self.fields["told"])
        column.addLayout(pair)
        column.addWidget(self.fields["caller_told"])

    def _keep(self, drafts: Drafts) -> None:
        choice, when, by, what = self.drafts
        chosen = self.answer.chosen
        drafts.keep(choice, self._chosen, self._answer_again, chosen, is_choice=True)
        drafts.keep_line(when, self.when)
        drafts.keep_line(by, self.by, NAME, stood=lambda: self._desk.person.name)
        drafts.keep_line(what, self.what, WORDS)

    def _chosen(self) -> str:
        return "" if self.answer.chosen_index is None else str(self.answer.chosen_index)

    def _on_answer(self) -> None:
        self._show_answer()
        self.touched.emit()

    def _answer_again(self, kept: str) -> None:
        self.answer.set_chosen(kept_index(kept))
        self._show_answer()

    def _show_answer(self) -> None:
        is_told = self.answer.chosen_index == 0
        for name in ("told_at", "told_by"):
            self.fields[name].setVisible(is_told)
        self.fields["caller_told"].setVisible(self.answer.chosen_index is not None)
        self.fields["caller_told"].label.setText(WHAT if is_told else WHY_NOT)
