"""The log: every line of a report's story as plain text, hazards pinned above, new ones marked."""

from bisect import bisect
from collections import deque
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import ShownEntry
from workstation.domain.act import WAITED
from workstation.domain.entry import Entry, EntryKind
from workstation.domain.story import is_note
from workstation.ui.button import Button, IconButton
from workstation.ui.fonts import scaled
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Secondary
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.views.due import clock_time, day, moment
from workstation.views.literal import literal
from workstation.views.parts import Part, parts_of, without_last_end
from workstation.views.report.in_parts import InParts
from workstation.views.report.log_acts import correcting

SHOWN_AT_FIRST = 100
AT_ONCE, EACH_TURN = 12, 4
ACCOUNT_SHOWN = 200
NAMED = 60
_ICONS: dict[EntryKind, str] = {
    EntryKind.ACCOUNT: "inbox",
    EntryKind.NOTE: "pencil",
    EntryKind.HAZARD: "octagon-alert",
    EntryKind.CORRECTION: "refresh-cw",
    EntryKind.DECISION: "badge-check",
    EntryKind.CLAIM: "user-check",
    EntryKind.VOICE: "phone-call",
}


class Line(Struct, frozen=True):
    """A line of the story as it stands: with what corrected it, or what it corrects."""

    shown: ShownEntry
    is_new: bool
    corrected_by: tuple[Entry, ...] = ()
    corrects: Entry | None = None


class LogLine(QWidget):
    """One line: when, what, in whose words, by whom; *new* and *not yet confirmed* in words.

    A corrected note is struck through and stays readable. `form_asked(str)`: the form of this name
    is wanted, to correct the note.
    """

    form_asked = Signal(str)

    def __init__(self, line: Line, now: datetime) -> None:
        super().__init__()
        self.line = line
        self.parts: InParts | None = None
        shown, is_new, entry = line.shown, line.is_new, line.shown.entry
        when = Caption(clock_time(entry.at))
        when.setWordWrap(False)
        when.setFixedWidth(scaled(38))
        older = entry.at.date() != now.date()
        tone = "danger" if entry.kind is EntryKind.HAZARD else "accent" if is_new else "neutral"
        title = f"New: {entry.title}" if is_new else entry.title
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Body(literal(title), strong=True, px=13))
        if entry.text and entry.text != entry.by.name:
            self.parts = _words(line)
            words.addWidget(self.parts)
        by = [entry.by.name, day(entry.at) if older else "", _recorded(entry)]
        by.append("not yet confirmed" if shown.pending else "")
        by.append("recorded offline, not holder" if entry.late else "")
        by.append(f"released by {entry.released.by.name}" if entry.released else "")
        by += _corrections(line, now)
        words.addWidget(Caption(literal(" \N{MIDDLE DOT} ".join(part for part in by if part))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(when, 0, top)
        row.addWidget(IconLabel(_ICONS[entry.kind], tone), 0, top)
        row.addLayout(words, 1)
        if is_note(entry):
            row.addWidget(self._correct_button(entry), 0, top)
        said = f"{clock_time(entry.at)}, {title}, {entry.text}, {' '.join(by)}"
        self.setAccessibleName(literal(said))

    def _correct_button(self, entry: Entry) -> IconButton:
        button = IconButton("pencil", "Correct this note", "ghost")
        button.setAccessibleName(literal(f"Correct the note: {entry.text[:NAMED]}"))
        button.clicked.connect(lambda: self.form_asked.emit(correcting(entry.id)))
        return button


class LogList(Surface):
    """The lines, oldest first; earlier ones of a long log come on asking.

    Of many at once the first are placed, and a few more in each turn of the window.
    """

    form_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("raised", 8, parent)
        self._shown: tuple[Line, ...] = ()
        self._now: datetime | None = None
        self._all = False
        self._places: dict[str, int] = {}
        self._placed: list[int] = []
        self._owed: deque[Line] = deque()
        self._whole: set[str] = set()
        self._stays_at_end = False
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._place_more)
        self.earlier = Button("Show earlier lines", "ghost", icon="history")
        self.earlier.clicked.connect(self._show_all)
        page = QWidget()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        from_the_top = QVBoxLayout(page)
        from_the_top.setContentsMargins(0, 0, 8, 0)
        from_the_top.addLayout(self._lines)
        from_the_top.addStretch(1)
        self.area = Scroll(page, "Log")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 8, 12)
        column.setSpacing(8)
        column.addWidget(Caption("Log", strong=True))
        column.addWidget(self.earlier)
        column.addWidget(self.area, 1)

    def show_lines(
        self, entries: Sequence[ShownEntry], new: frozenset[str], now: datetime
    ) -> None:
        """Show these lines; those whose ids are in `new` are marked."""
        shown = _lines(entries, new)
        if shown == self._shown:
            return
        bar = self.area.verticalScrollBar()
        at_end = self._stays_at_end if self._owed else bar.value() >= bar.maximum() - 4
        same_story = bool(self._shown) and shown[: len(self._shown)] == self._shown
        added = shown[len(self._shown) :] if same_story else shown
        if not self._shown or not shown or _id(self._shown[0]) != _id(shown[0]):
            self._all = False
        self._shown, self._now = shown, now
        self._stays_at_end = at_end and same_story
        if same_story:
            self._append(added)
        else:
            self._rebuild()

    def lines(self) -> list[LogLine]:
        """The lines on the page."""
        items = [self._lines.itemAt(at) for at in range(self._lines.count())]
        lines = [one.widget() for one in items if one is not None]
        return [line for line in lines if isinstance(line, LogLine)]

    def _show_all(self) -> None:
        self._all, self._stays_at_end = True, False
        self._rebuild()

    def _rebuild(self) -> None:
        """Put the lines anew; one that reads as before stays, and one shown whole stays whole."""
        left_out = 0 if self._all else max(0, len(self._shown) - SHOWN_AT_FIRST)
        self.earlier.setVisible(left_out > 0)
        self.earlier.set_text(f"Show {left_out} earlier lines")
        wanted = {_id(one): one for one in self._shown[left_out:]}
        kept: dict[str, LogLine] = {}
        self._whole = set()
        for old in self.lines():
            self._lines.removeWidget(old)
            if wanted.get(_id(old.line)) == old.line:
                kept[_id(old.line)] = old
                continue
            if old.parts is not None and old.parts.is_whole:
                self._whole.add(_id(old.line))
            old.hide()
            old.deleteLater()
        self._places = {id: place for place, id in enumerate(wanted)}
        self._placed = sorted(self._places[id] for id in kept)
        for line in sorted(kept.values(), key=lambda one: self._places[_id(one.line)]):
            self._lines.addWidget(line)
        self._owed = deque(one for id, one in wanted.items() if id not in kept)
        self._place(AT_ONCE)

    def _append(self, added: Sequence[Line]) -> None:
        self._places |= {_id(one): len(self._places) + n for n, one in enumerate(added)}
        self._owed.extend(added)
        self._place(AT_ONCE)

    def _place_more(self) -> None:
        self._place(EACH_TURN)

    def _place(self, most: int) -> None:
        """Make so many of the lines that are owed, each where it belongs."""
        for one in [self._owed.popleft() for _ in range(min(most, len(self._owed)))]:
            line, place = self._line(one), self._places[_id(one)]
            if line.parts is not None and _id(one) in self._whole:
                line.parts.show_whole(True)
            at = bisect(self._placed, place)
            self._placed.insert(at, place)
            self._lines.insertWidget(at, line)
        if self._stays_at_end:
            self._lines.activate()
            self.area.verticalScrollBar().setValue(self.area.verticalScrollBar().maximum())
        if self._owed:
            self._next.start()

    def _line(self, one: Line) -> LogLine:
        line = LogLine(one, self._now or one.shown.entry.at)
        line.form_asked.connect(self.form_asked)
        return line


