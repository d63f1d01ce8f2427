"""Form parts: a labelled field with its own error, and the summary of what is wrong.

The words at the field and in the summary are the same; what was typed is kept.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.fonts import BOLD, ui_font
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, ErrorText
from workstation.ui.paint import paint_box, paint_focus
from workstation.ui.theme import current


class Field(QWidget):
    """A label, a hint at the right, an editor, and below it what is wrong."""

    def __init__(
        self, label: str, hint: str, editor: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self.label = Caption(label, strong=True)
        self.label.setBuddy(editor)
        self.hint = Caption(hint)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
        if not hint:
            self.hint.hide()
        self.error = ErrorText()
        self.error.hide()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.label, 1)
        head.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(editor)
        column.addWidget(self.error)
        editor.setAccessibleName(editor.accessibleName() or label)
        editor.setAccessibleDescription(hint)

    def set_error(self, text: str) -> None:
        """Say what is wrong, or with no text that nothing is."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        hint = self.hint.text()
        self.editor.setAccessibleDescription(f"Error: {text}. {hint}" if text else hint)
        invalid = "true" if text else "false"
        if (self.editor.property("invalid") or "false") != invalid:
            self.editor.setProperty("invalid", invalid)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


class LinkButton(QPushButton):
    """A sentence that takes the person to what it speaks of; it wraps, never shortens."""

    def __init__(self, text: str, tone: str = "danger", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone = text, tone
        font = ui_font(14, BOLD)
        font.setUnderline(True)
        self.setFont(font)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        flags = int(Qt.TextFlag.TextWordWrap.value)
        words = self.fontMetrics().boundingRect(0, 0, width - 4, 10_000, flags, self._words)
        return max(24, words.height() + 4)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 6, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.hasFocus():
            paint_focus(painter, rect, 4, tokens.focus)
        painter.setFont(self.font())
        painter.setPen(QColor(tokens.tone(self._tone).text))
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value
        painter.drawText(rect.adjusted(2, 0, -2, 0), int(flags), self._words)


class ErrorSummary(QWidget):
    """ "There is a problem": how many things, and a link to each field. It takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = Body("There is a problem", strong=True)
        self.count = Body("")
        self._fields: list[Field] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel("circle-alert", "danger"))
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.count)
        self._links = QVBoxLayout()
        self._links.setSpacing(2)
        column.addLayout(self._links)
        self.hide()

    def show_errors(self, errors: Sequence[tuple[Field, str]], to_do: str = "go on") -> None:
        """Show what is wrong here and at each field, and take the focus; none clears it all."""
        self.clear()
        if not errors:
            return
        things = "1 thing" if len(errors) == 1 else f"{len(errors)} things"
        self.count.setText(f"{things} to fix before you can {to_do}.")
        for field, text in errors:
            field.set_error(text)
            self._fields.append(field)
            self._links.addWidget(self._link(field, text))
        self.setAccessibleName(f"{self.title.text()}. {self.count.text()}")
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear(self) -> None:
        """Take every error away."""
        for field in self._fields:
            field.set_error("")
        self._fields.clear()
        for link in self.links():
            self._links.removeWidget(link)
            link.hide()
            link.setParent(None)
            link.deleteLater()
        self.hide()

    def links(self) -> list[LinkButton]:
        """The links, one for each error."""
        return self.findChildren(LinkButton)

    def labels(self) -> list[QLabel]:
        """The plain sentences shown."""
        return [self.title, self.count]

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_box(painter, rect, 6, tokens.danger_bg)
        painter.fillRect(QRectF(0, 0, 3, rect.height()), QColor(tokens.danger))
        if self.hasFocus():
            paint_focus(painter, rect, 6, tokens.focus)

    def _link(self, field: Field, text: str) -> LinkButton:
        link = LinkButton(text)
        link.clicked.connect(lambda: field.editor.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return link
