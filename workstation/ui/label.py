"""Words on the screen. Every label shows plain text and takes its colour from the theme."""

import re
import unicodedata

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from workstation.ui.fonts import BOLD, MEDIUM, REGULAR, mono_font, ui_font
from workstation.ui.theme import DANGER_ROLE, SECONDARY_ROLE, TERTIARY_ROLE
from workstation.ui.tip import plain_tip

_LONG_WORD = re.compile(r"\S{25,}")
_PART = 8
_MAY_BREAK = "\N{ZERO WIDTH SPACE}"
_JOINER = "\N{ZERO WIDTH JOINER}"
_TEXT = QPalette.ColorRole.WindowText


class PlainLabel(QLabel):
    """The base of all labels: plain text always, wrapping unless told not to."""

    def __init__(
        self,
        text: str,
        font: QFont,
        role: QPalette.ColorRole = _TEXT,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font)
        self.setForegroundRole(role)
        self.setWordWrap(wrap)
        self._said = ""
        self.setText(text)

    def setText(self, text: str) -> None:
        """A word longer than a column may be broken, so that it pushes nothing off the page."""
        self._said = text
        super().setText(_LONG_WORD.sub(_breakable, text) if self.wordWrap() else text)

    def text(self) -> str:
        """The words as they were given."""
        return self._said


class Title(PlainLabel):
    """The title of a page (20 px) or, with `px=16`, of a panel."""

    def __init__(self, text: str = "", px: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(text, ui_font(px, BOLD), parent=parent)


class Body(PlainLabel):
    """Ordinary text, 14 px; `strong` for the words that carry the meaning."""

    def __init__(
        self,
        text: str = "",
        strong: bool = False,
        px: int = 14,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        weight = BOLD if strong else REGULAR
        super().__init__(text, ui_font(px, weight), wrap=wrap, parent=parent)


class Secondary(PlainLabel):
    """Supporting text, 13 px, quieter than the body."""

    def __init__(self, text: str = "", wrap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text, ui_font(13), SECONDARY_ROLE, wrap, parent)


class Caption(PlainLabel):
    """The name over a value, 12 px and quiet; `strong` for the name of a field."""

    def __init__(
        self,
        text: str = "",
        strong: bool = False,
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        role = SECONDARY_ROLE if strong else TERTIARY_ROLE
        super().__init__(text, ui_font(12, BOLD if strong else MEDIUM), role, wrap, parent)


class ErrorText(PlainLabel):
    """What is wrong and how to mend it, in the colour kept for that."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, ui_font(13, MEDIUM), DANGER_ROLE, parent=parent)


class Code(PlainLabel):
    """A reference, plate, postcode or telephone number: fixed width, slashed zero, selectable."""

    def __init__(self, text: str = "", px: int = 13, parent: QWidget | None = None) -> None:
        super().__init__(text, mono_font(px), SECONDARY_ROLE, wrap=False, parent=parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


class ElidedLabel(PlainLabel):
    """One line that shortens when it must and then says the whole in its tooltip.

    Never for words that keep someone safe: those wrap.
    """

    def __init__(
        self, text: str = "", font: QFont | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, font or ui_font(14), wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def is_elided(self) -> bool:
        """Whether the text does not fit just now."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tip = plain_tip(self.text()) if self.is_elided() else ""
        if tip != self.toolTip():
            self.setToolTip(tip)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        room = self.contentsRect()
        fitted = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(self.alignment().value), fitted)


def _breakable(word: re.Match[str]) -> str:
    """The word with places where a line may end, never between a character and its marks."""
    parts, since = [], 0
    for char in word[0]:
        if since >= _PART and not unicodedata.combining(char) and char != _JOINER:
            parts.append(_MAY_BREAK)
            since = 0
        parts.append(char)
        since += char != _JOINER
    return "".join(parts)
