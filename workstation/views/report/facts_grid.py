"""The key facts to read, two to a row, each with what is doubtful in it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.fonts import BOLD, REGULAR, ui_font
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Secondary

NO_DOUBTS: Mapping[str, str] = {}


class FactsGrid(QWidget):
    """The facts to read; what is not known says so where it matters."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._told: tuple[tuple[str, str, str], ...] = ()
        self._facts: list[_Fact] = []

    def show_facts(
        self, pairs: Sequence[tuple[str, str]], doubts: Mapping[str, str] = NO_DOUBTS
    ) -> None:
        """Show label and value, two to a row; beneath a value, what is doubtful in it."""
        told = tuple((label, value, doubts.get(label, "")) for label, value in pairs)
        if told == self._told:
            return
        self._told = told
        for number in range(len(self._facts), len(self._told)):
            self._facts.append(_Fact())
            self._grid.addWidget(self._facts[-1], number // 2, number % 2)
        for fact, told_fact in zip(self._facts, self._told, strict=False):
            fact.show_fact(*told_fact)
        for number, fact in enumerate(self._facts):
            fact.setVisible(number < len(self._told))


class _Fact(QWidget):
    """One fact; it serves again for the next report."""

    def __init__(self) -> None:
        super().__init__()
        self._told = ("", "", "")
        self._label, self._words = Caption(), Body(strong=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._label)
        column.addWidget(self._words)
        self._mark, self._doubt = IconLabel("triangle-alert", "warn", 14), Secondary()
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._doubt, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._show_doubt("")

    def show_fact(self, label: str, value: str, doubt: str) -> None:
        """Say this; what is not known is quieter than what is."""
        if (label, value, doubt) == self._told:
            return
        self._told = (label, value, doubt)
        self._show_doubt(doubt)
        self._label.setText(label)
        self._words.setText(value)
        self._words.setFont(ui_font(14, REGULAR if value.startswith("Not known") else BOLD))
        self.setAccessibleName(f"{label}: {value}" + (f". {doubt}" if doubt else ""))

    def _show_doubt(self, doubt: str) -> None:
        self._doubt.setText(doubt)
        for part in (self._mark, self._doubt):
            part.setVisible(bool(doubt))
