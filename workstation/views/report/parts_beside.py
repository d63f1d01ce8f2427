"""The parts of a report under its tabs, and the log: beside them where there is room."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from workstation.views.report.log import LogList

LEAST = 40


class PartsBesideLog(QWidget):
    """One part at a time; under the breakpoint the log is the last of them."""

    def __init__(self, parts: Sequence[QWidget], log: LogList) -> None:
        super().__init__()
        self.setMinimumHeight(LEAST)  # all of it scrolls: what stands above gives way last
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self._log = log
        log_part = QWidget()
        self._as_part = QVBoxLayout(log_part)
        self._as_part.setContentsMargins(0, 0, 0, 0)
        stack = QWidget()
        stack.setMinimumHeight(LEAST)
        self._stack = QStackedLayout(stack)
        for part in (*parts, log_part):
            self._stack.addWidget(part)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(stack, 3)
        self._beside = QVBoxLayout()
        self._row.addLayout(self._beside, 2)

    def hasHeightForWidth(self) -> bool:
        """It scrolls at any height: asked for one, it would squeeze the bars above it."""
        return False

    def show_part(self, index: int) -> None:
        """Show this one of them."""
        self._stack.setCurrentIndex(index)

    def set_narrow(self, narrow: bool) -> None:
        """Under the breakpoint there is no room beside."""
        home = self._as_part if narrow else self._beside
        home.addWidget(self._log)
        self._row.setStretch(1, 0 if narrow else 2)
        self._row.setSpacing(0 if narrow else 12)
