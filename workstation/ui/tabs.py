"""Tabs over a record's parts, underlined where chosen."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.paint import CENTRE, paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current


class Tabs(QTabBar):
    """A row of tabs; arrow keys move, and `currentChanged(int)` tells."""

    def __init__(self, names: list[str], label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setFont(ui_font(14, BOLD))
        for name in names:
            self.addTab(name.replace("&", "&&"))

    def rename(self, index: int, name: str) -> None:
        """Change what a tab says, for example its count."""
        self.setTabText(index, name.replace("&", "&&"))

    def tabSizeHint(self, index: int) -> QSize:
        words = self._words(index)
        return QSize(round(text_width(words, ui_font(14, BOLD))) + 24, scaled(38))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(tokens.line))
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        tokens = current()
        rect = QRectF(self.tabRect(index))
        chosen = index == self.currentIndex()
        ink = tokens.text if chosen else tokens.text2
        paint_text(painter, rect, self._words(index), ui_font(14, BOLD), ink, CENTRE)
        if chosen:
            line = QRectF(rect.left() + 6, rect.bottom() - 3, rect.width() - 12, 3)
            paint_box(painter, line, 1.5, tokens.accent)
            if self.hasFocus():
                paint_focus(painter, rect.adjusted(2, 3, -2, -5), 5, tokens.focus)

    def _words(self, index: int) -> str:
        return self.tabText(index).replace("&&", "&")
