"""Signing out or closing with work that the store does not have: what she is asked first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from workstation.desk import Desk, LinkState
from workstation.views.due import clock_time

STAY, LEAVE = "Stay until sent", "Sign out anyway"


def unsent(desk: Desk, link: LinkState) -> str:
    """How many acts are not sent, and since when; empty where there is nothing to warn of."""
    since = desk.waiting_since()
    if not link.waiting or since is None:
        return ""
    acts = "1 act of yours is" if link.waiting == 1 else f"{link.waiting} acts of yours are"
    return (
        f"{acts} not sent yet, the oldest since {clock_time(since)}. Nobody else sees it, and it "
        "leaves only after you sign in again on this PC. Supervisors are told that it waits here."
    )


def unsaved(link: LinkState) -> str:
    """Why the window stays open."""
    acts = "1 act is" if link.unsaved == 1 else f"{link.unsaved} acts are"
    return f"{acts} not saved on this PC yet: another program holds the file. Wait a moment."


class UnsentBox(QMessageBox):
    """Asks; Enter and Escape both stay. `left`: she signs out all the same."""

    left = Signal()

    def __init__(self, sentence: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Unsent work")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(sentence)
        self.stay = self.addButton(STAY, QMessageBox.ButtonRole.RejectRole)
        self.leave = self.addButton(LEAVE, QMessageBox.ButtonRole.DestructiveRole)
        self.setDefaultButton(self.stay)
        self.setEscapeButton(self.stay)
        self.leave.clicked.connect(self.left)
