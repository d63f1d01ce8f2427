"""The command palette: one field that goes anywhere and does anything, and teaches the keys.

What cannot be done just now is shown greyed with the reason, never hidden.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workstation.ui.fonts import scaled, ui_font
from workstation.ui.icon_label import IconLabel
from workstation.ui.keycap import KeyCap
from workstation.ui.label import Caption
from workstation.ui.list_base import RowList
from workstation.ui.overlay import Overlay
from workstation.ui.palette_rows import (
    PaletteDelegate,
    PaletteEntry,
    PaletteGroup,
    PaletteModel,
)
from workstation.ui.surface import Rule

Source = Callable[[str], Sequence[PaletteGroup]]
_HEAD, _FOOT, _MOST = 58, 44, 520

__all__ = ["CommandPalette", "PaletteEntry", "PaletteGroup"]


class CommandPalette(Overlay):
    """`source(text)` gives the groups that fit what is typed; Enter runs the chosen entry."""

    ran = Signal(object)

    def __init__(self, window: QWidget, source: Source, tip: str = "") -> None:
        super().__init__(window, "Command palette", 720, _MOST)
        self._source = source
        self.rows = PaletteModel(self)
        self.list = self._make_list()
        self.field = self._make_field()
        self.note = Caption(tip)
        self.note.setWordWrap(False)
        self.column.addLayout(self._head())
        self.column.addWidget(Rule())
        self.column.addWidget(self.list, 1)
        self.column.addWidget(Rule())
        self.column.addLayout(self._foot())

    def open_with(self, text: str = "") -> None:
        """Open with this text typed; the caret stands after it."""
        self.field.setText(text)
        self._search(text)
        self.open_over(self.field)

    def search_again(self) -> None:
        """More is known of what is typed; what the arrows stand on stays chosen."""
        if not self.isVisible():
            return
        here, first = self.current_entry, self.rows.entry(self._first())
        self._search(self.field.text())
        if here is not None and here != first:
            texts = [entry.text if entry else "" for entry in self._entries()]
            if here.text in texts:
                self.list.setCurrentIndex(self.rows.index(texts.index(here.text), 0))

    def set_tip(self, text: str) -> None:
        """Say a shorter way at the foot."""
        self.note.setText(text)

    @property
    def current_entry(self) -> PaletteEntry | None:
        """The entry that Enter would run."""
        return self.rows.entry(self.list.currentIndex().row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        ours = self.isVisible() and watched is self.field
        pressed = ours and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and self._handle(event):
            return True
        return super().eventFilter(watched, event)

    def _handle(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        return True

    def _search(self, text: str) -> None:
        self._delegate.typed = text
        self.rows.fill(self._source(text))
        self.list.setCurrentIndex(self.rows.index(self._first(), 0))
        tall = sum(self.list.sizeHintForRow(row) for row in range(self.rows.rowCount()))
        self.set_panel_height(min(_MOST, scaled(_HEAD + _FOOT) + max(tall, 60) + 8))

    def _first(self) -> int:
        usable = (row for row, one in enumerate(self._entries()) if one and one.enabled)
        return next(usable, 0)

    def _entries(self) -> list[PaletteEntry | None]:
        return [self.rows.entry(row) for row in range(self.rows.rowCount())]

    def _run(self) -> None:
        entry = self.current_entry
        if entry is None:
            return
        if not entry.enabled:
            self.note.setText(entry.why_disabled)
            return
        self.dismiss()
        self.ran.emit(entry)
        if entry.run is not None:
            entry.run()

    def _click(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._run()

    def _make_list(self) -> RowList:
        view = RowList("Results", self.panel)
        self._delegate = PaletteDelegate(view)
        view.setModel(self.rows)
        view.setItemDelegate(self._delegate)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.clicked.connect(self._click)
        return view

    def _make_field(self) -> QLineEdit:
        field = QLineEdit(self.panel)
        field.setProperty("bare", "true")
        field.setFont(ui_font(16))
        field.setAccessibleName("Search or command")
        field.setPlaceholderText("Search people, places, refs, or type a command")
        field.textEdited.connect(self._search)
        field.installEventFilter(self)
        return field

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 16, 10)
        row.setSpacing(14)
        row.addWidget(IconLabel("command", "accent", 18))
        row.addWidget(self.field, 1)
        row.addWidget(KeyCap("Esc"))
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(20, 10, 16, 10)
        row.setSpacing(8)
        for keys, word in ((("Up",), ""), (("Down",), "move"), (("Enter",), "run")):
            row.addWidget(KeyCap(*keys))
            if word:
                row.addWidget(Caption(word))
        row.addStretch(1)
        row.addWidget(self.note)
        return row
