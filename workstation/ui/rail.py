"""The column of screens at the left edge: icon, word, and how many things wait there."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.fonts import BOLD, MEDIUM, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import CENTRE, paint_box, paint_focus, paint_text, text_width
from workstation.ui.surface import Surface
from workstation.ui.theme import current
from workstation.ui.tip import set_tip


@dataclass(frozen=True)
class RailItem:
    """One place to go: `key` is what is signalled; `shortcut` is told in the tooltip."""

    key: str
    text: str
    icon: str
    shortcut: str = ""
    at_foot: bool = False


class RailButton(QPushButton):
    """One screen's button."""

    def __init__(self, item: RailItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self._badge, self._urgent = "", False
        self.setCheckable(not item.at_foot)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_badge("")
        set_tip(self, f"{item.text} ({item.shortcut})" if item.shortcut else item.text)

    def set_badge(self, text: str, urgent: bool = False) -> None:
        """Show how many things wait there; urgent ones in red."""
        self._badge, self._urgent = text, urgent
        waiting = f", {text} waiting" if text else ""
        self.setAccessibleName(self.item.text + waiting)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(56), scaled(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        box = rect.adjusted(6, 1, -6, -1)
        if self.isChecked():
            paint_box(painter, box, 6, tokens.selected)
            paint_box(painter, QRectF(0, box.top() + 12, 3, box.height() - 24), 1, tokens.accent)
        elif self.underMouse():
            paint_box(painter, box, 6, tokens.hover)
        if self.hasFocus():
            paint_focus(painter, box, 6, tokens.focus)
        ink = tokens.text if self.isChecked() else tokens.text2
        place = QRectF(round(rect.center().x() - 10), round(rect.center().y() - 19), 20, 20)
        paint_icon(painter, self.item.icon, ink, place)
        words = QRectF(0, place.bottom() + 3, rect.width(), scaled(18))
        font = ui_font(12, BOLD if self.isChecked() else MEDIUM)
        paint_text(painter, words, self.item.text, font, ink, CENTRE)
        self._paint_badge(painter, place)

    def _paint_badge(self, painter: QPainter, place: QRectF) -> None:
        if not self._badge:
            return
        tokens = current()
        width = max(18.0, text_width(self._badge, ui_font(12, BOLD)) + 9)
        rect = QRectF(place.right() - 6, place.top() - 6, width, 17)
        fill = tokens.danger_fill if self._urgent else tokens.badge
        paint_box(painter, rect, 8.5, fill)
        paint_text(painter, rect, self._badge, ui_font(12, BOLD), tokens.on_badge, CENTRE)


class Rail(Surface):
    """The column; `chosen(str)` tells which place the person wants."""

    chosen = Signal(str)

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__("app", parent=parent)
        self.setFixedWidth(scaled(72))
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        for item in items:
            if item.at_foot and not any(b.item.at_foot for b in self._buttons.values()):
                column.addStretch(1)
            column.addWidget(self._make(item))
        if not any(item.at_foot for item in items):
            column.addStretch(1)

    def button(self, key: str) -> RailButton:
        """The button of a place, for its badge."""
        return self._buttons[key]

    def set_chosen(self, key: str) -> None:
        """Show which place the person is in."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def _make(self, item: RailItem) -> RailButton:
        button = RailButton(item, self)
        button.clicked.connect(lambda: self._on_clicked(item))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._buttons[item.key] = button
        return button

    def _on_clicked(self, item: RailItem) -> None:
        if not item.at_foot:
            self.set_chosen(item.key)
        self.chosen.emit(item.key)
