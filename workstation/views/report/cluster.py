"""One event, many callers: each account with its own words and its own THRIVE, side by side."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import Account
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.chip import Chip
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Code
from workstation.ui.surface import Rule
from workstation.views.due import moment
from workstation.views.literal import literal
from workstation.views.queue.sections import CHANNEL_ICONS, CHANNEL_NAMES

LONGEST = 600
KEEPS, POINTS, HERE = "Keeps the work", "Linked to it", "On this page"


class AccountRow(QWidget):
    """What one caller told; `opened(str)`: show their report."""

    opened = Signal(str)

    def __init__(self, told: Account, is_here: bool, now: datetime) -> None:
        super().__init__()
        row = told.row
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(CHANNEL_ICONS[row.channel], name=CHANNEL_NAMES[row.channel]))
        head.addWidget(Code(row.reference))
        kept = (
            Chip(KEEPS, "accent", "user-check")
            if told.is_kept
            else Chip(POINTS, "neutral", "copy")
        )
        head.addWidget(kept)
        head.addStretch(1)
        head.addWidget(Caption(moment(row.received_at, now), wrap=False))
        self.show_button = Button(HERE if is_here else "Show", "ghost", icon="arrow-right")
        self.show_button.setAccessibleName(f"Show {row.reference}, {row.title}")
        self.show_button.setEnabled(not is_here)
        self.show_button.clicked.connect(lambda: self.opened.emit(row.id))
        head.addWidget(self.show_button)
        self.words = Body(literal(shortened(told.account)))
        self.thrive = Caption(thrive_words(told))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(self.thrive)


class ClusterCard(Card):
    """Hidden where a report is alone. `opened(str)`: the person wants that report."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("One event", parent=parent, trailing_caption=" ")
        self._told: tuple[tuple[Account, ...], ReportId | None] = ((), None)
        self._rows: list[AccountRow] = []
        self._rules: list[Rule] = []
        self.hide()

    def show_cluster(self, told: Sequence[Account], id: ReportId, now: datetime) -> None:
        """Show every account of the event that the report on the page tells of."""
        self.setVisible(bool(told))
        if (tuple(told), id) == self._told:
            return
        self._told = (tuple(told), id)
        self.set_trailing(f"{len(told)} accounts, none is changed by linking", "users", "accent")
        for old in (*self._rows, *self._rules):
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._rows, self._rules = [], []
        for number, one in enumerate(told):
            if number:
                self._rules.append(Rule())
                self.body.addWidget(self._rules[-1])
            row = AccountRow(one, one.row.id == id, now)
            row.opened.connect(self.opened)
            self._rows.append(row)
            self.body.addWidget(row)

    def rows(self) -> list[AccountRow]:
        """The accounts shown."""
        return self._rows


def shortened(account: str) -> str:
    """As much of the words as fit here; the page of their report has them all."""
    return account if len(account) <= LONGEST else f"{account[: LONGEST - 1]}…"


def thrive_words(told: Account) -> str:
    """The THRIVE of this account; none is never shown as no risk."""
    if not told.levels:
        return "THRIVE of this account: not assessed yet"
    levels = " \N{MIDDLE DOT} ".join(f"{key} {level}" for key, level in told.levels.items())
    return f"THRIVE of this account: {levels}"
