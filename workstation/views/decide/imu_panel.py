"""Hand to IMU (F5): what would help solve it, and the facts. It makes no recommendation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workstation.domain.handoff import ANSWERS, SOLVABILITY, HandToImu
from workstation.domain.refusal import Refusal
from workstation.ui.form import Field
from workstation.ui.segmented import Segmented
from workstation.ui.text_area import TextArea
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.drafts import Drafts, kept_index
from workstation.views.decide.foresight import foresee, send
from workstation.views.decide.panel import Done, Panel, Primary
from workstation.views.decide.six_line import SixLine

BEFORE_ANSWERS = ("imu/crime", "imu/already", "report/closed")


class ImuPanel(Panel):
    """One row for each factor; *not known* is an answer. `answered` tells of the person's own."""

    answered = Signal()

    exclusive = True

    def __init__(self, desk: DeskFace, drafts: Drafts) -> None:
        super().__init__(desk)
        self.rows = {factor: Segmented([_capital(a) for a in ANSWERS], factor)
                     for factor in SOLVABILITY}  # fmt: skip
        self.facts = TextArea("Facts for the IMU", min_lines=3, max_lines=8)
        self.six = SixLine(desk)
        self.column.addWidget(self.six)
        for factor, row in self.rows.items():
            field = Field(_capital(factor), "", row)
            self.fields[f"solvability.{factor}"] = field
            row.chosen.connect(lambda _, f=field: self._on_answer(f))
            self.column.addWidget(field)
        self.fields["facts"] = Field("Facts", "Goes on log", self.facts)
        self.column.addWidget(self.fields["facts"])
        drafts.keep_area("imu.facts", self.facts)
        drafts.keep("choice.imu", self._answers, self._answer_again, self.answered,
                    is_choice=True)  # fmt: skip

    def refresh(self, is_new: bool) -> None:
        self.six.show_report(self.report)
        if is_new:
            for row in self.rows.values():
                row.set_chosen(None)

    def why_closed(self) -> str:
        """Why the panel cannot be opened, in the rule's own words; nothing when it can."""
        refusal = foresee(self.desk, self.report, [self._command()])
        return refusal.sentence if refusal and refusal.code in BEFORE_ANSWERS else ""

    def primary(self) -> Primary:
        numbers = ", ".join(crime.number for crime in self.report.standing_crimes)
        consequence = f"{numbers} goes to the IMU with these facts and leaves your work."
        return Primary("Hand to IMU", "Hand to IMU", consequence, "git-branch")

    def missing(self) -> str:
        owed = [factor for factor, row in self.rows.items() if row.chosen_index is None]
        return f"Answer “{owed[0]}” first: yes, no or not known." if owed else ""

    def act(self) -> Refusal | Done:
        if (refusal := send(self.desk, self.report, [self._command()])) is not None:
            return refusal
        return Done("Handed to the IMU.", True, ("imu.facts", "choice.imu"))

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        return (("Facts", self.facts),)

    def take_focus(self) -> None:
        next(iter(self.rows.values())).focus_choice()

    def show_refusal(self, refusal: Refusal) -> None:
        super().show_refusal(refusal)
        _, _, factor = refusal.field.partition("solvability.")
        if factor in self.rows:
            self.rows[factor].focus_choice()

    def _on_answer(self, field: Field) -> None:
        field.set_error("")
        self.answered.emit()
        self.changed.emit()

    def _answers(self) -> str:
        """The answers given, a number or nothing for each factor."""
        chosen = (row.chosen_index for row in self.rows.values())
        return ",".join("" if index is None else str(index) for index in chosen)

    def _answer_again(self, answers: str) -> None:
        for row, index in zip(self.rows.values(), answers.split(","), strict=False):
            row.set_chosen(kept_index(index))

    def _command(self) -> HandToImu:
        chosen = {factor: row.chosen_index for factor, row in self.rows.items()}
        answers = {f: ANSWERS[index] for f, index in chosen.items() if index is not None}
        return HandToImu(report=self.report.id, solvability=answers, facts=self.facts.text)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
