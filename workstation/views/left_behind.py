"""What somebody left behind unsent at this PC: it stands over the sign-in and over who comes next.

Its words are kept in the memory of the running program only. It ends when its author signs in
again here, or when it is logged that dispatch was told by voice. Of what a program before this one
left, only whose it is and how much is known.
"""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk, LeftHere, Undelivered
from workstation.domain.numbers import LONDON
from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.ui.announcer import say
from workstation.ui.banner import Banner
from workstation.views.literal import literal
from workstation.views.undelivered_bar import UndeliveredItem, lead_of, words_to_read


class LeftBehind(Struct, frozen=True):
    """An emergency that was not sent when its author left: whose, what, and what to say."""

    author: PersonId
    name: str
    what: Undelivered
    lead: str
    words: str


def left_behind(desk: Desk) -> tuple[LeftBehind, ...]:
    """What the person at this desk would leave behind by leaving now."""
    dispatch, who = desk.pack.dispatch, desk.person
    return tuple(
        LeftBehind(
            who.id, who.name, one, lead_of(dispatch, one, who.name), words_to_read(dispatch, one)
        )
        for one in desk.unconfirmed()
    )


class LeftBehindBar(QWidget):
    """At the next person's desk: each with the field that logs whom one told by voice.

    `logged(str)`: dispatch was told of that report.
    """

    logged = Signal(str)

    def __init__(
        self, desk: Desk, left: Sequence[LeftBehind] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.items: dict[ReportId, UndeliveredItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for one in left:
            item = UndeliveredItem(desk, one.what, one.name)
            item.show_it.hide()
            item.logged.connect(self._on_logged)
            self.items[one.what.report] = item
            desk.left_behind.add(one.what.report)
            column.addWidget(item)
            say(self, item.lead.text(), assertive=True)
        self.setVisible(bool(left))

    def _on_logged(self, report: str) -> None:
        self.items[ReportId(report)].hide()
        self.setVisible(any(not item.isHidden() for item in self.items.values()))
        self.logged.emit(report)


class LeftBehindNotice(QWidget):
    """Over the sign-in: the number to ring and the words to read, for whoever passes."""

    def __init__(
        self,
        left: Sequence[LeftBehind] = (),
        kept: Sequence[LeftHere] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.banners = [_banner(one) for one in left]
        authors = {one.author for one in left}
        self.banners += [_sealed(one) for one in kept if one.person not in authors]
        for banner in self.banners:
            column.addWidget(banner)
        self.setVisible(bool(self.banners))


def _banner(one: LeftBehind) -> Banner:
    return Banner("danger", f"Read: “{literal(one.words)}”", "octagon-alert", one.lead)


def _sealed(one: LeftHere) -> Banner:
    """Its words are sealed under its author's key: who may know them is all that can be told."""
    what = "an emergency" if one.sends == 1 else f"{one.sends} emergencies"
    at = f"{one.since.astimezone(LONDON):%H:%M on %d %B}"
    text = (
        f"{one.name} left work on this PC that was not sent, from {at} on, {what} among it. Ask "
        f"{one.name} what it is, tell dispatch by voice, and have {one.name} sign in here, or a "
        "supervisor release it."
    )
    return Banner("danger", literal(text), "octagon-alert", f"Dispatch may NOT have {what}.")
