"""What is due on a report and when, and which where two are late; pressed, it shows the sums."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workstation.domain.clocks import Promise
from workstation.domain.sums import overdue_words
from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current
from workstation.ui.tip import set_tip
from workstation.views.due import NOTHING_DUE, due, spoken_span
from workstation.views.report.promises_card import title_of
from workstation.views.words import first_words, one_line

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DueBlock(QPushButton):
    """The promise with the least time left; it wraps nothing and shortens nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._time, self._due = "Nothing due", "", NOTHING_DUE
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.setAutoDefault(False)
        set_tip(self, "Show how this is worked out (Ctrl+D)")

    def show_promises(self, promises: Sequence[Promise], now: datetime) -> None:
        """Show the running promise that ends first."""
        running = next((promise for promise in promises if promise.is_running), None)
        if running is None:
            self._words, self._time, self._due = "Nothing due", "", NOTHING_DUE
        else:
            self._due = due(running.due_at, now, running.due_at - running.started_at)
            late = running.due_at < now
            one = f"{first_words(title_of(running), 40)} {'overdue' if late else 'due'}"
            self._words = one_line(overdue_words(promises, now)) or one
            self._time = spoken_span(abs(running.due_at - now))
        self.setAccessibleName(f"{self._words} {self._time}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = text_width(self._words, ui_font(12, BOLD))
        time = text_width(self._time, ui_font(16, BOLD))
        return QSize(round(max(words, time)) + scaled(44), scaled(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isChecked():
            paint_box(painter, rect, 6, tokens.hover)
        if self.hasFocus():
            paint_focus(painter, rect, 6, tokens.focus)
        tone = tokens.tone(self._due.tone)
        ink = tokens.text2 if self._due.tone == "neutral" else tone.text
        room = rect.adjusted(scaled(30), 3, -8, -3)
        if self._due.icon:
            top = round(rect.center().y() - 9)
            paint_icon(painter, self._due.icon, ink, QRectF(8, top, 18, 18))
        half = room.height() / 2
        upper = QRectF(room.left(), room.top(), room.width(), half)
        if not self._time:
            paint_text(painter, room, self._words, ui_font(13, BOLD), ink, _RIGHT)
            return
        paint_text(painter, upper, self._words, ui_font(12, BOLD), ink, _RIGHT)
        number = tokens.text if self._due.tone == "neutral" else ink
        paint_text(
            painter, upper.translated(0, half), self._time, ui_font(16, BOLD), number, _RIGHT
        )
