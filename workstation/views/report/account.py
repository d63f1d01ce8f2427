"""What they told us, in their words: risk phrases bold, underlined and tinted, three codes each.

Nothing matched is never shown as no risk.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from workstation.domain.report import MarkedPhrase
from workstation.ui.card import Card
from workstation.ui.fonts import BOLD, ui_font
from workstation.ui.label import Caption
from workstation.ui.theme import current
from workstation.views.literal import literal, place_in_literal
from workstation.views.parts import Part, parts_of, without_last_end
from workstation.views.report.in_parts import InParts

NOTHING_MATCHED = "No risk phrase matched. That is not the same as no risk."


class AccountText(QTextEdit):
    """Plain text that can be selected and read aloud, as tall as it needs to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(ui_font(15))
        self.setAccessibleName("What they told us")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self._text, self._marks = "", ()  # type: tuple[str, tuple[MarkedPhrase, ...]]

    def show_account(self, text: str, marks: Sequence[MarkedPhrase]) -> None:
        """Show an account with these phrases marked; nothing happens when it is the same."""
        if (text, tuple(marks)) == (self._text, self._marks) and not self.document().isEmpty():
            return
        self._text, self._marks = text, tuple(marks)
        self.setPlainText(literal(text))
        self._paint_marks()
        self._fit()

    def marked_words(self) -> list[str]:
        """The words that stand out, as shown."""
        return [self._selection(mark).selectedText() for mark in self._marks]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._text:
            self._paint_marks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def _fit(self) -> None:
        tall = round(self.document().size().height()) + 2
        if tall != self.height():
            self.setFixedHeight(tall)

    def _paint_marks(self) -> None:
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        whole.mergeBlockFormat(lines)
        plain = QTextCharFormat()
        plain.setForeground(QColor(current().text))
        whole.setCharFormat(plain)
        for mark in self._marks:
            self._selection(mark).mergeCharFormat(_standing_out())

    def _selection(self, mark: MarkedPhrase) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        start = min(place_in_literal(self._text, mark.start), last)
        end = min(place_in_literal(self._text, mark.end), last)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor


class AccountCard(Card):
    """The account with its heading, and what was or was not matched in it.

    A very long one shows its first part; the button under it says what is further down.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What they told us", parent=parent)
        self.text = AccountText(self)
        self.parts = InParts(self.text, _further_text)
        self.note = Caption("")
        self._told: tuple[str, tuple[MarkedPhrase, ...]] | None = None
        self.body.addWidget(self.parts)
        self.body.addWidget(self.note)

    def show_account(self, text: str, marks: Sequence[MarkedPhrase]) -> None:
        """Show the account; the note under it names what was matched, or that nothing was."""
        if (text, tuple(marks)) == self._told:
            return
        self._told = (text, tuple(marks))
        first, *rest = parts_of(text, marks)
        self.text.show_account(without_last_end(first) if rest else first.text, first.marks)
        self.parts.set_rest(rest)
        if not marks:
            self.set_trailing("Nothing matched", "info")
            self.note.setText(NOTHING_MATCHED)
            return
        phrases = "1 risk phrase" if len(marks) == 1 else f"{len(marks)} risk phrases"
        self.set_trailing(phrases, "flag", "warn")
        kinds = ", ".join(dict.fromkeys(mark.kind for mark in marks))
        self.note.setText(f"Marked: {kinds}. There may be more: read it all.")


def _further_text(part: Part) -> AccountText:
    text = AccountText()
    text.show_account(without_last_end(part), part.marks)
    return text


def _standing_out() -> QTextCharFormat:
    kind = QTextCharFormat()
    kind.setFontWeight(QFont.Weight(BOLD))
    kind.setFontUnderline(True)
    kind.setBackground(QColor(current().mark))
    kind.setForeground(QColor(current().text))
    return kind
