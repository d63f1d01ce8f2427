"""The log: every line of a report's story as plain text, hazards pinned above, new ones marked."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workstation.desk import ShownEntry
from workstation.domain.report import EntryKind
from workstation.ui.button import Button
from workstation.ui.fonts import scaled
from workstation.ui.icon_label import IconLabel
from workstation.ui.label import Body, Caption, Secondary
from workstation.ui.scroll import Scroll
from workstation.ui.surface import Surface
from workstation.views.due import clock_time, day
from workstation.views.literal import literal

SHOWN_AT_FIRST = 100
ACCOUNT_SHOWN = 200
_ICONS: dict[EntryKind, str] = {
    EntryKind.ACCOUNT: "inbox",
    EntryKind.NOTE: "pencil",
    EntryKind.HAZARD: "octagon-alert",
    EntryKind.CORRECTION: "refresh-cw",
    EntryKind.DECISION: "badge-check",
    EntryKind.CLAIM: "user-check",
    EntryKind.VOICE: "phone-call",
}


class LogLine(QWidget):
    """One line: when, what, in whose words, by whom; *new* and *not yet confirmed* in words."""

    def __init__(self, shown: ShownEntry, is_new: bool, now: datetime) -> None:
        super().__init__()
        entry = shown.entry
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
            words.addWidget(Secondary(_told(shown)))
        by = [entry.by.name, day(entry.at) if older else ""]
        by.append("not yet confirmed" if shown.pending else "")
        by.append("recorded offline, not holder" if entry.late else "")
        by.append(f"released by {entry.released.by.name}" if entry.released else "")
        by = [part for part in by if part]
        words.addWidget(Caption(" \N{MIDDLE DOT} ".join(by)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(when, 0, top)
        row.addWidget(IconLabel(_ICONS[entry.kind], tone), 0, top)
        row.addLayout(words, 1)
        said = f"{clock_time(entry.at)}, {title}, {entry.text}, {' '.join(by)}"
        self.setAccessibleName(said)


class LogList(Surface):
    """The lines, oldest first; earlier ones of a long log come on asking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("raised", 8, parent)
        self._shown: tuple[tuple[ShownEntry, bool], ...] = ()
        self._now: datetime | None = None
        self._all = False
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
        shown = tuple((entry, entry.entry.id in new) for entry in entries)
        if shown == self._shown:
            return
        bar = self.area.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        same_story = bool(self._shown) and shown[: len(self._shown)] == self._shown
        added = shown[len(self._shown) :] if same_story else shown
        if not same_story:
            self._all = False
        self._shown, self._now = shown, now
        if same_story:
            self._append(added)
        else:
            self._rebuild()
        if at_end and same_story:
            self._lines.activate()
            bar.setValue(bar.maximum())

    def lines(self) -> list[LogLine]:
        """The lines on the page."""
        return self.findChildren(LogLine)

    def _show_all(self) -> None:
        self._all = True
        self._rebuild()

    def _rebuild(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        left_out = 0 if self._all else max(0, len(self._shown) - SHOWN_AT_FIRST)
        self.earlier.setVisible(left_out > 0)
        self.earlier.set_text(f"Show {left_out} earlier lines")
        self._append(self._shown[left_out:])

    def _append(self, added: Sequence[tuple[ShownEntry, bool]]) -> None:
        for entry, is_new in added:
            self._lines.addWidget(LogLine(entry, is_new, self._now or entry.entry.at))


def _told(shown: ShownEntry) -> str:
    """The words of a line; the account stands whole on its own card."""
    text = literal(shown.entry.text)
    if shown.entry.kind is EntryKind.ACCOUNT and len(text) > ACCOUNT_SHOWN:
        return text[:ACCOUNT_SHOWN].rstrip() + "…"
    return text
