"""The words of a *say this* card: large what is read aloud, small what is only for who reads."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.say_this import Part, Saying
from workstation.domain.spelt import SpokenNumber
from workstation.ui.label import Body, Caption, Code, Secondary
from workstation.ui.paint import paint_focus
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Rule
from workstation.ui.theme import current
from workstation.views.literal import literal

LARGE, NUMBER = 24, 32
LEAST = 96
ELSE = "If somebody else answers, or they say no, or you are not sure: say nothing of this."


class Words(Scroll):
    """As much of the page as there is; arrow keys and Page Down scroll."""

    def __init__(self) -> None:
        super().__init__(QWidget(), "What to say")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(LEAST)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            rect = QRectF(self.viewport().rect())
            paint_focus(QPainter(self.viewport()), rect, 6, current().focus)


def read_out(saying: Saying) -> QWidget:
    """What is decided, the numbers, then the rest; notes stand above, small."""
    body, column = _page()
    _add_notes(column, saying.notes)
    _add_parts(column, saying.parts[:1])
    for number in saying.numbers:
        _add_number(column, number)
    _add_parts(column, saying.parts[1:])
    column.addStretch(1)
    return body


def first_asked(saying: Saying) -> QWidget:
    """The question, why it is asked, and what to do without a yes."""
    body, column = _page()
    column.addWidget(Body(saying.ask, px=LARGE))
    why = "; ".join(saying.reasons)
    column.addWidget(Secondary(literal(f"Asked because {why}.")))
    column.addWidget(Body(ELSE, strong=True))
    column.addStretch(1)
    return body


def _page() -> tuple[QWidget, QVBoxLayout]:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(6)
    return body, column


def _add_parts(column: QVBoxLayout, parts: Iterable[Part]) -> None:
    for part in parts:
        column.addWidget(Caption(part.heading, strong=True))
        column.addWidget(Body(literal(" ".join(part.lines)), px=LARGE))


def _add_notes(column: QVBoxLayout, notes: Iterable[str]) -> None:
    told = list(notes)
    for note in told:
        column.addWidget(Secondary(literal(f"Not read out: {note}")))
    if told:
        column.addWidget(Rule())


def _add_number(column: QVBoxLayout, number: SpokenNumber) -> None:
    column.addWidget(Caption(f"{number.kind} {number.written}", strong=True))
    grouped = Code(number.grouped, NUMBER)
    grouped.setForegroundRole(QPalette.ColorRole.WindowText)
    grouped.setAccessibleName(number.aloud)
    column.addWidget(grouped)
    column.addWidget(Body(literal(number.spelt), px=LARGE - 6))
