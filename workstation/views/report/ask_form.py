"""A few fields inside the page for an act that needs a reason: never a dialog over the work."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.refusal import Refusal
from workstation.ui.button import Button
from workstation.ui.form import Field
from workstation.ui.label import Body, ErrorText
from workstation.ui.surface import Surface

Editor = QLineEdit | QComboBox


class Wanted(Struct, frozen=True):
    """One field of the form."""

    name: str
    label: str
    editor: Editor
    hint: str = ""


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
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("raised", 8, parent)
        self._answer = answer
        self.fields = {one.name: Field(one.label, one.hint, one.editor) for one in wanted}
        self._editors: dict[str, Editor] = {one.name: one.editor for one in wanted}
        self.error = ErrorText()
        self.error.hide()
        self.submit = Button(button, icon="check", keys=("Enter",))
        self.submit.clicked.connect(self.send)
        leave = Button("Cancel", "ghost", keys=("Esc",))
        leave.clicked.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(Body(title, strong=True))
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.addWidget(self.submit)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)
        self.setAccessibleName(title)

    def take_focus(self) -> None:
        """Begin at the first field."""
        next(iter(self._editors.values())).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Do it; a refusal stands beside its field and what was typed is kept."""
        for field in self.fields.values():
            field.set_error("")
        self.error.hide()
        refusal = self._answer({name: _text(one) for name, one in self._editors.items()})
        if refusal is None:
            self.done.emit()
        elif refusal.field in self.fields:
            self.fields[refusal.field].set_error(refusal.sentence)
            self._editors[refusal.field].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.error.setText(refusal.sentence)
            self.error.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.send()
        else:
            super().keyPressEvent(event)


def _text(editor: Editor) -> str:
    if isinstance(editor, QComboBox):
        return str(editor.currentData() or "")
    return editor.text().strip()
