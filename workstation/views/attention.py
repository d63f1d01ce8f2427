"""What was refused after it was done here, with all its words, until a person settles it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Attention, Desk
from workstation.domain.roles import Role
from workstation.ui.empty import Empty
from workstation.ui.label import Secondary, Title
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.views.attention_card import AttentionCard
from workstation.views.kept_work import KeptWork
from workstation.views.lowering_cards import LoweringCards
from workstation.views.offline_banner import spoken
from workstation.views.unsent_cards import UnsentCards

HOW = (
    "Refused after it was done here. Nothing is lost, and nothing goes away by itself: do what "
    "“Next” says, then settle it with a few words on what was done."
)


class AttentionPage(Surface):
    """The list, the oldest first. `opened(str)`: show that report."""

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self._desk = desk
        self._cards: dict[str, AttentionCard] = {}
        self.empty = Empty("Nothing needs attention")
        inside = QWidget()
        self.unsent = UnsentCards(desk)
        self.unsent.opened.connect(self.opened)
        self.unsent.changed.connect(self._show_whether_empty)
        self.lowerings = LoweringCards(desk)
        self.lowerings.opened.connect(self.opened)
        self.lowerings.changed.connect(self._show_whether_empty)
        self.kept_work = KeptWork(desk)
        self.kept_work.changed.connect(self._show_whether_empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        from_the_top = QVBoxLayout(inside)
        from_the_top.setContentsMargins(0, 0, 8, 0)
        from_the_top.setSpacing(12)
        from_the_top.addWidget(self.lowerings)
        from_the_top.addWidget(self.kept_work)
        from_the_top.addWidget(self.unsent)
        from_the_top.addLayout(self._list)
        from_the_top.addStretch(1)
        self.area = Scroll(inside, "Needs attention")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(Title("Needs attention"))
        column.addWidget(Secondary(HOW))
        column.addWidget(self.area, 1)
        column.addWidget(self.empty, 1)
        desk.attention_changed.connect(self._on_changed)
        desk.reports_changed.connect(self._renew)
        desk.link_changed.connect(self._on_waiting)
        desk.undelivered_changed.connect(self._on_waiting)
        self.fill(desk.attention())
        self._say_what_waits()

    def fill(self, wanted: Sequence[Attention]) -> None:
        """Show these; what is being typed on those that stay is kept.

        A supervisor sees everybody's; others could not settle what is not theirs.
        """
        is_senior = Role.SUPERVISOR in self._desk.person.roles
        wanted = [one for one in wanted if one.mine or is_senior]
        ids = {one.case.id for one in wanted}
        for id in [id for id in self._cards if id not in ids]:
            gone = self._cards.pop(id)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for one in wanted:
            if one.case.id in self._cards:
                self._cards[one.case.id].show_case(one)
            else:
                card = AttentionCard(self._desk, one)
                card.opened.connect(self.opened)
                self._cards[one.case.id] = card
                self._list.addWidget(card)
        self._show_whether_empty()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.kept_work.leave()

    def _show_whether_empty(self) -> None:
        has_any = bool(self._cards) or bool(self.unsent.cards())
        has_any = has_any or bool(self.lowerings.cards) or self.kept_work.has_any()
        self.area.setVisible(has_any)
        self.empty.setVisible(not has_any)

    def _on_changed(self) -> None:
        if any(card.done.text() for card in self._cards.values()):
            self._desk.drafts_wanted.emit()  # a card with words never goes by itself
        self.fill(self._desk.attention())

    def _renew(self, _ids: object) -> None:
        for card in self._cards.values():
            card.renew()

    def _on_waiting(self, _state: object) -> None:
        self._say_what_waits()

    def _say_what_waits(self) -> None:
        self.empty.set_words(*what_waits(self._desk))

    def cards(self) -> list[AttentionCard]:
        """What is shown."""
        return list(self._cards.values())


def what_waits(desk: Desk) -> tuple[str, str]:
    """With nothing to settle: whether that is all, or what has not been answered yet, and why."""
    missing, link = len(desk.undelivered()), desk.link()
    if missing:
        which = "an emergency" if missing == 1 else f"{missing} emergencies"
        return f"Dispatch has NOT got {which}", "Ring as the red bar above says, and log it there."
    if link.waiting:
        what = "1 act waits" if link.waiting == 1 else f"{link.waiting} acts wait"
        if link.online and link.problem:
            return "Nothing is left to settle", f"{what} on this desk. {spoken(link.problem)}"
        line = "the store has not answered yet." if link.online else "the line is down."
        return "Nothing is left to settle", f"{what} on this desk to be sent: {line}"
    if not link.online:
        return "Nothing is left to settle", "The line is down: nothing new is heard until then."
    return "Nothing needs attention", "Nothing is left to settle."
