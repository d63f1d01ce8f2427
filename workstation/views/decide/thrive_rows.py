"""The THRIVE rows: a letter, a name, the pack's levels and words, worked by keyboard."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from workstation.domain.pack import ThriveElement
from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.form import Field
from workstation.ui.label import ErrorText, Secondary
from workstation.ui.paint import CENTRE, paint_box, paint_text
from workstation.ui.segmented import Segmented
from workstation.ui.theme import current
from workstation.ui.tip import set_tip
from workstation.views.decide.drafts import ANY_LENGTH
from workstation.views.decide.risk_draft import UNREAD, RiskDraft

WORDS_KEY = "W"
NO_MORE = "No longer asked: goes as a note, or clear it"
NOT_READ = "Cannot be read: goes as a note, or clear it"


class LetterBadge(QWidget):
    """The letter of an element, which is also the key that jumps to it."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(22), scaled(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, rect = current(), QRectF(self.rect())
        painter = QPainter(self)
        paint_box(painter, rect, 4, tokens.accent_fill)
        paint_text(painter, rect, self._letter, ui_font(13, BOLD), tokens.on_accent, CENTRE)


@dataclass(frozen=True)
class _Row:
    """The parts of one element; without levels it is one that the pack has no more."""

    element: ThriveElement
    badge: LetterBadge
    name: QLabel
    choice: Segmented | None
    words: QLineEdit
    error: ErrorText

    @property
    def parts(self) -> tuple[QWidget, ...]:
        levels = (self.choice,) if self.choice is not None else ()
        return (self.badge, self.name, *levels, self.words, self.error)


class ThriveRows(QWidget):
    """Rows of one assessment. Each row's error stands beneath its own levels.

    `made(QLineEdit)`: the pack brought an element, whose words are written here.
    """

    made = Signal(object)

    def __init__(self, draft: RiskDraft) -> None:
        super().__init__()
        self._draft = draft
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._renew()
        draft.changed.connect(self._show)

    @property
    def rows(self) -> dict[str, Segmented]:
        """The levels of each element."""
        return {key: row.choice for key, row in self._rows.items() if row.choice is not None}

    @property
    def words(self) -> dict[str, QLineEdit]:
        """Where the words of each element are written."""
        return {key: row.words for key, row in self._rows.items()}

    @property
    def errors(self) -> dict[str, ErrorText]:
        """What is wrong with each element."""
        return {key: row.error for key, row in self._rows.items()}

    def focus_row(self, letter: str) -> bool:
        """Jump to the row of a letter; W goes from a row to its words."""
        if letter == WORDS_KEY:
            return self._focus_words()
        if letter not in self.rows:
            return False
        self.rows[letter].focus_choice()
        return True

    def _focus_words(self) -> bool:
        focus = QApplication.focusWidget()
        for key, row in self.rows.items():
            if focus is not None and row.isAncestorOf(focus):
                self.words[key].show()
                self.words[key].setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return False

    def show_error(self, key: str, sentence: str) -> None:
        """Say beneath a row what is wrong with it, and go there."""
        self.errors[key].setText(sentence)
        self.errors[key].show()
        if self.words[key].isHidden():
            self.focus_row(key)
        else:
            self.words[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_errors(self) -> None:
        """Take every error away."""
        for error in self.errors.values():
            error.hide()

    def _renew(self) -> None:
        """Rows for the elements in force, and for words of others; what is the same stays."""
        others = map(_other, self._other_keys())
        wanted = {one.key: one for one in (*self._draft.elements, *others)}
        if list(wanted.values()) == [row.element for row in self._rows.values()]:
            return
        kept = {key: row for key, row in self._rows.items() if row.element == wanted.get(key)}
        for key, row in self._rows.items():
            self._lift(row, is_gone=key not in kept)
        self._rows = {key: kept.get(key) or self._new(one) for key, one in wanted.items()}
        for number, row in enumerate(self._rows.values()):
            self._place(number * 3, row)

    def _other_keys(self) -> tuple[str, ...]:
        """What is cleared goes when the keyboard has left it."""
        rows = ((key, row) for key, row in self._rows.items() if row.choice is None)
        held = (key for key, row in rows if row.words.hasFocus())
        return tuple(dict.fromkeys((*self._draft.rest, *held)))

    def _lift(self, row: _Row, is_gone: bool) -> None:
        for part in row.parts:
            self._grid.removeWidget(part)
            if is_gone:
                part.hide()
                part.deleteLater()

    def _place(self, line: int, row: _Row) -> None:
        self._grid.addWidget(row.badge, line, 0)
        self._grid.addWidget(row.name, line, 1, 1, 1 if row.choice is not None else 2)
        if row.choice is not None:
            self._grid.addWidget(row.choice, line, 2)
        self._grid.addWidget(row.words, line + 1, 1, 1, 2)
        self._grid.addWidget(row.error, line + 2, 1, 1, 2)

    def _new(self, element: ThriveElement) -> _Row:
        name: QLabel = Secondary(element.name)
        name.setWordWrap(False)
        error = ErrorText()
        error.hide()
        badge, words = LetterBadge(element.key), self._line(element)
        self.made.emit(words)
        return _Row(element, badge, name, self._choice(element), words, error)

    def _choice(self, element: ThriveElement) -> Segmented | None:
        if not element.levels:
            return None
        row = Segmented(element.levels, element.name)
        row.chosen.connect(lambda index, e=element: self._draft.set_level(e.key, e.levels[index]))
        set_tip(row, f"{element.prompt} W: write why.")
        return row

    def _line(self, element: ThriveElement) -> QLineEdit:
        """Where the words of an element are written; there for what is most serious, or asked."""
        line = QLineEdit()
        line.setAccessibleName(f"Why {element.name} is so" if element.levels else element.name)
        line.setPlaceholderText(element.prompt)
        line.setMaxLength(ANY_LENGTH)
        line.textEdited.connect(lambda text, e=element: self._draft.set_words(e.key, text))
        line.hide()
        return line

    def _show(self) -> None:
        self._renew()
        levels = self._draft.levels
        for key, row in self._rows.items():
            level, known = levels.get(key), row.element.levels
            if row.choice is not None:
                row.choice.set_chosen(known.index(level) if level in known else None)
            if level in known:
                row.error.hide()
            self._show_words(row, not known or level == known[-1])

    def _show_words(self, row: _Row, is_owed: bool) -> None:
        line, key = row.words, row.element.key
        words = (self._draft.words | self._draft.rest).get(key, "")
        if line.text() != words:
            line.setText(words)
            line.setCursorPosition(0)
        line.setVisible(is_owed or bool(words) or line.hasFocus())


def _other(key: str) -> ThriveElement:
    """What stands for words on no element of the pack; without levels to choose."""
    return ThriveElement(key, NOT_READ if key == UNREAD else NO_MORE, (), "")


class ThriveField(Field):
    """The rows as a field, so that a refusal of one element stands beneath that element."""

    def __init__(self, rows: ThriveRows) -> None:
        super().__init__("THRIVE", "", rows)
        self.rows = rows
        self.label.hide()
