"""The banners of a report, one below the other; some open the form that deals with them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.ui.banner import Banner
from workstation.views.report.bars import bars_of
from workstation.views.report.standing import Standing


class StandingBars(QWidget):
    """`form_asked(str)`: the form of this name is wanted."""

    form_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_move_told = False
        self.told: tuple[Standing, ...] = ()
        self.bars: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_report(self, shown: Shown, is_move_told: bool = False) -> None:
        """Show what stands; `is_move_told`: another bar says to whom it went."""
        self._is_move_told = is_move_told
        self.renew(shown)

    def renew(self, shown: Shown) -> None:
        """As it stands now; a bar that stands already is left as it is."""
        wanted = bars_of(self._desk, shown, self._is_move_told)
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
