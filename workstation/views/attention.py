"""What was refused after it was done here, with all its words, until a person settles it."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Attention, Desk
from workstation.domain.limits import WORDS
from workstation.domain.roles import Role
from workstation.domain.settling import ReleaseHeld
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.empty import Empty
from workstation.ui.label import Body, ErrorText, Secondary, Title
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.unsent_cards import UnsentCards

RELEASE = "Release the number"
WHAT_RELEASE_DOES = (
    "Releasing records the crime under this number: it stays its author's, and your name and "
    "reason stand beside it. If the number stands for another crime, the store says no and this "
    "stays here."
)
RELEASE_SENT = "The release is on its way: the store says whether the number is free."
WHOM_TO_ASK = (
    "A supervisor can release this number; ask yours. Until then tell the victim no other number."
)
HOW = "Settling says what was done about it. Nothing here goes away by itself."


class AttentionCard(Card):
    """One refused command: the reason, every word of it, and how it is settled."""

    opened = Signal(str)

    def __init__(self, desk: Desk, one: Attention, parent: QWidget | None = None) -> None:
        when = moment(one.case.at, desk.clock.now())
        by = "you" if one.mine else one.case.author_name
        super().__init__(f"{command_words(one.command)}, by {by}, {when}", parent=parent)
        self._desk, self.one = desk, one
        self.body.addWidget(Body(literal(one.case.sentence), strong=True))
        words = Secondary(literal(one.text))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setVisible(bool(one.text))
        self.body.addWidget(words)
        self.now = Secondary(literal(f"Now:\n{desk.stands_now(one.case)}"))
        self.body.addWidget(self.now)
        self.done = QLineEdit()
        self.done.setAccessibleName("What was done about it")
        self.done.setPlaceholderText("What was done about it?")
        self._field = f"settle.{one.case.id}"
        self.drafts = Drafts(desk, self)
        self.drafts.keep_line(self._field, self.done, WORDS)
        self.kept = KeptLine(self.drafts)
        self.done.returnPressed.connect(self.settle)
        settle = Button("Settle", icon="check", keys=("Enter",))
        settle.clicked.connect(self.settle)
        show = Button("Show report", "ghost")
        show.clicked.connect(lambda: self.opened.emit(one.case.report))
        self.error = ErrorText()
        self.error.hide()
        self.release = Button(RELEASE, icon="hash")
        self.release.clicked.connect(self.let_it_be_recorded)
        self.held = Body("")
        row = QHBoxLayout()
        row.addWidget(self.done, 1)
        for button in (settle, self.release, show):
            row.addWidget(button)
        self.body.addWidget(self.held)
        self.body.addWidget(self.kept)
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.drafts.show_report(one.case.report)
        self.renew()

    def renew(self) -> None:
        """What stands now, and how far a release has come."""
        self.now.setText(literal(f"Now:\n{self._desk.stands_now(self.one.case)}"))
        is_held = self.one.case.code.startswith("held/")
        may = Role.SUPERVISOR in self._desk.person.roles
        shown = self._desk.report(self.one.case.report)
        is_sent = shown is not None and ReleaseHeld.__name__ in shown.pending
        words = (RELEASE_SENT if is_sent else WHAT_RELEASE_DOES) if may else WHOM_TO_ASK
        self.held.setText(words)
        self.held.setVisible(is_held)
        self.release.setVisible(is_held and may)
        if is_held and may:
            self.done.setPlaceholderText("Why it may be recorded, or what was done instead")
        self.release.set_enabled_because(not is_sent, RELEASE_SENT)

    def let_it_be_recorded(self) -> None:
        """Release the held number, with the words as the reason."""
        wrong = self._desk.release(self.one.case.id, self.done.text().strip())
        self.error.setText(wrong.sentence if wrong is not None else "")
        self.error.setVisible(wrong is not None)
        if wrong is not None:
            self.done.setFocus()

    def settle(self) -> None:
        """Settle it, once there are words for what was done."""
        words = self.done.text().strip()
        self.error.setVisible(not words)
        self.error.setText("" if words else "Say what was done about it.")
        if words:
            self._desk.in_one(lambda: self._settle(words))

    def _settle(self, words: str) -> None:
        wrong = self._desk.settle(self.one.case.id, words)
        if wrong is None:
            self.drafts.drop((self._field,))
        else:
            self.error.setText(wrong.sentence)
            self.error.setVisible(True)


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
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        from_the_top = QVBoxLayout(inside)
        from_the_top.setContentsMargins(0, 0, 8, 0)
        from_the_top.setSpacing(12)
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
        desk.reports_changed.connect(lambda _: self._renew())
        desk.link_changed.connect(self._on_waiting)
        desk.undelivered_changed.connect(self._on_waiting)
        self.fill(desk.attention())
        self._say_what_waits()

    def fill(self, wanted: Sequence[Attention]) -> None:
        """Show these; what is being typed on those that stay is kept."""
        ids = {one.case.id for one in wanted}
        for id in [id for id in self._cards if id not in ids]:
            gone = self._cards.pop(id)
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for one in wanted:
            if one.case.id in self._cards:
                self._cards[one.case.id].renew()
                continue
            card = AttentionCard(self._desk, one)
            card.opened.connect(self.opened)
            self._cards[one.case.id] = card
            self._list.addWidget(card)
        self._show_whether_empty()

    def _show_whether_empty(self) -> None:
        has_any = bool(self._cards) or bool(self.unsent.cards())
        self.area.setVisible(has_any)
        self.empty.setVisible(not has_any)

    def _on_changed(self) -> None:
        self.fill(self._desk.attention())

    def _renew(self) -> None:
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
    """With nothing refused: whether all is accepted, or what has not been answered yet."""
    missing, link = len(desk.undelivered()), desk.link()
    if missing:
        which = "an emergency" if missing == 1 else f"{missing} emergencies"
        return f"Dispatch has NOT got {which}", "Ring as the red bar above says, and log it there."
    if link.waiting:
        what = "1 act waits" if link.waiting == 1 else f"{link.waiting} acts wait"
        line = "the store has not answered yet." if link.online else "the line is down."
        return "Nothing was refused so far", f"{what} on this desk to be sent: {line}"
    if not link.online:
        return "Nothing was refused so far", "The line is down: nothing new is heard until then."
    return "Nothing needs attention", "Everything done here was accepted."


def command_words(name: str) -> str:
    """A command's name as people say it: `ClaimReport` is *Claim report*."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()
