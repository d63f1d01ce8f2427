"""Hazards of a report, pinned above everything: weapons, dogs, markers. They never shorten."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.banner import Banner
from workstation.views.literal import literal


class Hazards(QWidget):
    """One banner for each hazard; hidden when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_hazards(self, hazards: Sequence[str]) -> None:
        """Pin these, the newest first."""
        if tuple(hazards) == self._told:
            return
        self._told = tuple(hazards)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for words in reversed(self._told):
            self._column.addWidget(Banner("danger", literal(words), "octagon-alert", "Hazard:"))
        self.setVisible(bool(self._told))
