"""Key facts in two columns, as given or corrected; E turns them into a form and back."""

from datetime import datetime
from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.correcting import CorrectFacts
from workstation.domain.facts import FactChange
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import Location, Report
from workstation.domain.spelt import phone_in_groups
from workstation.ui.button import Button
from workstation.ui.card import Card
from workstation.ui.form import Field
from workstation.ui.label import ErrorText
from workstation.ui.ticker import ticker
from workstation.views.decide.drafts import NOT_SAVED, Drafts
from workstation.views.decide.kept_line import KeptLine
from workstation.views.decide.location_field import LocationField
from workstation.views.doubted import KINDS, doubted, doubts_of
from workstation.views.literal import literal
from workstation.views.report.facts_grid import FactsGrid
from workstation.views.report.meanwhile import changed_meanwhile
from workstation.views.report.proposals import Proposals
from workstation.views.report.safe_contact_form import safe_contact_words
from workstation.views.report.safe_facts import NOT_KNOWN, safe_fact_words

LABELS: dict[str, str] = {
    "title": "In a few words",
    "reporter": "Person reporting",
    "reporter_role": "Their part in it",
    "phone": "Phone",
    "email": "E-mail",
    "date_of_birth": "Date of birth",
    "prefers": "Prefers",
    "occurred": "When",
    "people": "People named",
    "injuries": "Injuries",
    "safety": "In danger now?",
}
_DRAFT, _WHERE, _UNKNOWN = "facts.", "facts.where", "facts.unknown"
_DRAFTS = (*(_DRAFT + name for name in LABELS), _WHERE, _UNKNOWN)
MEANWHILE = "Somebody changed this while you typed"
_ALWAYS = ("reporter", "phone", "prefers", "occurred", "people", "safety")


def where_in_words(location: Location) -> str:
    """A place as people say it, or that it is unknown and why."""
    if location.unknown_because:
        return f"Unknown: {location.unknown_because}"
    words = location.text
    for part in (location.town, location.postcode):
        if part.casefold() not in words.casefold():
            words = f"{words}, {part}".removeprefix(", ")
    return words


