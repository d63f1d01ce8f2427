"""What holds the primary key: it is dead just after a change, and while what it needs is unseen.

A key meant for the last screen must not act on this one, nor send words nobody has read.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

DEAD_MS = 400


class Hold(QObject):
    """`changed` tells when the answer of `why` may have become another."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEAD_MS)
        self._timer.timeout.connect(self.changed)

    def restart(self) -> None:
        """The panel or the record has changed: dead for a moment."""
        self._timer.start()
        self.changed.emit()

    @property
    def is_settling(self) -> bool:
        """Whether the last change is too fresh."""
        return self._timer.isActive()

    def why(
        self, consequence: QWidget, must_see: Sequence[tuple[str, QWidget]], viewport: QWidget
    ) -> str:
        """Why the key does nothing just now; empty when it is live."""
        if self.is_settling:
            return "It has just changed"
        if not is_seen(consequence, consequence.window()):
            return "Make the window taller"
        unseen = next((name for name, part in must_see if not is_seen(part, viewport)), "")
        return f"Scroll to “{unseen}”" if unseen else ""


def is_seen(widget: QWidget, frame: QWidget) -> bool:
    """Whether the whole widget lies inside the frame, or fills it from its top when taller."""
    if not widget.isVisible():
        return False
    place = QRect(widget.mapTo(frame, QPoint(0, 0)), widget.size())
    room = frame.rect()
    tall = place.height() > room.height()
    return 0 <= place.top() < room.height() if tall else room.contains(place)
