"""Interim risk: what could happen before officers arrive, and what is done about it (RARA)."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from workstation.domain.judgement import Safeguard
from workstation.ui.flow import FlowLayout
from workstation.ui.form import Field
from workstation.ui.tick_box import TickBox
from workstation.ui.tip import set_tip
from workstation.views.decide.drafts import ANY_LENGTH
from workstation.views.decide.risk_draft import RiskDraft

ASKS = "What could happen before we arrive?"
# Remove, avoid, reduce: the national guidance on interim risk; accept is general knowledge.
SAFEGUARDS: tuple[tuple[Safeguard, str, str], ...] = (
    ("remove", "Remove", "Take the danger away, or the person out of its reach."),
    ("avoid", "Avoid", "Keep away from it: another room, a neighbour, a locked door."),
    ("reduce", "Reduce", "Make it less: stay on the line, lights on, somebody with them."),
    ("accept", "Accept", "Nothing more can be done before officers arrive. Say why above."),
)


class InterimForm(Field):
    """One line and four ticks; both go into the THRIVE being made."""

    def __init__(self, draft: RiskDraft) -> None:
        self._draft = draft
        self.line = QLineEdit()
        self.line.setAccessibleName(ASKS)
        self.line.setMaxLength(ANY_LENGTH)
        self.ticks: dict[Safeguard, TickBox] = {}
        super().__init__(ASKS, "", _below(self.line, self._row()))
        self.editor.setFocusProxy(self.line)
        self.line.textEdited.connect(draft.set_interim)
        draft.changed.connect(self._show)

    def _row(self) -> FlowLayout:
        row = FlowLayout(gap=4)
        for key, name, meaning in SAFEGUARDS:
            tick = self.ticks[key] = TickBox(name)
            tick.setAccessibleName(f"Safeguarding: {name}")
            set_tip(tick, meaning)
            tick.clicked.connect(lambda _=False: self._tell())
            row.addWidget(tick)
        return row

    def _tell(self) -> None:
        self._draft.set_rara(tuple(key for key, tick in self.ticks.items() if tick.isChecked()))

    def _show(self) -> None:
        if self.line.text() != self._draft.interim:
            self.line.setText(self._draft.interim)
            self.line.setCursorPosition(0)
        for key, tick in self.ticks.items():
            tick.setChecked(key in self._draft.rara)


def _below(line: QLineEdit, row: FlowLayout) -> QWidget:
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(line)
    column.addLayout(row)
    return both
