"""The THRIVE being made: the levels chosen so far, shared by every panel that may send it.

*No risk found* is the person's own statement; it is dropped the moment a level is chosen by hand.
"""

import msgspec
from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from workstation.domain.pack import Pack
from workstation.domain.report import EarlierContacts, Report
from workstation.domain.risk import AssessRisk, lowest_levels


class _Written(Struct, frozen=True):
    levels: dict[str, str] = {}
    no_risk_found: bool = False
    answered: tuple[str, ...] = ()


class RiskDraft(QObject):
    """Levels by element key; `changed` for whoever shows them, `edited` when a person chose."""

    changed = Signal()
    edited = Signal()

    def __init__(self, pack: Pack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pack = pack
        self._made = _Written()
        self._on_record: dict[str, str] = {}
        self.earlier: EarlierContacts | None = None

    @property
    def levels(self) -> dict[str, str]:
        """What the rows show: chosen here, else as on record."""
        return self._on_record | self._made.levels

    @property
    def no_risk_found(self) -> bool:
        """Whether the person stated it here."""
        return self._made.no_risk_found

    @property
    def answered(self) -> tuple[str, ...]:
        """The marked words the person says are no risk here."""
        return self._made.answered

    @property
    def is_touched(self) -> bool:
        """Whether there is anything here that is not on record."""
        return bool(self._made.levels)

    def show_report(self, report: Report, earlier: EarlierContacts) -> None:
        """Stand beside a report: its assessment on record, and its earlier contacts."""
        self._on_record = dict(report.thrive.levels) if report.thrive else {}
        self.earlier = earlier
        self.changed.emit()

    def set_level(self, key: str, level: str) -> None:
        """The person chose a level."""
        self._now(_Written(self._made.levels | {key: level}, False, self.answered))

    def state_no_risk(self) -> None:
        """The person states that no risk was found: each element at its first level."""
        self._now(_Written(lowest_levels(self._pack), True, self.answered))

    def set_answered(self, words: str, is_answered: bool) -> None:
        """The person says that marked words speak of no risk here, or takes it back."""
        rest = tuple(known for known in self.answered if known != words)
        answered = (*rest, words) if is_answered else rest
        self._now(_Written(self._made.levels, self.no_risk_found, answered))

    def clear(self) -> None:
        """Forget what was chosen here."""
        self._made = _Written()
        self.changed.emit()

    def command(self, report: Report) -> AssessRisk | None:
        """The assessment to send, or None when nothing was chosen here."""
        if not self.is_touched:
            return None
        return AssessRisk(
            report=report.id,
            levels=self.levels,
            answered=self.answered,
            earlier=self.earlier,
            no_risk_found=self.no_risk_found,
        )

    def text(self) -> str:
        """The draft as text, to be kept."""
        return msgspec.json.encode(self._made).decode() if self._made != _Written() else ""

    def set_text(self, text: str) -> None:
        """Take a kept draft up again; levels the pack no longer has are left out."""
        before = self._made
        self._made = msgspec.json.decode(text, type=_Written) if text else _Written()
        allowed = {element.key: element.levels for element in self._pack.thrive}
        known = {k: v for k, v in self._made.levels.items() if v in allowed.get(k, ())}
        if known != self._made.levels:
            self._made = _Written(known, False, self.answered)
        if text or self._made != before:
            self.changed.emit()

    def _now(self, made: _Written) -> None:
        self._made = made
        self.changed.emit()
        self.edited.emit()
