"""Records: one field that searches everything this person may see, here and at the store.

What it was read as, where was looked, and by what each report was found stand in words.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk, Hit, Results
from workstation.domain.searching import LONGEST, NOTHING_TYPED
from workstation.ui.announcer import say
from workstation.ui.button import Button
from workstation.ui.empty import Empty
from workstation.ui.form import Field
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Code, ElidedLabel, Secondary, Title
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.ui.tip import set_tip
from workstation.views.due import day
from workstation.views.literal import literal
from workstation.views.queue.sections import CHANNEL_ICONS, CHANNEL_NAMES

PAUSE_MS = 400
HINT = "Receipt code, incident, crime or IMU number, telephone, postcode, plate, name or words"
ON_ITS_WAY = "The store has it; it is on its way to this desk."
NOTHING = "Nothing found", "Try fewer words, or the beginning of one. Nothing here is no proof."


class HitRow(QWidget):
    """One report that was found, and by what; `opened(str)`: show it."""

    opened = Signal(str)

    def __init__(self, hit: Hit, now_text: str) -> None:
        super().__init__()
        row = hit.row
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 8, 12, 8)
        line.setSpacing(10)
        line.addWidget(IconLabel(CHANNEL_ICONS[row.channel], name=CHANNEL_NAMES[row.channel]))
        code = Code(row.reference)
        code.setMinimumWidth(150)
        line.addWidget(code)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(literal(row.title)))
        words.addWidget(Caption(_about(hit)))
        line.addLayout(words, 1)
        line.addWidget(Caption(now_text, wrap=False))
        self.show_button = Button("Show", "ghost", icon="arrow-right")
        self.show_button.setAccessibleName(f"Show {row.reference}, {row.title}")
        self.show_button.setEnabled(hit.is_here)
        set_tip(self.show_button, "" if hit.is_here else ON_ITS_WAY)
        self.show_button.clicked.connect(lambda: self.opened.emit(row.id))
        line.addWidget(self.show_button)


class RecordsPage(Surface):
    """`opened(str)`: the person wants this report. `wanted`: and here, they want to search."""

    opened = Signal(str)
    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self._desk = desk
        self._shown: tuple[Hit, ...] = ()
        self._rows: list[HitRow] = []
        self.words = QLineEdit()
        self.words.setMaxLength(LONGEST + 1)
        self.words.setAccessibleName("Search all records")
        self.words.textEdited.connect(self._on_typed)
        self.words.returnPressed.connect(self._on_enter)
        self.field = Field("Search all records", HINT, self.words)
        self.found = Body("", strong=True)
        self.where = Secondary("")
        self.nothing = Empty("Search all records", NOTHING_TYPED, "search")
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self._lay_out()
        desk.found.connect(self._on_found)
        desk.link_changed.connect(self._on_link)

    def search_for(self, text: str) -> None:
        """Search for this, wherever one is."""
        self.words.setText(text)
        self.wanted.emit()
        self.search()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes here types at once."""
        super().showEvent(event)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Look for what is typed, here and at the store."""
        self._pause.stop()
        self._show(self._desk.search(self.words.text(), everywhere=True))

    def rows(self) -> list[HitRow]:
        """The reports shown."""
        return self._rows

    def _on_typed(self, _: str) -> None:
        """This desk at once; the store when the person pauses."""
        self._show(self._desk.search(self.words.text()))
        self._pause.start()

    def _on_enter(self) -> None:
        """Enter searches; with nothing new to search it goes to the first report."""
        is_same = not self._pause.isActive()
        self.search()
        if is_same and self._rows:
            self._rows[0].show_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_link(self, _: object) -> None:
        self._on_found()

    def _on_found(self) -> None:
        if self.isVisible() and self.words.text().strip():
            self._show(self._desk.search(self.words.text(), not self._pause.isActive()))

    def _show(self, results: Results) -> None:
        is_empty = not results.typed
        self.field.set_error("" if is_empty else results.problem)
        before = self.found.text()
        self.found.setText(_found(results))
        self.where.setText(
            "" if results.problem else f"Read {results.understood}. {results.store}"
        )
        for part in (self.found, self.where):
            part.setVisible(not results.problem)
        if self.found.text() != before and not results.is_looking:
            say(self, self.found.text())
        if results.problem:
            self.nothing.set_words("Search all records", NOTHING_TYPED)
        else:
            self.nothing.set_words(*NOTHING)
        self.nothing.setVisible(not results.hits and not results.is_looking)
        self._area.setVisible(bool(results.hits))
        if results.hits != self._shown:
            self._shown = results.hits
            self._fill(results.hits)

    def _fill(self, hits: Sequence[Hit]) -> None:
        for old in self._rows:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._rows = [HitRow(hit, day(hit.row.received_at)) for hit in hits]
        for number, row in enumerate(self._rows):
            row.opened.connect(self.opened)
            self._list.insertWidget(number, row)

    def _lay_out(self) -> None:
        rows = Surface("raised", 8)
        self._list = QVBoxLayout(rows)
        self._list.setContentsMargins(4, 4, 4, 4)
        self._list.setSpacing(0)
        holder = QWidget()
        beneath = QVBoxLayout(holder)
        beneath.setContentsMargins(0, 0, 6, 0)
        beneath.addWidget(rows)
        beneath.addStretch(1)
        self._area = Scroll(holder, "Reports found")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(Title("Records"))
        column.addWidget(self.field)
        column.addWidget(self.found)
        column.addWidget(self.where)
        column.addWidget(self._area, 1)
        column.addWidget(self.nothing, 1)
        for part in (self.found, self.where, self._area):
            part.hide()


def _found(results: Results) -> str:
    """How many there are."""
    if results.is_looking and not results.hits:
        return "Looking"
    number = len(results.hits)
    if results.is_more:
        return f"The newest {number} of more: add a word to narrow it"
    return f"{number} report{'' if number == 1 else 's'} found"


def _about(hit: Hit) -> str:
    parts = [literal(hit.row.place)] if hit.row.place else []
    parts.append(f"found by {', '.join(hit.by)}")
    if hit.row.grade_name:
        parts.append(hit.row.grade_name)
    if not hit.is_here:
        parts.append("at the store, not on this desk yet")
    return " \N{MIDDLE DOT} ".join(parts)
