"""Working beside others: what they look at and have unsent, and what they hear of this desk."""

from PySide6.QtCore import Signal

from workstation.cache.parcel import Presence
from workstation.desk.presence import Present
from workstation.desk.records import Records
from workstation.desk.stock import Fittings, Stock
from workstation.domain.pack import Pack
from workstation.domain.report import ReportId
from workstation.domain.roles import Person


class Together(Records):
    """The records, and who else is at them.

    `presence_changed`: ids of reports where somebody came, went or fell silent.
    """

    presence_changed = Signal(object)
    viewing_changed = Signal()

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self._viewing: ReportId | None = None

    def presence(self, id: ReportId) -> tuple[Present, ...]:
        """Who else looks at a report, or has unsent words of it."""
        return self._company.at(id)

    def view(self, id: ReportId | None) -> None:
        """Which report is on screen: others are told."""
        if id != self._viewing:
            self._viewing = id
            self.viewing_changed.emit()

    @property
    def viewing(self) -> ReportId | None:
        """The report on screen."""
        return self._viewing

    def met(self, presence: Presence) -> None:
        """The store said who looks at what."""
        self._tell_presence(self._company.take(presence))

    def _tell_presence(self, ids: frozenset[ReportId]) -> None:
        if ids:
            self.presence_changed.emit(ids)

    def _grow_old(self) -> None:
        """What is known of others does, whatever the line is said to be."""
        self._tell_presence(self._company.grow_old())
