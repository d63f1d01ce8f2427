"""What dispatch has NOT got: it stays until the store confirms it or somebody was told by voice.

There is no way to dismiss it. A refused grade alarms.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk, Undelivered, Unopened
from workstation.domain.grading import TellByVoice
from workstation.domain.limits import WORDS
from workstation.domain.pack import Dispatch
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Role
from workstation.ui.announcer import say
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, ErrorText
from workstation.ui.theme import DANGER_ROLE, current
from workstation.ui.ticker import ticker
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.due import clock_time, spoken_span
from workstation.views.literal import literal

TOLD = "told_by_voice"

_ON_PAGE = QPalette.ColorRole.WindowText
_ON_DANGER = QPalette.ColorRole.HighlightedText


class UndeliveredItem(QWidget):
    """One grade: whom to ring, the words to read, and the field that clears it.

    `whose` names somebody else who left it behind at this PC; `logged` tells that dispatch was
    told of it by voice.
    """

    opened = Signal(str)
    logged = Signal(str)

    def __init__(
        self, desk: Desk, what: Undelivered, whose: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._id, self._whose = desk, what.report, whose
        self._refused = False
        self.lead = Body("", strong=True)
        self.words = Body("")
        self.error = ErrorText()
        self.error.hide()
        self.told = QLineEdit()
        self.told.setAccessibleName("Told by voice: who, when")
        self.told.setPlaceholderText("Told by voice: who, when")
        self.told.setMinimumWidth(220)
        self.drafts = Drafts(desk, self)
        self.drafts.keep_line(TOLD, self.told, WORDS)
        self.kept = KeptLine(self.drafts)
        self.told.returnPressed.connect(self.log)
        self.log_it = Button("Log it", icon="phone-call", keys=("Enter",))
        self.log_it.clicked.connect(self.log)
        self.show_it = Button("Show report")
        self.show_it.clicked.connect(lambda: self.opened.emit(self._id))
        self._icon = IconLabel("octagon-alert", "danger", 20)
        self._lay_out()
        self.show_what(what)
        self.drafts.show_report(what.report)

    def show_what(self, what: Undelivered) -> None:
        """Bring the words up to date; what is typed in the field stays."""
        self._refused = bool(what.refused)
        dispatch = self._desk.pack.dispatch
        self.lead.setText(lead_of(dispatch, what, self._whose))
        self.words.setText(f"Read: “{literal(words_to_read(dispatch, what))}”")
        self.setAccessibleName(f"{self.lead.text()} {self.words.text()}")
        for label in (self.lead, self.words):
            label.setForegroundRole(_ON_DANGER if self._refused else _ON_PAGE)
        self.error.setForegroundRole(_ON_DANGER if self._refused else DANGER_ROLE)
        self._icon.setVisible(not self._refused)
        self.update()

    def log(self) -> None:
        """Put on the record whom dispatch was told through."""
        refusal = self._desk.in_one(self._submit)
        self.error.setText(refusal.sentence if refusal else "")
        self.error.setVisible(refusal is not None)
        if refusal is not None:
            self.told.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.logged.emit(self._id)

    def _submit(self) -> Refusal | None:
        refusal = self._desk.submit(TellByVoice(report=self._id, told=self.told.text()))
        if refusal is None:
            self.drafts.drop((TOLD,))
        return refusal

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        fill = tokens.danger_fill if self._refused else tokens.danger_bg
        painter.fillRect(self.rect(), QColor(fill))
        painter.fillRect(QRectF(0, 0, 4, self.height()), QColor(tokens.danger))
        painter.fillRect(self.rect().adjusted(0, self.height() - 1, 0, 0), QColor(tokens.danger))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.lead)
        words.addWidget(self.words)
        words.addWidget(self.error)
        words.addWidget(self.kept)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.told)
        row.addWidget(self.log_it)
        row.addWidget(self.show_it)


class UndeliveredBar(QWidget):
    """Every such grade, the oldest first. `opened(str)`: show that report; `left`: the keyboard

    was at one that is gone.
    """

    opened = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._items: dict[ReportId, UndeliveredItem] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()
        desk.undelivered_changed.connect(self.fill)

    def fill(self, what: Sequence[Undelivered]) -> None:
        """Show these and take away those that are confirmed or told."""
        wanted = {one.report: one for one in what}
        for id in [id for id in self._items if id not in wanted]:
            gone = self._items.pop(id)
            gone.drafts.flush()
            self._column.removeWidget(gone)
            focused = gone.window().focusWidget()
            if focused is not None and gone.isAncestorOf(focused):
                self.left.emit()
            gone.hide()
            gone.deleteLater()
            self._desk.drafts_changed.emit(id)
        for id, one in wanted.items():
            if id in self._items:
                self._items[id].show_what(one)
            else:
                self._add(one)
        self.setVisible(bool(self._items))

    def take_focus(self) -> None:
        """Go to the field of the oldest: who was told by voice."""
        for item in self.items()[:1]:
            item.told.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def items(self) -> list[UndeliveredItem]:
        """What is shown."""
        return list(self._items.values())

    def _add(self, one: Undelivered) -> None:
        item = UndeliveredItem(self._desk, one)
        item.opened.connect(self.opened)
        self._items[one.report] = item
        self._column.addWidget(item)
        say(self, item.lead.text(), assertive=True)


class UnopenedLine(Banner):
    """Alarms when no dispatcher has opened an emergency in the time the pack gives.

    A dispatcher is the one to open it; everybody else is told whom to ring.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("danger", "", "siren", action="Show report", parent=parent)
        self._desk = desk
        self._may_open = Role.DISPATCHER in desk.person.roles
        if self._may_open:
            self.action.set_text("Open it")
        self._first: ReportId | None = None
        self.acted.connect(self._open)
        self.hide()
        ticker().tick.connect(self._on_tick)

    def fill(self, unopened: Sequence[Unopened]) -> None:
        """Name the one that has waited longest, and how many more there are."""
        self._first = unopened[0].report if unopened else None
        if unopened:
            first = unopened[0]
            waited = spoken_span(self._desk.clock.now() - first.graded_at)
            more = f" And {len(unopened) - 1} more." if len(unopened) > 1 else ""
            which = f"{first.reference}, {first.grade}, for {waited}."
            what = "Open it." if self._may_open else f"Ring {self._desk.pack.dispatch.phone}."
            who = "Nobody" if self._may_open else "No dispatcher"
            self.set_text(f"{which} {what}{more}", f"{who} has opened")
        self.setVisible(bool(unopened))

    def _on_tick(self) -> None:
        self.fill(self._desk.unopened())

    def _open(self) -> None:
        if self._first is not None:
            self.opened.emit(self._first)


def lead_of(dispatch: Dispatch, what: Undelivered, whose: str = "") -> str:
    """That dispatch has NOT got it, whom to ring, and which it is."""
    lead = f"Dispatch has NOT got this. Ring {dispatch.phone}"
    which = f"{what.reference or 'No number yet'}, {what.grade}, {clock_time(what.made_at)}."
    if whose:
        which = f"{whose}’s unsent emergency, {which} Sign in as {whose} to send it."
    if what.refused:
        lead = f"REFUSED: {lead}"
        which = f"{which} {what.refused}"
    return literal(f"{lead} \N{EM DASH} {which}")


def words_to_read(dispatch: Dispatch, what: Undelivered) -> str:
    """The pack's words, with this report's number, grade, place and reason in or after them."""
    values = {
        "number": what.reference or "without a number yet",
        "grade": what.grade,
        "location": what.place or "not known",
        "reason": what.why.rstrip(" ."),
    }
    words = re.sub(r"\{(\w+)\}", lambda m: values.get(m[1], m[0]), dispatch.words)
    if words != dispatch.words:
        return words
    return f"{words} {', '.join(value for value in values.values() if value)}."
