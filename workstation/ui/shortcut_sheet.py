"""The sheet of every shortcut, filled from the one list of commands and filtered by typing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from workstation.ui.keycap import KeyCap, key_caps_width
from workstation.ui.label import Body, Caption, Title
from workstation.ui.overlay import Overlay
from workstation.ui.scroll import Scroll


@dataclass(frozen=True)
class Shortcut:
    """One command and the keys that do it, under the part of the program it works in."""

    scope: str
    text: str
    keys: tuple[str, ...]


class ShortcutSheet(Overlay):
    """Shows shortcuts by scope; what is typed narrows them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "Keyboard shortcuts", 760, 640)
        self._all: tuple[Shortcut, ...] = ()
        self.filter = QLineEdit()
        self.filter.setAccessibleName("Filter shortcuts")
        self.filter.setPlaceholderText("Filter shortcuts")
        self.filter.textChanged.connect(self._fill)
        self._area = Scroll(QWidget(), "Shortcuts")
        head = QHBoxLayout()
        head.addWidget(Title("Keyboard shortcuts", 16), 1)
        head.addWidget(KeyCap("Esc"))
        self.column.setContentsMargins(24, 20, 16, 16)
        self.column.setSpacing(12)
        self.column.addLayout(head)
        self.column.addWidget(self.filter)
        self.column.addWidget(self._area, 1)

    @property
    def shown(self) -> tuple[Shortcut, ...]:
        """The shortcuts that fit the filter."""
        typed = self.filter.text().casefold()
        return tuple(s for s in self._all if typed in f"{s.scope} {s.text}".casefold())

    def open_with(self, shortcuts: Sequence[Shortcut]) -> None:
        """Open with these shortcuts, the filter empty and ready to type in."""
        self._all = tuple(shortcuts)
        self.filter.clear()
        self._fill()
        self.open_over(self.filter)

    def _fill(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(6)
        for scope in dict.fromkeys(shortcut.scope for shortcut in self.shown):
            column.addWidget(Caption(scope, strong=True))
            column.addLayout(self._grid([s for s in self.shown if s.scope == scope]))
        if not self.shown:
            column.addWidget(Body("No shortcut fits what you typed."))
        column.addStretch(1)
        self._area.set_body(page)
        self.set_panel_height(min(640, page.sizeHint().height() + 150))

    def _grid(self, shortcuts: Sequence[Shortcut]) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        grid.setContentsMargins(0, 0, 0, 10)
        for row, shortcut in enumerate(shortcuts):
            grid.addWidget(Body(shortcut.text), row, 0)
            grid.addWidget(KeyCap(*shortcut.keys), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        widest = max(key_caps_width(shortcut.keys) for shortcut in self._all)
        grid.setColumnMinimumWidth(1, round(widest))
        return grid
