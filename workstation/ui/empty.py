"""What a panel shows when it has nothing: why, and the next useful thing to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.button import Button
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Secondary, Title

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class Empty(QWidget):
    """An icon, a title, a sentence and perhaps a button; `acted` tells that it was pressed."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        text: str = "",
        icon: str = "circle-check",
        action: str = "",
        action_icon: str = "",
        tone: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Title(title, 16)
        self.title.setAlignment(_MIDDLE)
        self.text = Secondary(text)
        self.text.setAlignment(_MIDDLE)
        self.action = Button(action, icon=action_icon)
        self.action.clicked.connect(self.acted)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(IconLabel(icon, tone, 32), 0, _MIDDLE)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addWidget(self.action, 0, _MIDDLE)
        column.addStretch(1)
        self.text.setVisible(bool(text))
        self.action.setVisible(bool(action))

    def set_words(self, title: str, text: str, action: str = "") -> None:
        """Change what is said and what is offered."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.action.set_text(action)
        self.action.setVisible(bool(action))
