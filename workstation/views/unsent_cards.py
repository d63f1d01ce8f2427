"""Every report that left this person with words of theirs unsent: they say what is to be done."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Desk, Unsent
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.label import Secondary
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.report.unsent_bar import UnsentBar


class UnsentCard(Card):
    """The words of one report, and the question."""

    opened = Signal(str)

    def __init__(self, desk: Desk, one: Unsent, parent: QWidget | None = None) -> None:
        since = moment(one.since, desk.clock.now())
        on = f", on {one.reference}" if one.reference else ""
        super().__init__(f"Your unsent words since {since}{on}", parent=parent)
        self.bar = UnsentBar(desk)
        self.words = Secondary(literal(one.text))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = Button("Show report", "ghost")
        show.setVisible(one.can_send)
        show.clicked.connect(lambda: self.opened.emit(one.report))
        foot = QHBoxLayout()
        foot.addWidget(self.words, 1)
        foot.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.bar)
        self.body.addLayout(foot)
        self.bar.show_report(one.report)

    def show_words(self, one: Unsent) -> None:
        """Bring it up to date."""
        self.words.setText(literal(one.text))
        self.bar.renew()


class UnsentCards(QWidget):
    """The list, the oldest first; `changed` tells that cards came or went."""

    opened = Signal(str)
    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cards: dict[ReportId, UnsentCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        desk.reports_changed.connect(self._on_changed)
        desk.drafts_changed.connect(self._on_changed)
        self.fill()

    def cards(self) -> list[UnsentCard]:
        """What is shown."""
        return list(self._cards.values())

    def fill(self) -> None:
        """Show what is asked; what was just discarded stays, to be undone."""
        wanted = {one.report: one for one in self._desk.unsent_elsewhere()}
        before = list(self._cards)
        for id in [id for id in self._cards if id not in wanted]:
            if not self._cards[id].bar.can_undo:
                self._take_away(id)
        for id, one in wanted.items():
            if id in self._cards:
                self._cards[id].show_words(one)
            else:
                self._add(one)
        self.setVisible(bool(self._cards))
        if before != list(self._cards):
            self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fill()

    def hideEvent(self, event: QHideEvent) -> None:
        """The page changed: what was discarded is gone."""
        super().hideEvent(event)
        for card in self._cards.values():
            card.bar.forget()

    def _on_changed(self, _what: object) -> None:
        self.fill()

    def _add(self, one: Unsent) -> None:
        card = self._cards[one.report] = UnsentCard(self._desk, one)
        card.opened.connect(self.opened)
        self._column.addWidget(card)

    def _take_away(self, id: ReportId) -> None:
        gone = self._cards.pop(id)
        self._column.removeWidget(gone)
        gone.hide()
        gone.deleteLater()
