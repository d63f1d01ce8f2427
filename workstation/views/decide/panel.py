"""What every decision panel is: fields, the words of its primary key, and what that key does.

Rules speak through refusals: their sentence stands beside the field they name, never reworded.
"""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.desk import Shown, Suggested
from workstation.domain.hard_rules import forbids, rules_of
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.ui.banner import Banner
from workstation.ui.form import Field
from workstation.views.decide.desk_face import DeskFace


@dataclass(frozen=True)
class Primary:
    """What the one primary key says: in full, in short, and what follows."""

    words: str
    short: str
    consequence: str
    icon: str = "send"


@dataclass(frozen=True)
class Done:
    """What an act led to; `leaves` when the report has left this person's work.

    `waits` where dispatch must have it and the store has not confirmed it yet.
    """

    sentence: str
    leaves: bool = False
    drafts: tuple[str, ...] = ()
    waits: bool = False


class Panel(QWidget):
    """The base of the panels. `changed` tells that the primary's words may differ now, and

    `touched` that what is missing may. `exclusive`: its key is dead where the claim is not sure.
    """

    changed = Signal()
    touched = Signal()
    exclusive: ClassVar[bool] = False

    def __init__(self, desk: DeskFace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.shown: Shown | None = None
        self.suggested: Suggested | None = None
        self.fields: dict[str, Field] = {}
        self._is_refused, self._rule = False, ""
        for signal in (self.changed, self.touched):
            signal.connect(self._on_edited)
        self.trouble = Banner("danger", "", "circle-alert")
        self.trouble.hide()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addWidget(self.trouble)

    @property
    def report(self) -> Report:
        """The report on screen; only asked while there is one."""
        if self.shown is None:
            raise RuntimeError("A panel without a report was asked to act.")
        return self.shown.report

    def show_report(self, shown: Shown, is_new: bool) -> None:
        """Show a report; `is_new` when it is another than before."""
        self.shown = shown
        if is_new:
            self.suggested = None
        if is_new or self._is_kept(self._rule):
            self.clear_trouble()
        self.refresh(is_new)
        self.changed.emit()

    def _is_kept(self, code: str) -> bool:
        """Whether the hard rule that refused has what it asked for: its sentence goes."""
        rules = {f"rule/{one.id}": one for one in rules_of(self.report, self.desk.pack)}
        rule = rules.get(code)
        stands = rule and any(forbids(rule, self.report, act) for act in rule.refuses)
        return code.startswith("rule/") and not stands

    def refresh(self, is_new: bool) -> None:
        """Bring the fields up to date with the report."""

    def show_suggested(self, suggested: Suggested | None) -> None:
        """What the words of the report on screen suggest; None while they are being read."""
        self.suggested = suggested
        if self.shown is not None:
            self.advise()

    def advise(self) -> None:
        """Bring what is suggested up to date; nothing is chosen by it."""

    def primary(self) -> Primary:
        """What the primary key would do now."""
        raise NotImplementedError

    def missing(self) -> str:
        """What the person has still to give before the primary key can work; a short sentence.

        Only what is plainly empty: what needs the rules is left to their refusals.
        """
        return ""

    def owed(self) -> str:
        """Why the primary key is dead: the claim is not sure, or something is to be given yet."""
        if self.shown is None:
            return ""
        return (self.shown.held_back if self.exclusive else "") or self.missing()

    def act(self) -> Refusal | Done:
        """Do it."""
        raise NotImplementedError

    def must_see(self) -> tuple[tuple[str, QWidget], ...]:
        """What has to be on screen before the primary key works, each with its name."""
        return ()

    def must_have_seen(self) -> tuple[tuple[str, QWidget], ...]:
        """What has to have been on screen once, since the report came up."""
        return ()

    def show_done(self) -> bool:
        """After an act: the keyboard goes where its result stands, or where more is asked for."""
        return False

    def take_focus(self) -> None:
        """Put the keyboard where work in this panel begins."""

    def key(self, letter: str) -> bool:
        """A letter or digit pressed outside a text; true when it meant something here."""
        return False

    def show_refusal(self, refusal: Refusal) -> None:
        """Put the sentence beside the field it names, or at the panel's head."""
        self.clear_trouble()
        self._is_refused, self._rule = True, refusal.code
        field = self.field_of(refusal.field)
        if field is None:
            self.trouble.set_text(refusal.sentence)
            self.trouble.show()
            return
        field.set_error(refusal.sentence)
        field.editor.setFocus()

    def refused_at(self) -> tuple[QWidget, ...]:
        """Where the sentence of a refusal stands, until the person does something about it."""
        parts = (*(field.error for field in self.fields.values()), self.trouble)
        return tuple(part for part in parts if part.isVisible() and self._is_refused)

    def _on_edited(self) -> None:
        self._is_refused = False

    def clear_trouble(self) -> None:
        """Take every refusal away."""
        self._rule = ""
        self.trouble.hide()
        for field in self.fields.values():
            field.set_error("")

    def field_of(self, name: str) -> Field | None:
        """The field a refusal names; an element of a group stands in its group."""
        return self.fields.get(name) or self.fields.get(name.partition(".")[0])
