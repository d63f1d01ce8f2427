"""Whether the number is safe to ring back, and who must not hear of it: asked of every caller."""

from PySide6.QtWidgets import QLineEdit

from workstation.domain.contacting import SetSafeContact
from workstation.domain.report import ReportId
from workstation.domain.safe_contact import Answer, Way
from workstation.ui.fonts import scaled
from workstation.ui.form import Field
from workstation.ui.segmented import Segmented

CHOICES = ("Not asked", "Safe", "Do not ring")
_ANSWERS: dict[int, Answer] = {1: "safe", 2: "unsafe"}
_WHY = "Asked while the contact was taken."


class RingingBack:
    """Two fields of a call. What nobody asked is not known, which is never safe."""

    def __init__(self) -> None:
        self.safe = Segmented(CHOICES, "Is it safe to ring this number back?")
        self.safe.setFixedHeight(scaled(34))
        self.hidden = QLineEdit()
        self.hidden.setPlaceholderText("Name, or who may listen or read")
        self.fields = (
            Field("Is it safe to ring this number back?", "", self.safe),
            Field("Who must not hear of it?", "", self.hidden),
        )
        self.clear()

    def command(self, report: ReportId) -> SetSafeContact | None:
        """What was said, to be recorded with the contact; nothing where nothing was."""
        answer = _ANSWERS.get(self.safe.chosen_index or 0)
        hidden = self.hidden.text().strip()
        if answer is None and not hidden:
            return None
        ways: dict[Way, Answer] = {} if answer is None else {"phone": answer}
        return SetSafeContact(report=report, ways=ways, hidden_from=hidden, why=_WHY)

    def clear(self) -> None:
        """Nobody was asked."""
        self.safe.set_chosen(0)
        self.hidden.clear()
