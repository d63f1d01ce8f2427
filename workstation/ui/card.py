"""Cards: the boxes a record's parts stand in."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Caption
from workstation.ui.surface import Surface


class Card(Surface):
    """A box with a quiet title, an optional caption at the right, and a body to fill."""

    def __init__(
        self,
        title: str = "",
        trailing_caption: str = "",
        trailing_icon: str = "",
        tone: str = "neutral",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("raised", 8, parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 14)
        self._column.setSpacing(8)
        self.title = Caption(title, strong=True)
        self.trailing = Caption(trailing_caption)
        self.trailing.setWordWrap(False)
        self._mark = IconLabel(trailing_icon, tone, 14)
        if not trailing_icon:
            self._mark.hide()
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        head.addWidget(self._mark)
        head.addWidget(self.trailing)
        if title or trailing_caption:
            self._column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self._column.addLayout(self.body)
        self.setAccessibleName(title)

    def set_trailing(self, text: str, icon: str = "", tone: str = "neutral") -> None:
        """Change the caption at the right."""
        self.trailing.setText(text)
        self._mark.set_icon(icon, tone)
        self._mark.setVisible(bool(icon))
