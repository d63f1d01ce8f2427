"""The foot of the column: what will happen, the one primary key, and the two ways round it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.button import Button
from workstation.ui.label import Secondary
from workstation.ui.surface import Rule, Surface
from workstation.ui.theme import SECONDARY_ROLE
from workstation.views.decide.panel import Primary

LINES = 2
_LOUD = QPalette.ColorRole.WindowText


class PrimaryButton(Button):
    """Says its words in full where there is room for them, else in short."""

    def __init__(self) -> None:
        super().__init__("", "primary", "send", keys=("Ctrl", "Enter"))
        self._full, self._short, self._waiting = "", "", ""

    def set_primary(self, primary: Primary) -> None:
        """Say what the key does now."""
        self._full, self._short = primary.words, primary.short
        self.set_icon_name(primary.icon)
        self._fit()

    def set_waiting(self, why: str) -> None:
        """Say why the key does nothing, in the place of its words; nothing when it is live."""
        self._waiting = why
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText((self._waiting or self._full).replace("&", "&&"))
        if self.sizeHint().width() > self.width() and not self._waiting:
            self.setText(self._short.replace("&", "&&"))
        self.setAccessibleName(self._full)


class Footer(Surface):
    """`pressed`, `asked` (a supervisor) and `next_wanted` tell of its three buttons."""

    pressed = Signal()
    asked = Signal()
    next_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("panel", 0, parent)
        self._follows, self._missing = "", ""
        self.consequence = Secondary()
        self.primary = PrimaryButton()
        self.ask = Button("Ask supervisor", "plain", keys=("F8",))
        self.next = Button("Save and next", "plain", "check")
        self.primary.clicked.connect(self.pressed)
        self.ask.clicked.connect(self.asked)
        self.next.clicked.connect(self.next_wanted)
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(self.ask, 1)
        pair.addWidget(self.next, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        inside = QVBoxLayout()
        inside.setContentsMargins(12, 8, 12, 10)
        inside.setSpacing(8)
        inside.addWidget(self.consequence)
        inside.addWidget(self.primary)
        inside.addLayout(pair)
        column.addLayout(inside)
        self.consequence.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.consequence.setMinimumHeight(LINES * self.consequence.fontMetrics().lineSpacing())

    def show_primary(self, primary: Primary) -> None:
        """Say what the key does and what follows from it."""
        self._follows = primary.consequence
        self.primary.set_primary(primary)
        self.show_missing(self._missing)

    def show_missing(self, what: str) -> None:
        """Say beside the key what is still to be given, in the place of what follows."""
        self._missing = what
        self.consequence.setText(what or self._follows)
        self.consequence.setForegroundRole(_LOUD if what else SECONDARY_ROLE)

    def show_hold(self, why: str, is_settling: bool) -> None:
        """Enable the key, or say on it why it does nothing; a passing moment is not put in words.

        Nothing here changes height: what is on screen must not move because the key is held.
        """
        self.primary.set_enabled_because(not why, why)
        self.primary.set_waiting("" if is_settling or self._missing else why)
