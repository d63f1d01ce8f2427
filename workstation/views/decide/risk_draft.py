"""The THRIVE being made: the levels chosen so far, shared by every panel that may send it.

*No risk found* is the person's own statement; it is dropped the moment a level is chosen by hand.
Where the rules refuse it no level is shown as set by it. What was written of an element that the
pack has no more holds nothing up: it stays in sight and goes into the log as a note.
"""

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from workstation.domain.judgement import Safeguard
from workstation.domain.pack import ThriveElement
from workstation.domain.refusal import Refusal
from workstation.domain.report import EarlierContacts, Report, ReportId, Thrive
from workstation.domain.risk import AssessRisk, lowest_levels
from workstation.domain.story import AddNote
from workstation.views.decide.desk_face import DeskFace
from workstation.views.decide.foresight import foresee

UNREAD = "?"


class _Written(Struct, frozen=True):
    levels: dict[str, str] = {}
    no_risk_found: bool = False
    answered: tuple[str, ...] = ()
    words: dict[str, str] = {}
    interim: str | None = None
    rara: tuple[Safeguard, ...] | None = None


class RiskDraft(QObject):
    """Levels by element key; `changed` for whoever shows them, `edited` when a person chose.

    `refusal`: why *no risk found*, which the person states, does not hold.
    """

    changed = Signal()
    edited = Signal()

    def __init__(self, desk: DeskFace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report: Report | None = None
        self._made = _Written()
        self.refusal: Refusal | None = None
        self._thrive: Thrive | None = None
        self.earlier: EarlierContacts | None = None
        desk.contacts_found.connect(self._on_found)

    @property
    def elements(self) -> tuple[ThriveElement, ...]:
        """What is assessed by the pack in force."""
        return self._desk.pack.thrive

    @property
    def levels(self) -> dict[str, str]:
        """What the rows show: chosen here, else as on record."""
        return self._allowed(self._thrive.levels if self._thrive else {}) | self._chosen

    @property
    def words(self) -> dict[str, str]:
        """The words of each element: written here, else as on record."""
        return self._asked(self._thrive.words if self._thrive else {}) | self._written

    @property
    def rest(self) -> dict[str, str]:
        """What was written here of elements that the pack has no more."""
        words, asked = self._made.words, self._written
        return {key: text for key, text in words.items() if key not in asked and text.strip()}

    @property
    def interim(self) -> str:
        """What could happen before officers arrive."""
        if self._made.interim is not None:
            return self._made.interim
        return self._thrive.interim if self._thrive else ""

    @property
    def rara(self) -> tuple[Safeguard, ...]:
        """What is done about it: of remove, avoid, reduce and accept."""
        if self._made.rara is not None:
            return self._made.rara
        return self._thrive.rara if self._thrive else ()

    @property
    def no_risk_found(self) -> bool:
        """Whether the person stated it here."""
        return self._made.no_risk_found

    @property
    def is_stated(self) -> bool:
        """Whether they may."""
        return self.no_risk_found and self.refusal is None

    @property
    def answered(self) -> tuple[str, ...]:
        """The marked words the person says are no risk here."""
        return self._made.answered

    @property
    def is_touched(self) -> bool:
        """Whether there is anything here that is not on record."""
        made = self._made
        written = self._chosen or self._written or made.interim or made.rara
        return self.no_risk_found or bool(written)

    def show_report(self, report: Report, earlier: EarlierContacts | None) -> None:
        """Stand beside a report: its assessment on record, and its earlier contacts."""
        self._thrive = report.thrive
        self._report, self.earlier = report, earlier
        self._tell()

    def set_level(self, key: str, level: str) -> None:
        """The person chose a level."""
        levels = self._chosen | {key: level}
        self._now(replace(self._made, levels=levels, no_risk_found=False))

    def set_words(self, key: str, words: str) -> None:
        """The person writes why an element is as it is."""
        self._now(replace(self._made, words=self._made.words | {key: words}))

    def set_interim(self, words: str) -> None:
        """The person says what could happen before officers arrive."""
        self._now(replace(self._made, interim=words))

    def set_rara(self, chosen: tuple[Safeguard, ...]) -> None:
        """The person says what is done about it."""
        self._now(replace(self._made, rara=chosen))

    def state_no_risk(self) -> None:
        """The person states that no risk was found: each element at its first level."""
        self._now(replace(self._made, no_risk_found=True))

    def set_answered(self, words: str, is_answered: bool) -> None:
        """The person says that marked words speak of no risk here, or takes it back."""
        rest = tuple(known for known in self.answered if known != words)
        answered = (*rest, words) if is_answered else rest
        self._now(replace(self._made, answered=answered))

    def clear(self) -> None:
        """Forget what was chosen here."""
        self._made = _Written()
        self._tell()

    def command(self, report: Report) -> AssessRisk | None:
        """The assessment to send, or None when nothing was chosen here."""
        if not self.is_touched:
            return None
        return AssessRisk(
            report=report.id,
            levels=lowest_levels(self._desk.pack) if self.no_risk_found else self.levels,
            words={key: words for key, words in self.words.items() if words.strip()},
            answered=self.answered,
            earlier=self.earlier,
            no_risk_found=self.no_risk_found,
            interim=self.interim,
            rara=self.rara,
        )

    def note(self, report: Report) -> AddNote | None:
        """What goes beside the assessment, if anything: nothing that was written is dropped."""
        model = self._desk.pack.thrive_model
        lines = [f"{model} {key}: {text}" for key, text in self.rest.items()]
        return AddNote(report=report.id, text="\n".join(lines)) if lines else None

    def text(self) -> str:
        """The draft as text, to be kept."""
        return msgspec.json.encode(self._made).decode() if self._made != _Written() else ""

    def set_text(self, text: str) -> None:
        """Take a kept draft up again; levels the pack no longer has are left out."""
        before = self._made
        self._made = _read(text)
        known = self._allowed(self._made.levels)
        if known != self._made.levels:
            self._made = replace(self._made, levels=known, no_risk_found=False)
        if text or self._made != before:
            self._tell()

    def _now(self, made: _Written) -> None:
        self._made = made
        self._tell()
        self.edited.emit()

    @property
    def _chosen(self) -> dict[str, str]:
        """By hand, or by a statement that holds."""
        if self.is_stated:
            return lowest_levels(self._desk.pack)
        return self._allowed(self._made.levels)

    @property
    def _written(self) -> dict[str, str]:
        return self._asked(self._made.words)

    def _allowed(self, levels: dict[str, str]) -> dict[str, str]:
        allowed = {element.key: element.levels for element in self.elements}
        return {key: level for key, level in levels.items() if level in allowed.get(key, ())}

    def _asked(self, words: dict[str, str]) -> dict[str, str]:
        keys = {element.key for element in self.elements}
        return {key: text for key, text in words.items() if key in keys}

    def _on_found(self, ids: frozenset[ReportId]) -> None:
        if self._report is not None and self._report.id in ids:
            self.show_report(self._report, self._desk.earlier_contacts(self._report.id))

    def _tell(self) -> None:
        self.refusal = self._foreseen()
        self.changed.emit()

    def _foreseen(self) -> Refusal | None:
        command = self.command(self._report) if self._report and self.no_risk_found else None
        if command is None or self._report is None:
            return None
        refusal = foresee(self._desk, self._report, [command])
        return refusal if refusal is not None and "thrive" in refusal.code else None


def _read(text: str) -> _Written:
    """A kept draft; one that cannot be read stands whole among the words."""
    try:
        return msgspec.json.decode(text, type=_Written) if text else _Written()
    except msgspec.DecodeError:
        return _Written(words={UNREAD: text})
