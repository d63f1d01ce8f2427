"""Settings of this window: day or night, and how large text is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.ui.card import Card
from workstation.ui.label import Body, Secondary, Title
from workstation.ui.segmented import Segmented
from workstation.ui.surface import Surface
from workstation.ui.theme import current

SCALES = (1.0, 1.12, 1.25, 1.5)


class SettingsPage(Surface):
    """`theme_chosen(bool)`: dark or not. `scale_chosen(float)`: from the next start on."""

    theme_chosen = Signal(bool)
    scale_chosen = Signal(float)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self.theme = Segmented(["Night", "Day"], "Theme")
        self.theme.chosen.connect(lambda index: self.theme_chosen.emit(index == 0))
        self.scale = Segmented([f"{round(scale * 100)} %" for scale in SCALES], "Text size")
        self.scale.chosen.connect(lambda index: self.scale_chosen.emit(SCALES[index]))
        self.scale.set_chosen(0)
        look = Card("Appearance")
        for words, choice in (("Theme (Ctrl+Alt+N)", self.theme), ("Text size", self.scale)):
            look.body.addWidget(Body(words))
            look.body.addWidget(choice)
        about = Card("This desk")
        about.body.addWidget(Body(f"{desk.pack.force_name}, workstation {desk.workstation}"))
        about.body.addWidget(Secondary(f"Signed in: {desk.person.name}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Title("Settings"))
        for card in (look, about):
            card.setMaximumWidth(640)
            column.addWidget(card)
        column.addStretch(1)
        self.fill()

    def fill(self) -> None:
        """Show what is in force."""
        self.theme.set_chosen(0 if current().is_dark else 1)
