"""Settings of this window: day or night, one's own shorthand, and whose desk this is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.ui.card import Card
from workstation.ui.label import Body, Secondary, Title
from workstation.ui.segmented import Segmented
from workstation.ui.surface import Surface
from workstation.ui.theme import current
from workstation.views.shorthand_field import ShorthandField


class SettingsPage(Surface):
    """`theme_chosen(bool)`: dark or not."""

    theme_chosen = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self.theme = Segmented(["Night", "Day"], "Theme")
        self.theme.chosen.connect(lambda index: self.theme_chosen.emit(index == 0))
        look = Card("Appearance")
        look.body.addWidget(Body("Theme (Ctrl+Alt+N)"))
        look.body.addWidget(self.theme)
        own = Card("My shorthand")
        self.shorthand = ShorthandField(desk)
        own.body.addWidget(self.shorthand)
        about = Card("This desk")
        about.body.addWidget(Body(f"{desk.pack.force_name}, workstation {desk.workstation}"))
        about.body.addWidget(Secondary(f"Signed in: {desk.person.name}"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Title("Settings"))
        for card in (look, own, about):
            card.setMaximumWidth(640)
            column.addWidget(card)
        column.addStretch(1)
        self.fill()

    def fill(self) -> None:
        """Show what is in force."""
        self.theme.set_chosen(0 if current().is_dark else 1)