class FactsForm(QWidget):
    """Every fact as a field. `saved` tells that the corrections are on record here.

    What is typed is kept as a draft until it is saved or left.
    """

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._was: Report | None = None
        self._seen = dict.fromkeys(LABELS, "")
        self._seen_where = Location()
        self.fields = {name: Field(label, "", QLineEdit()) for name, label in LABELS.items()}
        self.where = LocationField(desk)
        self.drafts = Drafts(desk, self)
        for name in LABELS:
            self.drafts.keep_line(_DRAFT + name, self.line(name), stood=partial(self._stood, name))
        for name, line in ((_WHERE, self.where.place), (_UNKNOWN, self.where.why)):
            self.drafts.keep_line(name, line, base=lambda: _encoded(self._seen_where))
        for name, kind in KINDS.items():
            doubted(self.fields[name], self.line(name), kind, desk)
        self.error, self.meanwhile = ErrorText(), ErrorText()
        self.error.hide()
        self.meanwhile.hide()
        save = Button("Save facts", icon="save", keys=("Enter",))
        save.clicked.connect(self.save)
        leave = Button("Leave as they were", "ghost", keys=("Esc",))
        leave.clicked.connect(self.leave)
        self._lay_out(save, leave)

    def has_draft(self, report: Report) -> bool:
        """Whether corrections were begun on this desk and neither saved nor left."""
        return any(one.field in _DRAFTS for one in self._desk.drafts(report.id))

    def begin(self, report: Report) -> None:
        """Show what stands now and what was typed before, ready to be corrected."""
        self._was = report
        self._seen = {name: str(getattr(report.facts, name)) for name in LABELS}
        self._seen_where = report.location
        self.where.clear()
        self.drafts.show_report(report.id)
        self.where.take_up()
        for name in LABELS:
            if not self.drafts.has(_DRAFT + name):
                self.line(name).setText(self._seen[name])
        self.error.hide()
        self._tell_changed(report)

    def see(self, report: Report) -> None:
        """The report changed under the open form: what was not typed over follows it."""
        self._was = report
        for name in LABELS:
            if self._is_as_seen(name):
                self._seen[name] = str(getattr(report.facts, name))
                self.line(name).setText(self._seen[name])
        if self.where.location() is None:
            self._seen_where = report.location
        self._tell_changed(report)

    def take_focus(self) -> None:
        """Put the keyboard in the first field."""
        self.line("reporter").setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put_away(self) -> None:
        """Another report comes up: keep what is typed."""
        self.drafts.show_report(None)

    def leave(self) -> None:
        """Leave the facts as they were; until another report comes up it can be undone."""
        self.drafts.discard()
        self.left.emit()

    def line(self, name: str) -> QLineEdit:
        """The line a fact is typed in."""
        editor = self.fields[name].editor
        if not isinstance(editor, QLineEdit):
            raise TypeError(f"{name} has no line to type in")
        return editor

    def save(self) -> None:
        """Submit what differs from what was on screen; a refusal stands beside its field."""
        if self._was is None:
            return
        changes, location = self._changes(), self.where.location()
        if not changes and location is None:
            self.leave()
            return
        command = CorrectFacts(
            report=self._was.id,
            changes=changes,
            location=location,
            location_was=self._base_where(),
        )
        refusal = self._desk.in_one(lambda: self._submit(command))
        if refusal is None:
            self.saved.emit()
        else:
            self._show_refusal(refusal)

    def _submit(self, command: CorrectFacts) -> Refusal | None:
        refusal = self._desk.submit(command)
        if refusal is None:
            self.drafts.drop(_DRAFTS)
        return refusal

    def _show_refusal(self, refusal: Refusal) -> None:
        """Beside its field, and once it was read there it may be overruled."""
        field = self.where if refusal.field == "location" else self.fields.get(refusal.field)
        if refusal.code == NOT_SAVED:
            self.drafts.rewrite()
        if field is None:
            self.error.setText(refusal.sentence)
            self.error.show()
            return
        field.set_error(refusal.sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        shown = self._desk.report(self._was.id) if self._was is not None else None
        if refusal.code == "facts/changed" and shown is not None:
            self._rebase(refusal.field, shown.report)

    def _rebase(self, field: str, report: Report) -> None:
        if field == "location":
            self._seen_where = report.location
            for name in (_WHERE, _UNKNOWN):
                self.drafts.rebase(name, _encoded(report.location))
        else:
            self._seen[field] = str(getattr(report.facts, field))
            self.drafts.rebase(_DRAFT + field, self._seen[field])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)

    def _changes(self) -> tuple[FactChange, ...]:
        now = {name: self.line(name).text().strip() for name in LABELS}
        before = {name: self._base(name) for name in LABELS}
        return tuple(
            FactChange(name, before[name], now[name])
            for name in LABELS
            if now[name] != before[name]
        )

    def _stood(self, name: str) -> str:
        return self._seen[name]

    def _base(self, name: str) -> str:
        """What the person saw when they began to correct this fact."""
        return self.drafts.base(_DRAFT + name, self._seen[name])

    def _base_where(self) -> Location:
        for name in (_WHERE, _UNKNOWN):
            if self.drafts.has(name) and (base := self.drafts.base(name)):
                return msgspec.json.decode(base, type=Location)
        return self._seen_where

    def _is_as_seen(self, name: str) -> bool:
        return not self.drafts.has(_DRAFT + name) and self.line(name).text() == self._seen[name]

    def _tell_changed(self, report: Report) -> None:
        """At the top which of these fields somebody else changed, and beside each who and how."""
        changed: list[str] = []
        self.where.place.setPlaceholderText(where_in_words(report.location) or "Where")
        for name, field in self.fields.items():
            stands, typed = str(getattr(report.facts, name)), self.line(name).text().strip()
            is_changed = self._base(name) != stands and typed != stands
            field.set_error(self._told(report, name, stands) if is_changed else "")
            changed += [LABELS[name]] if is_changed else []
        moved = self.where.location() is not None and self._base_where() != report.location
        words = where_in_words(report.location)
        self.where.set_error(self._told(report, "where", words) if moved else "")
        changed += ["Where"] if moved else []
        self.meanwhile.setText(f"{MEANWHILE}: {', '.join(changed)}. Read it there first.")
        self.meanwhile.setVisible(bool(changed))

    def _told(self, report: Report, field: str, words: str) -> str:
        entries = self._desk.entries(report.id)
        return changed_meanwhile(entries, field, words, self._desk.clock.now())

    def _lay_out(self, save: Button, leave: Button) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for number, field in enumerate(self.fields.values()):
            grid.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        count = len(self.fields)
        grid.addWidget(self.where, count // 2, count % 2, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        row.addWidget(save)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.meanwhile)
        column.addLayout(grid)
        column.addWidget(self.error)
        column.addLayout(row)


class FactsCard(Card):
    """What is proposed for the facts, then the grid or the form."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Key facts", parent=parent)
        self._desk = desk
        self.grid = FactsGrid()
        self.form = FactsForm(desk)
        self.form.hide()
        self.kept = KeptLine(self.form.drafts)
        self.proposals = Proposals(desk, LABELS)
        self.form.drafts.rewritten.connect(self._on_rewritten)
        self.form.saved.connect(self.stop_editing)
        self.form.left.connect(self.stop_editing)
        self.edit = Button("Edit", "ghost", icon="pencil", keys=("Ctrl", "E"))
        self.edit.clicked.connect(self.start_editing)
        self._report: Report | None = None
        ticker().tick.connect(self._tick)
        self.body.addWidget(self.proposals)
        self.body.addWidget(self.kept)
        self.body.addWidget(self.grid)
        self.body.addWidget(self.form)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.edit)
        self.body.addLayout(foot)

    def show_report(self, report: Report) -> None:
        """Show the facts; a form that is open keeps what is typed in it."""
        is_new = self._report is None or self._report.id != report.id
        if is_new:
            self.form.put_away()
            self.stop_editing()
        self._report = report
        self.proposals.show_report(report)
        self._tick()
        if is_new and self.form.has_draft(report):
            self._show_form(report)
        elif not is_new and not self.form.isHidden():
            self.form.see(report)

    def _tick(self) -> None:
        """How old the safe facts are changes by itself."""
        if self._report is None or self.grid.isHidden():
            return
        found = doubts_of(self._desk, self._report)
        doubts = {LABELS.get(name, "Where"): literal(told) for name, told in found.items()}
        pairs = pairs_of(self._report, self._desk.clock.now(), self._desk.pack)
        self.grid.show_facts(pairs, doubts)

    def _on_rewritten(self) -> None:
        if self._report is not None and self.form.has_draft(self._report):
            self._show_form(self._report)
        else:
            self.stop_editing()

    def start_editing(self) -> None:
        """Turn the facts into a form."""
        if self._report is not None and not self.form.isVisibleTo(self):
            self._show_form(self._report)
        self.form.take_focus()

    def _show_form(self, report: Report) -> None:
        self.grid.hide()
        self.edit.hide()
        self.form.show()
        self.form.begin(report)

    def stop_editing(self) -> None:
        """Back to reading."""
        self.form.hide()
        self.grid.show()
        self.edit.show()


def pairs_of(report: Report, now: datetime, pack: Pack) -> list[tuple[str, str]]:
    """Label and value of each fact that is known, or that somebody should ask for."""
    pairs = [("Where", literal(where_in_words(report.location)) or NOT_KNOWN)]
    for name, label in LABELS.items():
        value = str(getattr(report.facts, name))
        value = phone_in_groups(value) if name == "phone" else value
        if name != "title" and (value or name in _ALWAYS):
            told = safe_fact_words(report, name, now, pack) or value
            pairs.append((label, literal(told) or NOT_KNOWN))
    reached = safe_contact_words(report, now)
    pairs.append(("Safe contact", literal(reached) or NOT_KNOWN))
    if report.receipt_code:
        pairs.append(("Receipt code", report.receipt_code))
    return pairs


def _encoded(location: Location) -> str:
    return msgspec.json.encode(location).decode()
