"""Earlier contacts of the same people or place, and what the check for them found."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.desk import QueueRow
from workstation.domain.report import EarlierContacts
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Code
from workstation.views.due import day
from workstation.views.literal import literal
from workstation.views.queue.sections import CHANNEL_ICONS, CHANNEL_NAMES

NOTHING_FOUND = (
    "No earlier contact with this phone, e-mail, name and birth date, or postcode is held on this "
    "desk. Older records are not searched."
)


class LinkedRow(QWidget):
    """One earlier contact; the button shows it."""

    opened = Signal(str)

    def __init__(self, row: QueueRow, now: datetime) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel(CHANNEL_ICONS[row.channel], name=CHANNEL_NAMES[row.channel]))
        line.addWidget(Code(row.reference))
        line.addWidget(Body(literal(row.title)), 1)
        when = Caption(day(row.received_at))
        when.setWordWrap(False)
        line.addWidget(when)
        show = Button("Show", "ghost", icon="arrow-right")
        show.setAccessibleName(f"Show {row.reference}, {row.title}")
        show.clicked.connect(lambda: self.opened.emit(row.id))
        line.addWidget(show)


class LinkedCard(Card):
    """The result of the check, then the contacts. `opened(str)`: show that report."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Earlier contacts", "Same people or place", parent=parent)
        self.result = Body("")
        self.body.addWidget(self.result)
        self._told: tuple[QueueRow, ...] | None = None
        self._rows: list[LinkedRow] = []

    def show_linked(self, found: EarlierContacts, rows: Sequence[QueueRow], now: datetime) -> None:
        """Show what the check found, and each contact this desk holds."""
        self.result.setText(check_in_words(found))
        tone = "vuln" if found.vulnerable else "warn" if found.count else "neutral"
        icon = "heart-pulse" if found.vulnerable else "history" if found.count else "search-check"
        self.set_trailing("Same people or place", icon, tone)
        if tuple(rows) == self._told:
            return
        self._told = tuple(rows)
        for old in self._rows:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._rows = [LinkedRow(row, now) for row in rows]
        for row in self._rows:
            row.opened.connect(self.opened)
            self.body.addWidget(row)

    def rows(self) -> list[LinkedRow]:
        """The contacts shown."""
        return self._rows


def check_in_words(found: EarlierContacts) -> str:
    """What the check found; nothing found says what was and was not searched."""
    if not found.count:
        return NOTHING_FOUND
    times = "1 earlier contact" if found.count == 1 else f"{found.count} earlier contacts"
    someone = " Somebody in them was vulnerable." if found.vulnerable else ""
    return f"{times} with the same people or place.{someone}"
