"""The banners of a report, one below the other; some open the form that deals with them."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.ui.banner import Banner
from workstation.views.report.standing import Standing


class StandingBars(QWidget):
    """`form_asked(str)`: the form of this name is wanted."""

    form_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: tuple[Standing, ...] = ()
        self.bars: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_standings(self, wanted: Sequence[Standing]) -> None:
        """Show these; what stands already is left as it is."""
        if tuple(wanted) == self.told:
            return
        self.told = tuple(wanted)
        for bar in self.bars:
            self._column.removeWidget(bar)
            bar.hide()
            bar.setParent(None)
            bar.deleteLater()
        self.bars = [self._bar(one) for one in wanted]
        self.setVisible(bool(self.bars))

    def _bar(self, one: Standing) -> Banner:
        bar = Banner(one.tone, one.text, one.icon, one.lead, one.action)
        bar.acted.connect(partial(self.form_asked.emit, one.form))
        self._column.addWidget(bar)
        return bar
