"""A long text of which the first part is shown, and all of it on asking, a part a turn."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.button import Button
from workstation.views.parts import Part

LESS = "Show the first part only"


class InParts(QWidget):
    """The first part, the others below it once they are asked for, and the button that asks.

    What is left out is counted on the button, risk phrases above all.
    """

    def __init__(self, first: QWidget, make: Callable[[Part], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._rest: tuple[Part, ...] = ()
        self._more: list[QWidget] = []
        self.is_whole = False
        self.button = Button("", "ghost", icon="chevron-down")
        self.button.clicked.connect(lambda: self.show_whole(not self.is_whole))
        self._turns = QTimer(self)
        self._turns.setInterval(0)
        self._turns.timeout.connect(self._next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(first)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        column.addLayout(self._column)
        column.addWidget(self.button)

    def set_rest(self, rest: Sequence[Part]) -> None:
        """These follow the first part, and are not shown yet."""
        self._rest = tuple(rest)
        self.show_whole(False)

    def show_whole(self, on: bool) -> None:
        """Bring on the rest, or take it away again."""
        self.is_whole = on and bool(self._rest)
        for old in self._more:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        self._more = []
        self.button.setVisible(bool(self._rest))
        self.button.set_text(LESS if self.is_whole else left_out(self._rest))
        self._turns.start() if self.is_whole else self._turns.stop()

    def _next(self) -> None:
        if len(self._more) >= len(self._rest):
            self._turns.stop()
            return
        part = self._make(self._rest[len(self._more)])
        self._more.append(part)
        self._column.addWidget(part)


def left_out(rest: Sequence[Part]) -> str:
    """What is not shown: how many risk phrases, or else how many characters."""
    marks = sum(len(one.marks) for one in rest)
    if marks:
        return f"Show all: {marks} risk phrase{'s' if marks > 1 else ''} further down"
    return f"Show all ({sum(len(one.text) for one in rest):,} more)"
