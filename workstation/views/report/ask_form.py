"""A few fields inside the page for an act that needs a reason: never a dialog over the work."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk
from workstation.domain.limits import WORDS
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.label import Body, ErrorText
from workstation.ui.surface import Surface
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine

Editor = QLineEdit | QComboBox
OPEN = "choice.form"


class Wanted(Struct, frozen=True):
    """One field of the form."""

    name: str
    label: str
    editor: Editor
    hint: str = ""


class Keeping(Struct, frozen=True):
    """Where what is typed in a form is kept: on whose desk, of which report, under what name."""

    desk: Desk
    report: ReportId
    name: str


class AskForm(Surface):
    """`answer` gets what was typed by name and says no with a refusal, or takes it."""

    done = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        wanted: Sequence[Wanted],
        button: str,
        answer: Callable[[dict[str, str]], Refusal | None],
        kept: Keeping,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("raised", 8, parent)
        self._answer, self._kept = answer, kept
        self._is_noted = False
        self._fields: tuple[str, ...] = ()
        self.fields = {one.name: Field(one.label, one.hint, one.editor) for one in wanted}
        self._editors: dict[str, Editor] = {one.name: one.editor for one in wanted}
        self.drafts = Drafts(kept.desk, self)
        self.kept = KeptLine(self.drafts)
        self.error = ErrorText()
        self.error.hide()
        self.submit = Button(button, icon="check", keys=("Enter",))
        self.submit.clicked.connect(self.send)
        leave = Button("Cancel", "ghost", keys=("Esc",))
        leave.clicked.connect(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(Body(title, strong=True))
        column.addWidget(self.kept)
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(self.submit)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.setAccessibleName(title)
        self._keep()

    def take_focus(self) -> None:
        """Begin at the first field."""
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Do it; a refusal stands beside its field and what was typed is kept."""
        for field in self.fields.values():
            field.set_error("")
        self.error.hide()
        refusal = self._kept.desk.in_one(self._submit)
        if refusal is None:
            self.done.emit()
        elif refusal.field in self.fields:
            self.fields[refusal.field].set_error(refusal.sentence)
            self._editors[refusal.field].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.error.setText(refusal.sentence)
            self.error.show()

    def leave(self) -> None:
        """Close it; what was typed is kept for when it is opened again."""
        self.drafts.flush()
        self._kept.desk.drop_draft(self._kept.report, OPEN)
        self.left.emit()

    def _submit(self) -> Refusal | None:
        refusal = self._answer({name: _text(one) for name, one in self._editors.items()})
        if refusal is None:
            self.drafts.drop(self._fields)
            self._kept.desk.drop_draft(self._kept.report, OPEN)
        return refusal

    def _keep(self) -> None:
        names = {name: one for name, one in self._editors.items() if isinstance(one, QLineEdit)}
        self._fields = tuple(f"{self._kept.name}.{name}" for name in names)
        for field, line in zip(self._fields, names.values(), strict=True):
            self.drafts.keep_line(field, line, WORDS)
            line.textEdited.connect(self._note_open)
        self.drafts.show_report(self._kept.report)

    def _note_open(self) -> None:
        """With the first key it is noted that this form stood open, to open it again."""
        if not self._is_noted:
            self._is_noted = True
            self._kept.desk.save_draft(self._kept.report, OPEN, self._kept.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)


def _text(editor: Editor) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return editor.text().strip()
