"""A few fields inside the page for an act that needs a reason: never a dialog over the work."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.desk import Desk
from workstation.domain.limits import WORDS
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.label import Body, ErrorText
from workstation.ui.surface import Surface
from workstation.ui.text_area import TextArea
from workstation.views.decide.drafts import Drafts
from workstation.views.decide.kept_line import KeptLine

Editor = QLineEdit | TextArea | QComboBox
OPEN = "choice.form"
STACKED, PAIRED = 3, 6


class Wanted(Struct, frozen=True):
    """One field of the form; `stood` is what it says before anybody types, `most` its limit."""

    name: str
    label: str
    editor: Editor
    hint: str = ""
    stood: str = ""
    most: int = WORDS


class Keeping(Struct, frozen=True):
    """Where what is typed in a form is kept: on whose desk, of which report, under what name."""

    desk: Desk
    report: ReportId
    name: str


class AskForm(Surface):
    """`answer` gets what was typed by name and says no with a refusal, or takes it.

    `takes_page`: the report below makes room for it.
    """

    done = Signal()
    left = Signal()
    takes_page: ClassVar[bool] = False

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
        self._before: QWidget | None = None
        self._fields: tuple[str, ...] = ()
        self._stood: dict[str, Wanted] = {}
        self.fields = {one.name: Field(one.label, one.hint, one.editor) for one in wanted}
        self._editors: dict[str, Editor] = {one.name: one.editor for one in wanted}
        self.title = Body(title, strong=True)
        self.drafts = Drafts(kept.desk, self)
        self.kept = KeptLine(self.drafts)
        self.error = ErrorText()
        self.error.hide()
        is_long = any(isinstance(one.editor, TextArea) for one in wanted)
        self.submit = Button(
            button, icon="check", keys=("Ctrl", "Enter") if is_long else ("Enter",)
        )
        self.submit.clicked.connect(self.send)
        leave = Button("Cancel", "ghost", keys=("Esc",))
        leave.clicked.connect(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.kept)
        column.addLayout(_laid_out(list(self.fields.values())))
        column.addWidget(self.error)
        self.row = QHBoxLayout()
        self.row.addWidget(self.submit)
        self.row.addWidget(leave)
        self.row.addStretch(1)
        column.addLayout(self.row)
        self.setAccessibleName(title)
        self._keep(wanted)

    @property
    def name(self) -> str:
        """Under what name it is opened, and keeps what is typed."""
        return self._kept.name

    def take_focus(self) -> None:
        """Begin at the first field, behind what stands in it."""
        self._before = self.window().focusWidget()
        first = next(iter(self._editors.values()))
        if isinstance(first, TextArea):
            first.moveCursor(QTextCursor.MoveOperation.End)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_focus_back(self, otherwise: QWidget) -> None:
        """The keyboard goes where it was before this form, as far as that is still on screen."""
        focused, before = self.window().focusWidget(), self._before
        if focused is None or not self.isAncestorOf(focused):
            return
        is_there = before is not None and isValid(before) and before.isVisible()
        back = before if before is not None and is_there else otherwise
        back.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _keep(self, wanted: Sequence[Wanted]) -> None:
        """What is typed is kept; where nothing is, the form says what stood."""
        self._stood = {f"{self._kept.name}.{one.name}": one for one in wanted if _is_text(one)}
        self._fields = tuple(self._stood)
        for field, one in self._stood.items():
            if isinstance(one.editor, QLineEdit):
                self.drafts.keep_line(field, one.editor, one.most, stood=partial(str, one.stood))
                one.editor.textEdited.connect(self._note_open)
            elif isinstance(one.editor, TextArea):
                self.drafts.keep_area(field, one.editor, one.most, stood=partial(str, one.stood))
                one.editor.edited.connect(self._note_open)
        self.drafts.rewritten.connect(self._say_what_stood)
        self.drafts.show_report(self._kept.report)
        self._say_what_stood()

    def _say_what_stood(self) -> None:
        for field, one in self._stood.items():
            if one.stood and not self.drafts.has(field):
                _write(one.editor, one.stood)

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


def _laid_out(fields: Sequence[Field]) -> QGridLayout:
    """One below the other; many stand two or three to a row, so that the page keeps its room."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    abreast = 1 + (len(fields) > STACKED) + (len(fields) > PAIRED)
    for number, field in enumerate(fields):
        grid.addWidget(field, number // abreast, number % abreast, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(number % abreast, 1)
    return grid


def _text(editor: Editor) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return (editor.text if isinstance(editor, TextArea) else editor.text()).strip()


def _write(editor: Editor, text: str) -> None:
    if isinstance(editor, TextArea):
        editor.set_text(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def _is_text(one: Wanted) -> bool:
    return not isinstance(one.editor, QComboBox)
