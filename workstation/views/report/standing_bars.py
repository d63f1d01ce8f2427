"""The banners of a report, one below the other; some open the form that deals with them."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Desk, Shown
from workstation.ui.banner import Banner
from workstation.views.report.standing import Standing, standings


class StandingBars(QWidget):
    """`form_asked(str)`: the form of this name is wanted."""

    form_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.told: tuple[Standing, ...] = ()
        self.bars: list[Banner] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_report(self, shown: Shown, is_move_told: bool = False) -> None:
        """Show what stands; a bar that stands already is left as it is."""
        confirmed = shown.stage == "confirmed" and not shown.pending
        wanted = standings(
            shown.report,
            self._desk.person,
            self._desk.clock.now(),
            confirmed,
            self._desk.presence(shown.report.id),
            is_move_told,
        )
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
