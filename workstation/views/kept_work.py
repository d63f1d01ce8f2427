"""Colleagues' work that has not arrived: released at this PC by a supervisor, or told of.

Only counts stand here, never a word of it.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import RELEASE, Desk, LeftHere, Released, WaitingWork, not_with_dispatch
from workstation.domain.limits import WORDS
from workstation.domain.pack import Pack
from workstation.domain.roles import PersonId
from workstation.ui.announcer import say
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.label import Body, ErrorText, Secondary
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.words import one_line

SEALED = (
    "Nobody else sees it, and nobody can read it here. It leaves when {} signs in at this PC, or "
    "now by your word: in {}\u2019s name, with yours beside it."
)


class ReleaseCard(Card):
    """The kept work of one colleague: why it is released, and what came of that."""

    def __init__(self, desk: Desk, left: LeftHere, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._desk, self._person = desk, left.person
        self._is_asked = False
        self.alarm = Banner("danger", "", "octagon-alert")
        self.what = Body(strong=True)
        self.why = QLineEdit()
        self.why.setAccessibleName(f"Why the work of {left.name} is released")
        self.why.setPlaceholderText("Why is it released?")
        self._field = f"release.{left.person}"
        self.drafts = Drafts(desk, self)
        self.drafts.keep_line(self._field, self.why, WORDS)
        self.kept = KeptLine(self.drafts)
        self.why.returnPressed.connect(self.release)
        self.now = Button("Release it now", "primary", icon="send", keys=("Enter",))
        self.now.clicked.connect(self.release)
        self.error = ErrorText()
        self.error.hide()
        self.why.textEdited.connect(self.error.hide)
        self.told = Secondary("")
        self.told.hide()
        row = QHBoxLayout()
        row.addWidget(self.why, 1)
        row.addWidget(self.now, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.alarm)
        self.body.addWidget(self.what)
        self.body.addWidget(Secondary(literal(SEALED.format(left.name, left.name))))
        self.body.addWidget(self.kept)
        self.body.addLayout(row)
        self.body.addWidget(self.error)
        self.body.addWidget(self.told)
        self.drafts.show_report(RELEASE)
        self.show_left(left, None)

    def release(self) -> None:
        """Let it go, once there are words for why."""
        self._is_asked = True
        refusal = self._desk.release(self._person, self.why.text())
        self._is_asked = refusal is None
        self.error.setText(refusal.sentence if refusal is not None else "")
        self.error.setVisible(refusal is not None)

    def show_left(self, left: LeftHere | None, released: Released | None) -> None:
        """Bring it up to date; what came of a release stays until the page is left.

        Its reason stays, too, until the store has answered for some of it.
        """
        if self._is_asked and released is not None and released.accepted + released.refused:
            self._is_asked = False
            self.drafts.drop((self._field,))
        sends = sum(one.sends for one in (left, released) if one is not None)
        alarm = not_with_dispatch(sends, self._desk.pack)
        self.alarm.set_text("", alarm.strip())
        if left is not None:
            since = moment(left.since, self._desk.clock.now())
            title = f"Work of {left.name} on this PC: {acts(left.count)} since {since}"
            self.what.setText(literal(title))
            self.setAccessibleName(f"{alarm}{title}")
        self.alarm.setVisible(sends > 0)
        under_way = released is not None and not released.is_over
        for part in (self.why, self.now):
            part.setVisible(left is not None and not under_way)
        words = told(released) if released is not None else ""
        if words and words != self.told.text():
            say(self, words)
        self.told.setText(literal(words))
        self.told.setVisible(bool(words))


class KeptWork(QWidget):
    """The cards, and one that says what waits at other PCs; `changed`: cards came or went."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.cards: dict[PersonId, ReleaseCard] = {}
        self.elsewhere = Card("Work that waits at other PCs")
        self.alarm, self.lines = Banner("danger", "", "octagon-alert"), Body()
        self.elsewhere.body.addWidget(self.alarm)
        self.elsewhere.body.addWidget(self.lines)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.elsewhere)
        desk.attention_changed.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Show what is kept here, and what waits elsewhere."""
        left = {one.person: one for one in self._desk.left_here()}
        for person, card in list(self.cards.items()):
            released = self._desk.released(person)
            if person in left or released is not None:
                card.show_left(left.get(person), released)
            else:
                self._take_away(person)
        for person, one in left.items():
            if person not in self.cards:
                card = self.cards[person] = ReleaseCard(self._desk, one)
                self._column.insertWidget(len(self.cards) - 1, card)
        now, waiting = self._desk.clock.now(), self._desk.waiting_elsewhere()
        said = [(one.sends > 0, elsewhere(one, now, self._desk.pack)) for one in waiting]
        alarms = [line for sends, line in said if sends]
        lines = [line for sends, line in said if not sends]
        self.alarm.set_text(literal("\n".join(alarms)))
        self.alarm.setVisible(bool(alarms))
        self.lines.setText(literal("\n".join(lines)))
        self.lines.setVisible(bool(lines))
        self.elsewhere.setVisible(bool(said))
        self.setVisible(self.has_any())
        self.changed.emit()

    def has_any(self) -> bool:
        """Whether anything is shown."""
        return bool(self.cards) or bool(self._desk.waiting_elsewhere())

    def leave(self) -> None:
        """The page was left: what is over has been read."""
        here = {one.person for one in self._desk.left_here()}
        for person in [person for person in self.cards if person not in here]:
            self._take_away(person)
        self.setVisible(self.has_any())
        self.changed.emit()

    def _take_away(self, person: PersonId) -> None:
        gone = self.cards.pop(person)
        self._column.removeWidget(gone)
        gone.hide()
        gone.deleteLater()


def acts(count: int) -> str:
    """So many acts."""
    return "1 act" if count == 1 else f"{count} acts"


def elsewhere(one: WaitingWork, now: datetime, pack: Pack) -> str:
    """Whose work waits where, and what is to be done; no name makes two lines of it."""
    waits, since = "waits" if one.count == 1 else "wait", moment(one.since, now)
    alarm, left = not_with_dispatch(one.sends, pack), one.count - one.calls
    what = " and ".join(
        [*([acts(left)] if left else []), *(["1 contact not on record yet"] if one.calls else [])]
    )
    release = ", or sign in there and release it." if left else ": only there it can be finished."
    return one_line(
        f"{alarm}{what} of {one.name} {waits} at {one.workstation} since {since}. "
        f"Ask {one.name} to sign in at {one.workstation}{release}"
    )


def told(released: Released) -> str:
    """What came of a release, in words."""
    done = released.accepted + released.refused
    if not released.is_over:
        return f"Sending: {done} sent, {released.left} to go."
    words = [f"{acts(done)} of {released.name} sent: {released.accepted} accepted"]
    if released.refused:
        words.append(f", {released.refused} refused: see below")
    words.append(".")
    if released.left:
        words.append(f" {acts(released.left)} still kept here. {released.problem}")
    return "".join(words)
