"""A column of sections of which one is open, so that a panel asks one thing at a time."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.keycap import key_caps_width, paint_key_caps
from workstation.ui.paint import paint_box, paint_focus, paint_text
from workstation.ui.surface import Surface
from workstation.ui.theme import current
from workstation.ui.tip import set_tip
from workstation.ui.tokens import Tokens


class SectionHeader(QPushButton):
    """The button that opens a section: icon, title, caption, key cap and an arrow."""

    def __init__(
        self, icon: str, title: str, caption: str, keys: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.icon_name, self.title, self.caption = icon, title, caption
        self._keys = tuple(keys)
        self.is_open = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.tell()

    def tell(self) -> None:
        """Bring what a screen reader hears, and the size, up to date."""
        self.setAccessibleName(f"{self.title}, {'open' if self.is_open else 'closed'}")
        set_tip(self, "" if self.isEnabled() else self.caption)
        self.setAccessibleDescription(self.caption)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(44 if self.is_open or not self.caption else 56))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() and self.isEnabled() and not self.is_open:
            paint_box(painter, rect, 7, tokens.hover)
        if self.hasFocus():
            paint_focus(painter, rect, 7, tokens.focus)
        middle = rect.center().y()
        ink = tokens.accent if self.is_open else tokens.text2
        paint_icon(painter, self.icon_name, ink, QRectF(15, round(middle - 8), 16, 16))
        arrow = "chevron-down" if self.is_open else "chevron-right"
        place = QRectF(rect.right() - 29, round(middle - 8), 16, 16)
        paint_icon(painter, arrow, tokens.text2, place)
        paint_key_caps(
            painter, rect.right() - 40, middle, self._keys, tokens.text2, tokens.line_strong
        )
        room = rect.right() - 50 - key_caps_width(self._keys)
        self._paint_words(painter, QRectF(44, rect.top(), room - 44, rect.height()), tokens)

    def _paint_words(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None:
        ink = tokens.text if self.isEnabled() else tokens.text2
        if self.is_open or not self.caption:
            paint_text(painter, room, self.title, ui_font(14, BOLD), ink)
            return
        line = scaled(18)
        top = QRectF(room.left(), room.center().y() - line, room.width(), line)
        paint_text(painter, top, self.title, ui_font(14, BOLD), ink)
        below = top.translated(0, line)
        paint_text(painter, below, self.caption, ui_font(13), tokens.text2)


class AccordionSection(Surface):
    """One section: its header and the body shown while it is open."""

    def __init__(self, header: tuple[str, str, str, Sequence[str]], body: QWidget) -> None:
        super().__init__("raised", 8)
        self.body = body
        self.header = SectionHeader(*header, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(body)
        body.setContentsMargins(14, 0, 14, 14)
        body.hide()

    def set_words(self, title: str, caption: str, icon: str = "") -> None:
        """Change what the header says."""
        self.header.title, self.header.caption = title, caption
        self.header.icon_name = icon or self.header.icon_name
        self.header.tell()

    def set_enabled_because(self, enabled: bool, caption: str) -> None:
        """Enable, or disable and say why in the caption."""
        self.header.setEnabled(enabled)
        self.header.caption = caption
        self.header.tell()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the body."""
        self.header.is_open = is_open
        self.header.tell()
        self.body.setVisible(is_open)


class Accordion(QWidget):
    """The sections; `opened(int)` tells which one the person opened, -1 when all are closed.

    It takes the height its wrapped words need; whoever places it puts the stretch below it.
    """

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._sections: list[AccordionSection] = []

    @property
    def sections(self) -> tuple[AccordionSection, ...]:
        """The sections in their order."""
        return tuple(self._sections)

    @property
    def open_index(self) -> int:
        """Which section is open, or -1."""
        return next((n for n, part in enumerate(self._sections) if part.header.is_open), -1)

    def add_section(
        self, icon: str, title: str, caption: str, body: QWidget, keys: Sequence[str] = ()
    ) -> AccordionSection:
        """Add a section at the end, closed."""
        section = AccordionSection((icon, title, caption, keys), body)
        index = len(self._sections)
        section.header.clicked.connect(lambda: self._toggle(index))
        self._sections.append(section)
        self._column.addWidget(section)
        return section

    def open(self, index: int) -> None:
        """Open one section and close the others; -1 closes all. Disabled ones stay closed."""
        if index >= 0 and not self._sections[index].header.isEnabled():
            return
        if index == self.open_index:
            return
        for number, section in enumerate(self._sections):
            section.set_open(number == index)
        self.opened.emit(index)

    def _toggle(self, index: int) -> None:
        self.open(-1 if index == self.open_index else index)
