"""The questions of one guide and its advice, as they are worked through by keyboard."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from workstation.domain.guide import AdviceLine, Question
from workstation.domain.limits import NARRATIVE
from workstation.ui.card import Card
from workstation.ui.label import Body, Caption, Secondary
from workstation.ui.text_area import TextArea
from workstation.ui.tick_box import TickBox
from workstation.views.decide.drafts import BOUND
from workstation.views.due import moment
from workstation.views.limit import Limit
from workstation.views.literal import literal
from workstation.views.report.guide_sheet import History, Sheet, Told
from workstation.views.report.question_row import Doubt, QuestionRow

AT_ONCE, IN_A_TURN = 2, 1
KEYS = "Y yes \N{MIDDLE DOT} N no \N{MIDDLE DOT} K not known \N{MIDDLE DOT} Enter goes on"
BEFORE = "Begun before the questions changed"
REST_GOES = "Answer what is asked now. These words are logged as a note; clear what is not to be."
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


class RestCard(Card):
    """What was begun under other words than are asked now: in sight, to be logged or cleared."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(BEFORE)
        self._sheet = sheet
        self.box = TextArea(BEFORE, min_lines=1)
        self.box.setProperty(BOUND, "guide.rest")
        self.box.edited.connect(sheet.keep_rest)
        Limit(self.box, NARRATIVE)
        self.body.addWidget(Secondary(REST_GOES))
        self.body.addWidget(self.box)
        self.fill()

    def fill(self) -> None:
        """Show it; it stays while the keyboard is in it."""
        self.box.set_text(self._sheet.rest)
        self.setVisible(bool(self._sheet.rest) or self.box.hasFocus())


class GuideForm(QWidget):
    """Writes into the sheet as the person answers and ticks; what is begun stands there.

    `moved(QWidget)`: the keyboard went to this question, or this advice.
    """

    moved = Signal(object)

    def __init__(self, sheet: Sheet, doubt: Doubt, now: datetime) -> None:
        super().__init__()
        self.sheet, self.guide = sheet, sheet.guide
        self._history, self._now = History(), now
        self._doubt = doubt
        self.rows: dict[str, QuestionRow] = {}
        self.advice = {one.id: AdviceRow(one) for one in self.guide.advice}
        self.rest = RestCard(sheet)
        asking, advising = Card("Questions", KEYS), Card("To read out", "Tick what was said")
        asking.body.setSpacing(14)
        self._asking = asking.body
        for said in self.advice.values():
            said.tick.clicked.connect(lambda on, one=said: sheet.tick(one.line.id, on))
            advising.body.addWidget(said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.rest)
        for card, parts in ((asking, self.guide.questions), (advising, self.guide.advice)):
            column.addWidget(card)
            card.setVisible(bool(parts))
        self._more = QTimer(self)
        self._more.timeout.connect(self._place_more)
        self._place(AT_ONCE)
        self._more.start(0)

    def show_history(self, history: History, now: datetime) -> None:
        """Show what the log has and what is begun: the questions that are to be asked by that."""
        self._history, self._now = history, now
        self._show_asked()
        self.rest.fill()
        for row in self.rows.values():
            self._fill(row)
        for id, said in self.advice.items():
            said.show_said(id in self.sheet.advised, history.advised.get(id), now)

    def go_on(self, after: str = "") -> bool:
        """Put the keyboard at the next question without an answer; false where there is none."""
        ids = [one.id for one in self._to_ask()]
        start = ids.index(after) + 1 if after in ids else 0
        for id in (*ids[start:], *ids[:start]):
            row = self.row(id)
            if not row.is_answered:
                row.take_focus()
                self.moved.emit(row)
                return True
        left = [said for id, said in self.advice.items() if id not in self.sheet.advised]
        if left:
            left[0].tick.setFocus(Qt.FocusReason.OtherFocusReason)
            self.moved.emit(left[0])
        return bool(left)

    def row(self, id: str) -> QuestionRow:
        """The row of a question, placed at the latest when it is asked for."""
        while id not in self.rows:
            self._place(IN_A_TURN)
        return self.rows[id]

    def clear_errors(self) -> None:
        """Take every refusal away."""
        for row in self.rows.values():
            row.show_error("")

    def _on_answer(self, question: str, words: str) -> None:
        self.sheet.answer(question, words)
        self._show_asked()

    def _place_more(self) -> None:
        self._place(IN_A_TURN)
        if len(self.rows) == len(self.guide.questions):
            self._more.stop()

    def _place(self, count: int) -> None:
        """A row takes a while to make: the first are there at once, the others in later turns."""
        placed = len(self.rows)
        for question in self.guide.questions[placed : placed + count]:
            row = self.rows[question.id] = QuestionRow(question, self._doubt)
            row.edited.connect(self._on_answer)
            row.settled.connect(self.go_on)
            self._asking.addWidget(row)
            self._fill(row)
        self._show_asked()

    def _fill(self, row: QuestionRow) -> None:
        id = row.question.id
        told = self._history.answers.get(id, ())
        row.show_answers(self.sheet.answers.get(id, ""), told, self._now)

    def _to_ask(self) -> tuple[Question, ...]:
        return self.guide.to_ask(self._history.given() | self.sheet.answers)

    def _show_asked(self) -> None:
        shown = {one.id for one in self._to_ask()}
        for id, row in self.rows.items():
            row.setVisible(id in shown)
