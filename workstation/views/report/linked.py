"""Earlier contacts of the same people or place, and what the check for them found."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import QueueRow
from workstation.domain.earlier_contacts import (
    NOWHERE,
    contradiction,
    in_words,
    where_in_words,
)
from workstation.domain.report import EarlierContacts
from workstation.ui.banner import Banner
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Code
from workstation.views.decide.risk_statement import LOOKING
from workstation.views.due import day
from workstation.views.literal import literal
from workstation.views.queue.sections import CHANNEL_ICONS, CHANNEL_NAMES


class LinkedRow(QWidget):
    """One earlier contact; the button shows it."""

    opened = Signal(str)

    def __init__(self, row: QueueRow, shares: str, now: datetime) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel(CHANNEL_ICONS[row.channel], name=CHANNEL_NAMES[row.channel]))
        line.addWidget(Code(row.reference))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Body(literal(row.title)))
        if shares:
            words.addWidget(Caption(shares))
        line.addLayout(words, 1)
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
        super().__init__("Earlier contacts", LOOKING, parent=parent)
        self.contradiction = Banner("danger", "", "triangle-alert")
        self.result = Body("", strong=True)
        self.searched = Caption("")
        for part in (self.contradiction, self.result, self.searched):
            self.body.addWidget(part)
        self._told: tuple[tuple[QueueRow, str], ...] | None = None
        self._rows: list[LinkedRow] = []

    def show_linked(
        self, found: EarlierContacts | None, rows: Sequence[tuple[QueueRow, str]], now: datetime
    ) -> None:
        """Show what the check found, and each contact here with what both share."""
        self._show_result(found)
        if tuple(rows) == self._told:
            return
        self._told = tuple(rows)
        for old in self._rows:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._rows = [LinkedRow(row, shares, now) for row, shares in rows]
        for row in self._rows:
            row.opened.connect(self.opened)
            self.body.addWidget(row)

    def rows(self) -> list[LinkedRow]:
        """The contacts shown."""
        return self._rows

    def _show_result(self, found: EarlierContacts | None) -> None:
        said = contradiction(found) if found is not None else ""
        self.contradiction.set_text(literal(said))
        self.contradiction.setVisible(bool(said))
        self.result.setText(in_words(found) if found is not None else LOOKING)
        self.searched.setText(searched_words(found))
        tone, icon = _face(found)
        self.set_trailing("Checked automatically" if found is not None else LOOKING, icon, tone)


def searched_words(found: EarlierContacts | None) -> str:
    """By what and where was looked, and that nothing found says nothing of the risk."""
    if found is None:
        return "By telephone, e-mail, name and birth date, address, postcode and vehicle."
    if found.searched == NOWHERE:
        return "The records of this desk could not be read. Ask the caller, and a colleague."
    by = "Searched by telephone, e-mail, name and birth date, address, postcode and vehicle"
    beyond = "" if found.count else " Nothing found: not the same as no risk."
    return f"{by}, {where_in_words(found)}.{beyond}"


def _face(found: EarlierContacts | None) -> tuple[str, str]:
    if found is None:
        return "neutral", "search"
    if found.vulnerable:
        return "vuln", "heart-pulse"
    if found.count or found.searched == NOWHERE:
        return "warn", "history"
    return "neutral", "search-check"
