"""The THRIVE rows: a letter, a name, the pack's levels and words, worked by keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt
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
from workstation.views.decide.risk_draft import RiskDraft

WORDS_KEY = "W"


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


class ThriveRows(QWidget):
    """Rows of one assessment. Each row's error stands beneath its own levels."""

    def __init__(self, elements: tuple[ThriveElement, ...], draft: RiskDraft) -> None:
        super().__init__()
        self._elements, self._draft = elements, draft
        self.rows: dict[str, Segmented] = {}
        self.errors: dict[str, ErrorText] = {}
        self.words: dict[str, QLineEdit] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for number, element in enumerate(elements):
            self._add(number * 3, element)
        draft.changed.connect(self._show)

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

    def _add(self, line: int, element: ThriveElement) -> None:
        row = Segmented(element.levels, element.name)
        row.chosen.connect(lambda index, e=element: self._draft.set_level(e.key, e.levels[index]))
        set_tip(row, f"{element.prompt} W: write why.")
        name: QLabel = Secondary(element.name)
        name.setWordWrap(False)
        error = ErrorText()
        error.hide()
        self.rows[element.key], self.errors[element.key] = row, error
        self._grid.addWidget(LetterBadge(element.key), line, 0)
        self._grid.addWidget(name, line, 1)
        self._grid.addWidget(row, line, 2)
        self._grid.addWidget(self._line(element), line + 1, 1, 1, 2)
        self._grid.addWidget(error, line + 2, 1, 1, 2)

    def _line(self, element: ThriveElement) -> QLineEdit:
        """Where the words of an element are written; there for what is most serious, or asked."""
        line = self.words[element.key] = QLineEdit()
        line.setAccessibleName(f"Why {element.name} is so")
        line.setPlaceholderText(element.prompt)
        line.setMaxLength(ANY_LENGTH)
        line.textEdited.connect(lambda text, e=element: self._draft.set_words(e.key, text))
        line.hide()
        return line

    def _show(self) -> None:
        levels = self._draft.levels
        for element in self._elements:
            level = levels.get(element.key)
            index = element.levels.index(level) if level in element.levels else None
            self.rows[element.key].set_chosen(index)
            if index is not None:
                self.errors[element.key].hide()
            self._show_words(element, level == element.levels[-1])

    def _show_words(self, element: ThriveElement, is_owed: bool) -> None:
        line, words = self.words[element.key], self._draft.words.get(element.key, "")
        if line.text() != words:
            line.setText(words)
            line.setCursorPosition(0)
        line.setVisible(is_owed or bool(words) or line.hasFocus())


class ThriveField(Field):
    """The rows as a field, so that a refusal of one element stands beneath that element."""

    def __init__(self, rows: ThriveRows) -> None:
        super().__init__("THRIVE", "", rows)
        self.rows = rows
        self.label.hide()
