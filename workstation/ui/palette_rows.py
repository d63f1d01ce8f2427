"""The rows of the command palette: what they hold, and how they are matched and painted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter

from workstation.ui.fonts import BOLD, scaled, ui_font
from workstation.ui.icons import paint_icon
from workstation.ui.keycap import key_caps_width, paint_key_caps
from workstation.ui.list_base import Index, RowDelegate, RowState, Section

ENTRY = Qt.ItemDataRole.UserRole + 1
GROUP = Qt.ItemDataRole.UserRole + 2
_ROOT = QModelIndex()


@dataclass(frozen=True)
class PaletteEntry:
    """One thing the palette can do. A disabled one stays in sight and says why."""

    text: str
    detail: str = ""
    keys: tuple[str, ...] = ()
    enabled: bool = True
    why_disabled: str = ""
    run: Callable[[], None] | None = None
    icon: str = "command"


@dataclass(frozen=True)
class PaletteGroup:
    """Entries under one heading; groups are shown in the order given."""

    title: str
    entries: tuple[PaletteEntry, ...]


def matched_spans(text: str, typed: str) -> list[tuple[int, int]]:
    """Where the typed words stand in a text, as (start, length), in order and not overlapping."""
    folded = text.casefold()
    if len(folded) != len(text):
        return []
    spans: list[tuple[int, int]] = []
    for word in dict.fromkeys(typed.casefold().split()):
        start = folded.find(word)
        if start >= 0 and all(start >= a + n or start + len(word) <= a for a, n in spans):
            spans.append((start, len(word)))
    return sorted(spans)


def runs_of(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut into runs, each bold or not."""
    runs: list[tuple[str, bool]] = []
    place = 0
    for start, length in spans:
        runs += [(text[place:start], False), (text[start : start + length], True)]
        place = start + length
    return [run for run in [*runs, (text[place:], False)] if run[0]]


class PaletteModel(QAbstractListModel):
    """The entries in one list, each knowing its group."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, PaletteEntry]] = []

    def fill(self, groups: Sequence[PaletteGroup]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self._rows = [(group.title, entry) for group in groups for entry in group.entries]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def entry(self, row: int) -> PaletteEntry | None:
        """The entry of a row, if there is such a row."""
        return self._rows[row][1] if 0 <= row < len(self._rows) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        title, entry = self._rows[index.row()]
        if role == ENTRY:
            return entry
        if role == GROUP:
            return title
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(entry)
        return None


def _spoken(entry: PaletteEntry) -> str:
    parts = [entry.text, entry.detail]
    if entry.keys:
        parts.append("shortcut " + " ".join(entry.keys))
    if not entry.enabled:
        parts.append(f"not available: {entry.why_disabled}")
    return ", ".join(part for part in parts if part)


class PaletteDelegate(RowDelegate):
    """Paints an entry with the matched parts bold, its detail, and its keys at the right."""

    row_height = 36
    header_height = 30
    side_margin = 8
    divided = False
    typed = ""

    def section(self, index: Index) -> Section | None:
        title = str(index.data(GROUP) or "")
        return Section(title) if title else None

    def paint_row(self, painter: QPainter, rect: QRectF, index: Index, state: RowState) -> None:
        entry = index.data(ENTRY)
        if not isinstance(entry, PaletteEntry):
            return
        tokens = state.tokens
        ink = tokens.text if entry.enabled else state.quiet
        icon_ink = tokens.accent if state.selected and entry.enabled else tokens.text2
        side = scaled(16)
        place = QRectF(rect.left() + 4, round(rect.center().y() - side / 2), side, side)
        paint_icon(painter, entry.icon, icon_ink, place)
        keys = entry.keys or (("Enter",) if state.selected and entry.enabled else ())
        paint_key_caps(
            painter, rect.right(), rect.center().y(), keys, tokens.text2, tokens.line_strong
        )
        room = rect.adjusted(side + 20, 0, -key_caps_width(keys) - 12, 0)
        left = self._paint_runs(painter, room, entry, ink)
        rest = QRectF(left + 10, room.top(), room.right() - left - 10, room.height())
        detail = entry.detail if entry.enabled else entry.why_disabled or entry.detail
        if detail and rest.width() > 30:
            self.draw_text(painter, rest, detail, ui_font(13), state.quiet)

    def _paint_runs(self, painter: QPainter, room: QRectF, entry: PaletteEntry, ink: str) -> float:
        left = room.left()
        for run, bold in runs_of(entry.text, matched_spans(entry.text, self.typed)):
            font = ui_font(14, BOLD if bold else 500)
            place = QRectF(left, room.top(), max(0.0, room.right() - left), room.height())
            left += self.draw_text(painter, place, run, font, ink)
        return left
