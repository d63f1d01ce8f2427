"""One line beside what came back: since when it is kept, *Discard*, and *Undo*."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.ui.announcer import say
from workstation.ui.button import Button
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Secondary
from workstation.views.decide.drafts import Drafts
from workstation.views.due import clock_time


class KeptLine(QWidget):
    """Stands while what was kept is as it was found; going on or *Discard* takes it away."""

    def __init__(self, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self.words = Secondary()
        self.button = Button("Discard", "ghost")
        self.button.clicked.connect(self._press)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel("save", "neutral", 14), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.hide()
        drafts.found.connect(self._on_found)

    def _on_found(self, at: datetime | None) -> None:
        if self._drafts.can_undo:
            self._show("Your draft was discarded.", "Undo")
        elif at is not None:
            self._show(f"We kept your draft from {clock_time(at)}", "Discard")
        else:
            self.hide()

    def _show(self, words: str, button: str) -> None:
        self.words.setText(words)
        self.button.set_text(button)
        self.show()
        if self.isVisible():
            say(self, words)

    def _press(self) -> None:
        if self._drafts.can_undo:
            self._drafts.undo()
        else:
            self._drafts.discard()
