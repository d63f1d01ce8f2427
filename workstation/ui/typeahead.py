"""A line that offers what fits while the person types; the arrows choose and Enter takes."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from workstation.ui.fonts import BOLD, ui_font
from workstation.ui.list_base import Index, RowDelegate, RowState
from workstation.ui.paint import text_width

_VALUE = Qt.ItemDataRole.UserRole + 1
_DETAIL = Qt.ItemDataRole.UserRole + 2
_SHOWN = 8
LEAST_WIDE, EDGE, ROOM = 240, 8, 40


@dataclass(frozen=True)
class Suggestion:
    """One thing offered: what is shown, a detail beside it, and what it stands for."""

    text: str
    detail: str = ""
    value: object = None


class _Rows(RowDelegate):
    """Paints a suggestion: its text, then its detail more quietly."""

    row_height = 32
    side_margin = 2
    divided = False

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, state: RowState) -> None:
        words, detail = str(index.data()), str(index.data(_DETAIL) or "")
        taken = self.draw_text(painter, rect, words, ui_font(14, BOLD), state.tokens.text)
        rest = rect.adjusted(taken + 10, 0, 0, 0)
        if detail and rest.width() > 40:
            self.draw_text(painter, rest, detail, ui_font(13), state.quiet)


class TypeAhead(QLineEdit):
    """`find(text)` gives the suggestions; `picked(Suggestion)` tells which was taken."""

    picked = Signal(object)

    def __init__(
        self,
        find: Callable[[str], list[Suggestion]],
        name: str,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find = find
        self._offered = ""
        self._model = QStandardItemModel(self)
        self.popup = self._make_popup(name)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.offer)

    def offer(self, text: str) -> None:
        """Show what fits the text, or nothing."""
        self._offered = text
        self._model.clear()
        for suggestion in self._find(text)[:_SHOWN] if text.strip() else []:
            self._model.appendRow(_item(suggestion))
        if self._model.rowCount():
            self.popup.setCurrentIndex(self._model.index(0, 0))
            self._place()
            self.popup.show()
        else:
            self.popup.hide()

    def offer_again(self) -> None:
        """More is known: show it, where the person still waits for what fits."""
        if self._offered and self._offered == self.text() and self.hasFocus():
            self.offer(self._offered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.popup.isVisible() or not self._handle(event.key()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._dismiss()

    def _handle(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (self.popup.currentIndex().row() + step) % self._model.rowCount()
            self.popup.setCurrentIndex(self._model.index(row, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.popup.currentIndex())
            return True
        if key == Qt.Key.Key_Escape:
            self._dismiss()
            return True
        return False

    def _dismiss(self) -> None:
        self._offered = ""
        self.popup.hide()

    def _take(self, index: QModelIndex) -> None:
        suggestion = index.data(_VALUE)
        self._dismiss()
        if isinstance(suggestion, Suggestion):
            self.setText(suggestion.text)
            self.picked.emit(suggestion)

    def _make_popup(self, name: str) -> QListView:
        popup = QListView(self)
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setProperty("popup", "true")
        popup.setAccessibleName(f"Suggestions for {name}")
        popup.setMouseTracking(True)
        popup.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setModel(self._model)
        popup.setItemDelegate(_Rows(popup))
        popup.clicked.connect(self._take)
        popup.hide()
        return popup

    def _place(self) -> None:
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
            self.destroyed.connect(self.popup.deleteLater)
        tall = sum(self.popup.sizeHintForRow(row) for row in range(self._model.rowCount())) + 14
        wide = min(max(self.width(), LEAST_WIDE, self._widest()), window.width() - 2 * EDGE)
        self.popup.resize(QSize(wide, tall))
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        below.setX(min(below.x(), window.width() - wide - EDGE))
        if below.y() + tall > window.height():
            below.setY(max(0, self.mapTo(window, QPoint(0, 0)).y() - tall - 2))
        self.popup.move(below)
        self.popup.raise_()

    def _widest(self) -> int:
        """What the longest suggestion takes: what is chosen by its name is read whole."""
        rows = range(self._model.rowCount())
        texts = [str(self._model.index(row, 0).data()) for row in rows]
        return round(max(text_width(text, ui_font(14, BOLD)) for text in texts)) + ROOM


def _item(suggestion: Suggestion) -> QStandardItem:
    item = QStandardItem(suggestion.text)
    item.setEditable(False)
    item.setData(suggestion, _VALUE)
    item.setData(suggestion.detail, _DETAIL)
    spoken = f"{suggestion.text}, {suggestion.detail}".rstrip(", ")
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    return item