def _lines(entries: Sequence[ShownEntry], new: frozenset[str]) -> tuple[Line, ...]:
    """The story with its corrected notes beside what corrected them."""
    notes = {one.entry.id: one.entry for one in entries if is_note(one.entry)}
    corrections: dict[str, tuple[Entry, ...]] = {}
    for entry in notes.values():
        if entry.corrects in notes:
            corrections[entry.corrects] = (*corrections.get(entry.corrects, ()), entry)
    return tuple(
        Line(
            one,
            one.entry.id in new,
            corrections.get(one.entry.id, ()),
            notes.get(one.entry.corrects),
        )
        for one in entries
    )


def _id(line: Line) -> str:
    return line.shown.entry.id


def _words(line: Line) -> InParts:
    first, *rest = parts_of(_told(line.shown.entry))
    struck = bool(line.corrected_by)
    words = InParts(_some_words(first, struck), lambda part: _some_words(part, struck))
    words.set_rest(rest)
    return words


def _some_words(part: Part, struck: bool) -> Secondary:
    words = Secondary(literal(without_last_end(part)))
    font = words.font()
    font.setStrikeOut(struck)
    words.setFont(font)
    return words


def _corrections(line: Line, now: datetime) -> list[str]:
    """By whom a note was corrected, and whose note a correction stands for."""
    told = [f"corrected by {one.by.name}, {moment(one.at, now)}" for one in line.corrected_by]
    if line.corrects is not None:
        told.append(f"instead of {line.corrects.by.name}'s, {moment(line.corrects.at, now)}")
    return told


def _recorded(entry: Entry) -> str:
    """Both times, where the store heard of it later than it happened."""
    if entry.recorded_at is None or entry.recorded_at - entry.at <= WAITED:
        return ""
    return f"happened {clock_time(entry.at)}, recorded {clock_time(entry.recorded_at)}"


def _told(entry: Entry) -> str:
    """The words of a line; the account stands whole on its own card."""
    if entry.kind is EntryKind.ACCOUNT and len(entry.text) > ACCOUNT_SHOWN:
        return entry.text[:ACCOUNT_SHOWN].rstrip() + "…"
    return entry.text
