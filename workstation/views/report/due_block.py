"""What is due on a report and when; pressed, it shows the sum of every promise in words."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from workstation.domain.clocks import Promise
from workstation.ui.card import Card
from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.label import Body, Secondary
from workstation.ui.paint import paint_box, paint_focus, paint_text, text_width
from workstation.ui.theme import current
from workstation.ui.tip import set_tip
from workstation.views.due import NOTHING_DUE, due, moment, spoken_span

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
            kind = f"{running.kind[:1].upper()}{running.kind[1:]}"
            self._words = f"{kind} {'overdue' if late else 'due'}"
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


class PromisesCard(Card):
    """Every promise of a report: the sum in words, from when to when, kept or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What was promised, and how it is worked out", parent=parent)

    def show_promises(self, promises: Sequence[Promise], now: datetime) -> None:
        """Write the sums out."""
        while (item := self.body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for promise in promises:
            self.body.addWidget(Body(promise.sum, strong=promise.is_running))
            self.body.addWidget(Secondary(standing_of(promise, now)))
        if not promises:
            self.body.addWidget(Body("Nothing was promised for this report."))


def standing_of(promise: Promise, now: datetime) -> str:
    """From when until when, and how it stands."""
    times = f"{moment(promise.started_at, now)} to {moment(promise.due_at, now)}"
    if promise.stopped_at is None:
        return f"{times}: {due(promise.due_at, now).spoken}."
    word = "kept" if promise.stopped_at <= promise.due_at else "late"
    return f"{times}: {word}, {moment(promise.stopped_at, now)}."
