"""Banners: what a person must know before they act on this screen. They wrap and never shorten."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from workstation.ui.button import Button, IconButton
from workstation.ui.icon_label import IconLabel
from workstation.ui.marked_text import MarkedText
from workstation.ui.theme import current


class Banner(QWidget):
    """A tinted bar with an icon, a bold lead, the text, and perhaps one action.

    It goes away by hand only where `dismissable`; a safety banner never does.
    """

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self,
        tone: str,
        text: str,
        icon: str = "info",
        lead: str = "",
        action: str = "",
        dismissable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        self._icon = IconLabel(icon, tone, 18)
        self.words = MarkedText(14, 1.35)
        self.action = Button(action)
        if not action:
            self.action.hide()
        self.action.clicked.connect(self.acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        row.addWidget(self.action)
        if dismissable:
            row.addWidget(self._dismisser())
        self.setMinimumHeight(38)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text, lead)

    def set_text(self, text: str, lead: str = "") -> None:
        """Change what the banner says; the lead is bold."""
        whole = f"{lead} {text}" if lead else text
        self.words.set_text(whole, bold=[(0, len(lead))])
        self.setAccessibleName(whole)

    def set_tone(self, tone: str, icon: str) -> None:
        """Change what the banner means."""
        self._tone = tone
        self._icon.set_icon(icon, tone)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = current().tone(self._tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(colours.ground))
        painter.fillRect(QRectF(0, 0, 3, self.height()), QColor(colours.border))

    def _dismisser(self) -> IconButton:
        button = IconButton("x", "Dismiss", "ghost")
        button.clicked.connect(self._dismiss)
        return button

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
