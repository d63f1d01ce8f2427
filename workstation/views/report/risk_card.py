"""The risk as it was assessed last: each element with its words, and what changed since before."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from workstation.domain.pack import Pack, ThriveElement
from workstation.domain.report import Report, Thrive
from workstation.domain.risk import difference
from workstation.ui.card import Card
from workstation.ui.label import Body, Secondary
from workstation.views.due import moment
from workstation.views.literal import literal

NOT_DONE = "Not done: nobody has assessed the risk. That is not the same as no risk."


class RiskCard(Card):
    """Says *not done* where nobody has assessed it; the log has every version before."""

    def __init__(self, model: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Risk: {model}", parent=parent)
        self.levels = Body("", strong=True)
        self.changes = Secondary("")
        self.words = Body("")
        for part in (self.levels, self.changes, self.words):
            self.body.addWidget(part)

    def show_report(self, report: Report, pack: Pack, now: datetime) -> None:
        """Show the newest assessment."""
        thrive = report.thrive
        self.set_trailing(_when(thrive, now) if thrive is not None else "")
        self.levels.setText(literal(_levels(thrive, pack)) if thrive is not None else NOT_DONE)
        is_again = thrive is not None and thrive.number > 1
        self.changes.setVisible(is_again)
        if thrive is not None:
            self.changes.setText(literal(f"Since the one before: {difference(thrive.changes)}"))
        told = "\n".join(words_of(thrive, pack)) if thrive is not None else ""
        self.words.setText(literal(told))
        self.words.setVisible(bool(told))


def words_of(thrive: Thrive, pack: Pack) -> list[str]:
    """What was written of each element, and of the time until officers come."""
    told = [f"{e.name}: {thrive.words[e.key]}" for e in pack.thrive if thrive.words.get(e.key)]
    if thrive.interim:
        told.append(f"Before officers arrive: {thrive.interim}")
    if thrive.rara:
        told.append(f"Safeguarding: {', '.join(thrive.rara)}")
    return told


def _levels(thrive: Thrive, pack: Pack) -> str:
    if thrive.no_risk_found:
        return "The handler states: no risk found"
    return "  ·  ".join(_level(element, thrive) for element in pack.thrive)


def _level(element: ThriveElement, thrive: Thrive) -> str:
    return f"{element.name} {thrive.levels.get(element.key, 'not assessed')}"


def _when(thrive: Thrive, now: datetime) -> str:
    version = f"version {thrive.number}, " if thrive.number > 1 else ""
    return literal(f"{version}{thrive.by.name}, {moment(thrive.at, now)}")
