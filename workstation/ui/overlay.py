"""A panel over the whole window that dims what is below and goes away on Escape."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workstation.ui.paint import paint_box
from workstation.ui.theme import current


class OverlayPanel(QWidget):
    """The box in the middle of an overlay."""

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        paint_box(QPainter(self), QRectF(self.rect()), 10, tokens.raised, tokens.line_strong)


class Overlay(QWidget):
    """Covers its window and holds the keyboard; gives it back to whoever had it when it closes."""

    closed = Signal()

    def __init__(self, window: QWidget, name: str, width: int, height: int) -> None:
        super().__init__(window)
        self._window = window
        self._wanted = (width, height)
        self._had_focus: QWidget | None = None
        self.setAccessibleName(name)
        self.panel = OverlayPanel(self)
        self.column = QVBoxLayout(self.panel)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        window.installEventFilter(self)
        self.hide()

    def open_over(self, first: QWidget) -> None:
        """Show the overlay with the keyboard on `first`."""
        if not self.isVisible():
            self._had_focus = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def dismiss(self) -> None:
        """Go away and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        if self._had_focus is not None:
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._had_focus = None
        self.closed.emit()

    def set_panel_height(self, height: int) -> None:
        """Make the panel as tall as what it holds."""
        self._wanted = (self._wanted[0], height)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.dismiss()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        stops = [each for each in self.findChildren(QWidget) if _is_tab_stop(each)]
        focused = QApplication.focusWidget()
        if stops:
            place = stops.index(focused) if focused in stops else -1
            following = stops[(place + (1 if next else -1)) % len(stops)]
            following.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(0, 0, 0, 150 if current().is_dark else 90))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        width = min(self._wanted[0], self.width() - 32)
        height = min(self._wanted[1], self.height() - 64)
        top = max(16, min(round(self.height() * 0.13), self.height() - height - 16))
        self.panel.setGeometry(QRect((self.width() - width) // 2, top, width, height))


def _is_tab_stop(widget: QWidget) -> bool:
    stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return stops and widget.isVisible() and widget.isEnabled()
