"""What a panel says of risk: earlier contacts, marked words to answer, and *no risk found*."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from workstation.domain.earlier_contacts import (
    EVERYWHERE,
    contradiction,
    in_words,
    where_in_words,
)
from workstation.domain.refusal import Refusal
from workstation.domain.report import EarlierContacts, Report
from workstation.ui.button import Button
from workstation.ui.fonts import BOLD, REGULAR, ui_font
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import ErrorText, Secondary
from workstation.ui.theme import SECONDARY_ROLE
from workstation.ui.tick_box import TickBox
from workstation.views.decide.risk_draft import RiskDraft

LOOKING = "Looking for earlier contacts"


def earlier_words(earlier: EarlierContacts | None) -> str:
    """The result of the check for earlier contacts, and where it falls short of everywhere."""
    if earlier is None:
        return LOOKING
    where = "" if earlier.searched == EVERYWHERE else where_in_words(earlier)
    return f"{in_words(earlier)} ({where})" if where else in_words(earlier)


class RiskStatement(QWidget):
    """The result of the check, the button of *no risk found*, and why it is refused."""

    def __init__(self, draft: RiskDraft, shows_state: bool) -> None:
        super().__init__()
        self._draft, self._shows_state = draft, shows_state
        self._mark = IconLabel("history")
        self.earlier = Secondary()
        self.contradiction = ErrorText()
        self.state = Secondary()
        self.state.setVisible(shows_state)
        self.error = ErrorText()
        self.error.hide()
        self.button = Button("No risk found", "plain", keys=("0",))
        self.button.clicked.connect(draft.state_no_risk)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers = QWidget()
        self._answer_column = QVBoxLayout(self._answers)
        self._answer_column.setContentsMargins(0, 0, 0, 0)
        self._words: tuple[str, ...] = ()
        self._assessed = False
        self._lay_out()
        draft.changed.connect(self._show)

    def show_report(self, report: Report) -> None:
        """Offer the marked words of a report to be answered."""
        words = tuple(dict.fromkeys(m.words for m in report.marked))
        if words != self._words:
            self._words = words
            self._offer(words)
        self._assessed = report.thrive is not None
        self._show()

    def show_refusal(self, refusal: Refusal | None) -> None:
        """Say why *no risk found* does not hold, or that nothing speaks against it."""
        self.error.setText(refusal.sentence if refusal else "")
        self.error.setVisible(refusal is not None)
        self.state.setVisible(self._shows_state and refusal is None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.earlier, 1)
        self._pair.addLayout(row, 1)
        self._pair.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._pair)
        for part in (self.contradiction, self.state, self._answers, self.error):
            column.addWidget(part)

    def _offer(self, words: tuple[str, ...]) -> None:
        for old in self._answers.findChildren(TickBox):
            old.hide()
            old.setParent(None)
            old.deleteLater()
        for marked in words:
            tick = TickBox(f"“{marked.replace('&', '&&')}” is no risk here")
            tick.setAccessibleName(f"{marked} is no risk here")
            tick.setChecked(marked in self._draft.answered)
            tick.toggled.connect(lambda on, w=marked: self._draft.set_answered(w, on))
            self._answer_column.addWidget(tick)

    def _show(self) -> None:
        earlier = self._draft.earlier
        found = earlier is not None and bool(earlier.count or earlier.vulnerable)
        self._mark.set_icon("history", "vuln" if found else "neutral")
        self.earlier.setText(earlier_words(earlier))
        self._tell_loud(found)
        said = contradiction(earlier) if earlier is not None else ""
        self.contradiction.setText(said)
        self.contradiction.setVisible(bool(said))
        self.state.setText(self._state())
        self.show_refusal(self._draft.refusal)
        self._answers.setVisible(bool(self._words) and self._draft.no_risk_found)

    def _tell_loud(self, found: bool) -> None:
        """A repeat has the whole width, in words that are not passed over."""
        beneath, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(beneath if found else beside)
        self.earlier.setFont(ui_font(13, BOLD if found else REGULAR))
        role = QPalette.ColorRole.WindowText if found else SECONDARY_ROLE
        self.earlier.setForegroundRole(role)

    def _state(self) -> str:
        if self._draft.no_risk_found:
            return "You state: no risk found. It is recorded with your decision."
        if self._draft.is_touched:
            return "Your THRIVE levels (F2) are recorded with your decision."
        return "THRIVE is on record." if self._assessed else "THRIVE is not assessed yet."
