"""Options that need a sentence each, as cards with a radio mark and a key letter."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.choice import Choice, ChoiceGroup
from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.keycap import paint_key_caps
from workstation.ui.paint import paint_box, paint_focus, paint_text
from workstation.ui.theme import current
from workstation.ui.tip import plain_tip, set_tip
from workstation.ui.tokens import Tokens

_SIDE = 38  # the radio mark at the left, the key cap at the right
_WRAPPED = int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignVCenter.value)


@dataclass(frozen=True)
class CardOption:
    """One card: `key` is what is signalled, `letter` is the key that chooses it."""

    key: str
    title: str
    caption: str = ""
    letter: str = ""
    why_disabled: str = ""


class RadioCard(Choice):
    """One card."""

    def __init__(self, option: CardOption, parent: QWidget | None = None) -> None:
        super().__init__(option.title, option.letter, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_option(option)

    def show_option(self, option: CardOption) -> None:
        """Offer this from now on."""
        self.option, self.letter = option, option.letter
        self.setAccessibleName(option.title)
        self.setEnabled(not option.why_disabled)
        set_tip(self, option.why_disabled or option.caption)
        self.setToolTip(plain_tip(option.why_disabled))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(50 if self._caption() else 38))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self.sizeHint().height() + self._title_height(width) - self._line()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = current()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        paint_box(painter, rect, 6, *self._box(tokens))
        if self.hasFocus() or self.isChecked():
            ring = tokens.focus if self.hasFocus() else tokens.accent
            paint_focus(painter, rect, 6, ring)
        self._paint_radio(painter, QPointF(20, rect.center().y()), tokens)
        self._paint_words(painter, rect.adjusted(_SIDE, 7, -_SIDE, -7), tokens)
        if self.letter:
            keys, middle = [self.letter.upper()], rect.center().y()
            paint_key_caps(
                painter, rect.right() - 10, middle, keys, tokens.text2, tokens.line_strong
            )

    def _caption(self) -> str:
        return self.option.why_disabled or self.option.caption

    def _box(self, tokens: Tokens) -> tuple[str, str]:
        if self.isChecked():
            return tokens.selected, tokens.accent
        lit = self.underMouse() and self.isEnabled()
        return (tokens.hover if lit else tokens.sunken), tokens.line

    def _paint_radio(self, painter: QPainter, middle: QPointF, tokens: Tokens) -> None:
        ink = QColor(tokens.accent if self.isChecked() else tokens.line_strong)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawEllipse(middle, 7, 7)
        if self.isChecked():
            painter.setBrush(ink)
            painter.drawEllipse(middle, 3, 3)

    def _paint_words(self, painter: QPainter, room: QRectF, tokens: Tokens) -> None:
        ink = tokens.text if self.isEnabled() else tokens.text3
        if not self._caption():
            painter.setFont(ui_font(14, BOLD))
            painter.setPen(QColor(ink))
            painter.drawText(room, _WRAPPED, self.option.title)
            return
        title_height = self._title_height(self.width())
        half = (room.height() - title_height + self._line()) / 2
        top = QRectF(room.left(), room.top(), room.width(), half + title_height - self._line())
        painter.setFont(ui_font(14, BOLD))
        painter.setPen(QColor(ink))
        painter.drawText(top, _WRAPPED, self.option.title)
        below = QRectF(room.left(), top.bottom(), room.width(), half)
        quiet = tokens.text2 if self.isEnabled() else tokens.text3
        paint_text(painter, below, self._caption(), ui_font(12), quiet)

    def _line(self) -> int:
        return round(QFontMetricsF(ui_font(14, BOLD)).lineSpacing())

    def _title_height(self, width: int) -> int:
        """A name too long for one line goes on in the next."""
        room = QRectF(0, 0, width - 2 * _SIDE, 10_000)
        words = QFontMetricsF(ui_font(14, BOLD)).boundingRect(room, _WRAPPED, self.option.title)
        return max(self._line(), round(words.height()))


class RadioCards(ChoiceGroup):
    """A column of cards; `chosen(str)` tells the key of the person's choice."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[CardOption], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self._options: tuple[CardOption, ...] = ()
        self._cards: list[RadioCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.picked.connect(lambda index: self.chosen.emit(self._options[index].key))
        self.deal(options)

    def deal(self, options: Sequence[CardOption]) -> None:
        """Offer these in place of what was offered, none of them chosen; a card serves again."""
        self._options = tuple(options)
        while len(self._cards) > len(options):
            self._remove(self._cards.pop())
        for card, option in zip(self._cards, options, strict=False):
            card.setVisible(True)
            if card.option != option:
                card.show_option(option)
        for option in options[len(self._cards) :]:
            card = RadioCard(option, self)
            self._cards.append(card)
            self._column.addWidget(card)
            self._add(card)
        self.set_chosen(None)

    @property
    def chosen_key(self) -> str | None:
        """The key of the chosen card, or None."""
        index = self.chosen_index
        return None if index is None else self._options[index].key

    def set_chosen_key(self, key: str | None) -> None:
        """Show a card as chosen without telling anyone, or none."""
        keys = [option.key for option in self._options]
        self.set_chosen(keys.index(key) if key in keys else None)
