"""What was refused after it was done here, with all its words, until a person settles it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Attention, Desk
from workstation.domain.limits import WORDS
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.domain.settling import ReleaseHeld
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.empty import Empty
from workstation.ui.label import Body, Caption, ErrorText, Secondary, Title
from workstation.ui.marked_text import MarkedText
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.views.attention_words import command_words, next_words
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.due import moment
from workstation.views.kept_work import KeptWork
from workstation.views.literal import literal
from workstation.views.unsent_cards import UnsentCards
from workstation.views.words import first_words

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
NEXT = "Next:"
HOW = (
    "Refused after it was done here. Nothing is lost, and nothing goes away by itself: do what "
    "“Next” says, then settle it with a few words on what was done."
)


class AttentionCard(Card):
    """One refused command: why, its words beside what stands now, and how it is settled."""

    opened = Signal(str)

    def __init__(self, desk: Desk, one: Attention, parent: QWidget | None = None) -> None:
        when = moment(one.case.at, desk.clock.now())
        by = "you" if one.mine else one.case.author_name
        released = one.case.released
        by += f", released by {released.by.name}" if released is not None else ""
        super().__init__(
            f"{command_words(one.command)}, by {by}, {when}",
            literal(_report_words(desk, one.case.report)),
            parent=parent,
        )
        self._desk, self.one = desk, one
        self.body.addWidget(Body(literal(f"Refused: {one.case.sentence}"), strong=True))
        self.mine, self.now = _words(one.text or "Nothing was written with it."), _words("")
        self.body.addLayout(
            self._side_by_side("What you did" if one.mine else f"What {one.case.author_name} did")
        )
        self.next = MarkedText(14)
        may = Role.SUPERVISOR in desk.person.roles
        words = next_words(one.case.code, may_release=may)
        self.next.set_text(f"{NEXT} {words}", bold=[(0, len(NEXT))])
        self.body.addWidget(self.next)
        self.done = QLineEdit()
        self.done.setAccessibleName("What was done about it")
        self.done.setPlaceholderText("What was done about it?")
        self._field = f"settle.{one.case.id}"
        self.drafts = Drafts(desk, self)
        self.drafts.keep_line(self._field, self.done, WORDS)
        self.kept = KeptLine(self.drafts)
        self.done.returnPressed.connect(self.settle)
        self.error = ErrorText()
        self.error.hide()
        self.release = Button(RELEASE, icon="hash")
        self.release.clicked.connect(self.let_it_be_recorded)
        self.held = Body("")
        self.body.addWidget(self.held)
        self.body.addWidget(self.kept)
        self.body.addLayout(self._foot())
        self.body.addWidget(self.error)
        self.drafts.show_report(one.case.report)
        self.renew()

    def renew(self) -> None:
        """What stands now, and how far a release has come."""
        self.now.setText(literal(self._desk.stands_now(self.one.case)))
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
        wrong = self._desk.release_number(self.one.case.id, self.done.text().strip())
        self.error.setText(wrong.sentence if wrong is not None else "")
        self.error.setVisible(wrong is not None)
        if wrong is not None:
            self.done.setFocus()

    def _side_by_side(self, whose: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        for title, words in ((whose, self.mine), ("What stands now", self.now)):
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(Caption(title, strong=True))
            column.addWidget(words)
            column.addStretch(1)
            row.addLayout(column, 1)
        return row

    def _foot(self) -> QHBoxLayout:
        show = Button("Show report", icon="arrow-right")
        show.clicked.connect(lambda: self.opened.emit(self.one.case.report))
        settle = Button("Settle", icon="check", keys=("Enter",))
        settle.clicked.connect(self.settle)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(show)
        row.addWidget(self.done, 1)
        row.addWidget(settle)
        row.addWidget(self.release)
        return row

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
        self.kept_work = KeptWork(desk)
        self.kept_work.changed.connect(self._show_whether_empty)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        from_the_top = QVBoxLayout(inside)
        from_the_top.setContentsMargins(0, 0, 8, 0)
        from_the_top.setSpacing(12)
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
        desk.reports_changed.connect(lambda _: self._renew())
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
                self._cards[one.case.id].renew()
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
        has_any = bool(self._cards) or bool(self.unsent.cards()) or self.kept_work.has_any()
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


def _report_words(desk: Desk, id: ReportId) -> str:
    """Which report it is about: its reference and what it is called."""
    rows = desk.rows([id])
    if not rows:
        return "A report that is not here"
    row = rows[0]
    return f"{row.reference or 'No number yet'}  {first_words(row.title)}"


def _words(text: str) -> Secondary:
    words = Secondary(literal(text))
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
