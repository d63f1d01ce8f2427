"""The questions of one guide and its advice, as they are worked through by keyboard."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workstation.domain.guide import AdviceLine
from workstation.ui.card import Card
from workstation.ui.label import Body, Caption
from workstation.ui.tick_box import TickBox
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.guide_sheet import History, Sheet, Told
from workstation.views.report.question_row import Doubt, QuestionRow

KEYS = "Y yes \N{MIDDLE DOT} N no \N{MIDDLE DOT} K not known \N{MIDDLE DOT} Enter goes on"
PURPOSES = {"safety": "For safety", "evidence": "Keeps evidence", "prevention": "Prevents more"}


class AdviceRow(QWidget):
    """One piece of advice in words to read out, ticked once it was."""

    def __init__(self, line: AdviceLine) -> None:
        super().__init__()
        self.line = line
        purpose = PURPOSES[line.purpose]
        self.tick = TickBox(purpose)
        self.tick.setAccessibleName(f"Read out, {purpose.lower()}: {line.words}")
        self.words = Body(line.words)
        self.said = Caption()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, TickBox(max(PURPOSES.values(), key=len)).sizeHint().width())
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.tick, 0, 0, top)
        grid.addWidget(self.words, 0, 1, top)
        grid.addWidget(self.said, 1, 1)

    def show_said(self, is_begun: bool, told: Told | None, now: datetime) -> None:
        """Whether it is ticked here, and when it was last read out, if ever."""
        self.tick.setChecked(is_begun)
        said = f"Read out by {told.asked_by}, {moment(told.at, now)}" if told is not None else ""
        self.said.setText(literal(said))
        self.said.setVisible(bool(said))


class GuideForm(QWidget):
    """Writes into the sheet as the person answers and ticks; what is begun stands there.

    `moved(QWidget)`: the keyboard went to this question, or this advice.
    """

    moved = Signal(object)

    def __init__(self, sheet: Sheet, doubt: Doubt) -> None:
        super().__init__()
        self.sheet = sheet
        self._history = History()
        self.rows = {one.id: QuestionRow(one, doubt) for one in sheet.guide.questions}
        self.advice = {one.id: AdviceRow(one) for one in sheet.guide.advice}
        asking, advising = Card("Questions", KEYS), Card("To read out", "Tick what was said")
        asking.body.setSpacing(14)
        for row in self.rows.values():
            row.edited.connect(self._on_answer)
            row.settled.connect(self.go_on)
            asking.body.addWidget(row)
        for said in self.advice.values():
            said.tick.clicked.connect(lambda on, one=said: sheet.tick(one.line.id, on))
            advising.body.addWidget(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card, parts in ((asking, self.rows), (advising, self.advice)):
            column.addWidget(card)
            card.setVisible(bool(parts))

    def show_history(self, history: History, now: datetime) -> None:
        """Show what the log has and what is begun: the questions that are to be asked by that."""
        self._history = history
        self._show_asked()
        for id, row in self.rows.items():
            begun = self.sheet.answers.get(id, "")
            row.show_answers(begun, history.answers.get(id, ()), now)
        for id, said in self.advice.items():
            said.show_said(id in self.sheet.advised, history.advised.get(id), now)

    def go_on(self, after: str = "") -> bool:
        """Put the keyboard at the next question without an answer; false where there is none."""
        ids = [id for id, row in self.rows.items() if not row.isHidden()]
        start = ids.index(after) + 1 if after in ids else 0
        for id in (*ids[start:], *ids[:start]):
            if not self.rows[id].is_answered:
                self.rows[id].take_focus()
                self.moved.emit(self.rows[id])
                return True
        left = [said for id, said in self.advice.items() if id not in self.sheet.advised]
        if left:
            left[0].tick.setFocus(Qt.FocusReason.OtherFocusReason)
            self.moved.emit(left[0])
        return bool(left)

    def clear_errors(self) -> None:
        """Take every refusal away."""
        for row in self.rows.values():
            row.show_error("")

    def _on_answer(self, question: str, words: str) -> None:
        self.sheet.answer(question, words)
        self._show_asked()

    def _show_asked(self) -> None:
        given = self._history.given() | self.sheet.answers
        shown = {one.id for one in self.sheet.guide.to_ask(given)}
        for id, row in self.rows.items():
            row.setVisible(id in shown)
