"""Python's reference cycles are collected on the window's thread only.

Python collects in whichever thread allocates; a widget freed by another thread crashes Qt.
Automatic collection is off while this lives, and a timer of the window does the same work in
small steps.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


def collect_what_is_due() -> None:
    """The oldest generation whose count passed its threshold, and those younger."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return


class Garbage(QObject):
    """Collects by Python's own thresholds, here; `end` gives it back to who did it before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(EVERY_MS)

    def end(self) -> None:
        """Stop; Python collects by itself again, if it did before."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_automatic:
            gc.enable()
