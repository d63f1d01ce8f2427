"""Every emergency that somebody asks to lower: a supervisor opens it, reads it, and answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Desk, Listing, Question, QueueFilter
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Role
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.label import Body, Secondary
from workstation.views.attention_words import report_words
from workstation.views.due import moment
from workstation.views.literal import literal

ASKED = QueueFilter(view="lowering")
MOST = 50


class LoweringCard(Card):
    """One request: what is to become of which report, who asks, and why."""

    opened = Signal(str)

    def __init__(self, desk: Desk, report: Report, parent: QWidget | None = None) -> None:
        asked, grading = report.lowering, report.grading
        assert asked is not None
        assert grading is not None
        when = moment(asked.at, desk.clock.now())
        title = f"Lower {grading.name} to {asked.name}? Asked by {asked.by.name}, {when}"
        super().__init__(literal(title), literal(report_words(desk, report.id)), parent=parent)
        self.reason = Body(literal(asked.reason))
        self.body.addWidget(self.reason)
        foot = QHBoxLayout()
        foot.addWidget(Secondary(f"{grading.name} and its clock stand until you answer."), 1)
        show = Button("Read and answer", icon="arrow-right")
        show.clicked.connect(lambda: self.opened.emit(report.id))
        foot.addWidget(show)
        self.body.addLayout(foot)


class LoweringCards(QWidget):
    """For a supervisor, in the queue's order; `changed` tells that cards came or went."""

    opened = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = 0
        self.cards: list[LoweringCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.hide()
        if Role.SUPERVISOR in desk.person.roles:
            desk.lists.listed.connect(self._on_listed)
            desk.queue_changed.connect(self.ask)
            self.ask()

    def ask(self) -> None:
        """Ask which they are now."""
        self._asked += 1
        self._desk.lists.ask(Question(id(self), self._asked, ASKED, MOST, None))

    def _on_listed(self, listing: Listing) -> None:
        if listing.question.asker != id(self) or listing.question.number != self._asked:
            return
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        shown = (self._reported(id) for id in listing.ids)
        self.cards = [LoweringCard(self._desk, report) for report in shown if report is not None]
        for card in self.cards:
            card.opened.connect(self.opened)
            self._column.addWidget(card)
        self.setVisible(bool(self.cards))
        self.changed.emit()

    def _reported(self, id: ReportId) -> Report | None:
        shown = self._desk.report(id)
        is_asked = shown is not None and shown.report.lowering is not None
        return shown.report if shown is not None and is_asked else None
