"""Lists of rows painted by a delegate: few widgets, cached text, section headers, focus ring.

A row never shows markup: text is drawn as it is. Screen readers hear the model's
AccessibleTextRole, so a model returns the whole row in words there.
"""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QStaticText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.paint import paint_box, paint_focus
from workstation.ui.theme import current
from workstation.ui.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag
_KEPT = 4_000


@dataclass(frozen=True)
class Section:
    """The heading over a run of rows."""

    text: str
    count: str = ""
    tone: str = "neutral"
    icon: str = ""


@dataclass(frozen=True)
class RowState:
    """How a row stands; supporting text takes `quiet`, which holds on a lit row too."""

    selected: bool
    hovered: bool
    tokens: Tokens

    @property
    def quiet(self) -> str:
        """The colour for supporting text on this row."""
        return self.tokens.text2 if self.selected or self.hovered else self.tokens.text3


class RowDelegate(QStyledItemDelegate):
    """Paints a row's ground, heading, divider and focus ring; a subclass paints its content."""

    row_height = 60
    header_height = 32
    side_margin = 8
    divided = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[tuple[str, str, int], QStaticText] = {}

    def section(self, index: Index) -> Section | None:
        """The section a row belongs to; it is headed where it differs from the row before."""
        return None

    def height_of(self, index: Index) -> int:
        """How tall a row is, without its heading."""
        return scaled(self.row_height)

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, state: RowState) -> None:
        """Paint what the row says."""
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        self.draw_text(painter, rect, words, ui_font(14), state.tokens.text)

    def heading(self, index: Index) -> Section | None:
        """The heading to paint above this row, if it begins a section."""
        section = self.section(index)
        if section is None or index.row() == 0:
            return section
        before = self.section(index.sibling(index.row() - 1, index.column()))
        return None if before is not None and before.text == section.text else section

    def is_headed(self, index: Index) -> bool:
        """Whether a heading stands above this row; asked of every row as they are laid out."""
        return self.heading(index) is not None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        extra = scaled(self.header_height) if self.is_headed(index) else 0
        return QSize(120, self.height_of(index) + extra)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect = QRectF(option.rect)
        heading = self.heading(index)
        if heading is not None:
            tall = scaled(self.header_height)
            head = QRectF(rect.left(), rect.top(), rect.width(), tall)
            self.paint_heading(painter, head.adjusted(self.side_margin + 8, 0, -8, 0), heading)
            rect.setTop(rect.top() + tall)
        self._paint_ground(painter, rect, option, index)
        painter.restore()

    def paint_heading(self, painter: QPainter, rect: QRectF, section: Section) -> None:
        """Paint a section's heading."""
        ink = current().tone(section.tone).text
        if section.icon:
            place = QRectF(rect.left(), round(rect.center().y() - 7), 14, 14)
            paint_icon(painter, section.icon, ink, place)
            rect = rect.adjusted(22, 0, 0, 0)
        self.draw_text(painter, rect, f"{section.text}  {section.count}", ui_font(12, BOLD), ink)

    def draw_text(
        self, painter: QPainter, rect: QRectF, text: str, font: QFont, colour: str
    ) -> float:
        """Draw one line, shortened to fit, centred in height; returns the width drawn."""
        kept = self._static(text, font, int(rect.width()))
        size = kept.size()
        painter.setFont(font)
        painter.setPen(QColor(colour))
        top = rect.top() + (rect.height() - size.height()) / 2
        painter.drawStaticText(QPointF(rect.left(), top), kept)
        return size.width()

    def _static(self, text: str, font: QFont, width: int) -> QStaticText:
        key = (text, font.key(), width)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            line = " ".join(text.split("\n"))
            fitted = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, width)
            kept = QStaticText(fitted)
            kept.setTextFormat(Qt.TextFormat.PlainText)
            kept.prepare(font=font)
            self._kept[key] = kept
        return kept

    def _paint_ground(
        self, painter: QPainter, rect: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        tokens = current()
        flags = option.state
        state = RowState(
            bool(flags & _State.State_Selected), bool(flags & _State.State_MouseOver), tokens
        )
        box = rect.adjusted(self.side_margin, 0, -self.side_margin, -1)
        if state.selected:
            paint_box(painter, box, 6, tokens.selected)
            painter.fillRect(
                QRectF(box.left(), box.top() + 2, 3, box.height() - 4), QColor(tokens.accent)
            )
        elif state.hovered:
            paint_box(painter, box, 6, tokens.hover)
        elif self.divided:
            line = QRectF(box.left() + 28, rect.bottom() - 1, box.width() - 36, 1)
            painter.fillRect(line, QColor(tokens.line))
        self.paint_row(painter, box.adjusted(10, 0, -10, 0), index, state)
        view = option.widget
        keyed = isinstance(view, QAbstractItemView) and view.hasFocus()
        if keyed and flags & _State.State_HasFocus:
            paint_focus(painter, box, 6, tokens.focus)


class RowList(QListView):
    """A list for a RowDelegate. J and K move; Enter opens; Space looks; letters stay free."""

    opened = Signal(QModelIndex)
    looked = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.viewport().setAutoFillBackground(False)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        key = event.key()
        if plain and key in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.move_by(1 if key == Qt.Key.Key_J else -1)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        elif plain and key == Qt.Key.Key_Space:
            self.looked.emit(self.currentIndex())
        elif plain and event.text().isalnum():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def move_by(self, step: int) -> None:
        """Make the next or the previous row the current one."""
        model = self.model()
        if model is None or model.rowCount() == 0:
            return
        row = min(max(self.currentIndex().row() + step, 0), model.rowCount() - 1)
        self.setCurrentIndex(model.index(row, 0))
