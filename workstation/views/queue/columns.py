"""The queue column: its count, channel filters, a field to narrow it, and the rows."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workstation.desk import Desk, QueueFilter
from workstation.domain.report import Channel, ReportId
from workstation.ui.button import Button
from workstation.ui.fonts import scaled
from workstation.ui.label import Body, Title
from workstation.ui.segmented import Segmented
from workstation.ui.surface import Rule, Surface
from workstation.views.queue.sections import CHANNEL_NAMES
from workstation.views.queue.view import RowsView

WIDE, NARROW = 392, 300
_GROUPS: tuple[tuple[str, Channel | None], ...] = (
    ("All", None),
    ("Online", Channel.ONLINE),
    ("101", Channel.CALL_101),
    ("999", Channel.CALL_999),
    ("Chat", Channel.CHAT),
)


class QueueColumn(Surface):
    """What waits, in order of danger. `opened`: show and go to it; `looked`: only show it."""

    opened = Signal(str)
    looked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self._desk = desk
        self._channel: Channel | None = None
        self.count = Body("0")
        self.channels = Segmented([name for name, _ in _GROUPS], "Channel")
        self.channels.set_chosen(0)
        self.channels.chosen.connect(self._on_channel)
        self.words = QLineEdit()
        self.words.setAccessibleName("Narrow the queue")
        self.words.setPlaceholderText("Narrow by words, place or reference")
        self.words.setClearButtonEnabled(True)
        self.words.textEdited.connect(self._on_words)
        self.words.installEventFilter(self)
        self.words.hide()
        self.mine = Button("Mine", "ghost", icon="user-check")
        self.mine.setCheckable(True)
        self.mine.toggled.connect(lambda: self.fill(at_once=True))
        self.rows = RowsView(desk, "Queue")
        self.rows.opened.connect(self.opened)
        self.rows.looked.connect(self.looked)
        self.rows.filled.connect(self._on_filled)
        self.rows.empty.acted.connect(self.clear_filters)
        desk.link_changed.connect(self._on_link)
        desk.counters_changed.connect(self._tell_counts)
        self._lay_out()
        self.set_narrow(False)
        self._tell_counts()

    @property
    def filter(self) -> QueueFilter:
        """What the person asked to see."""
        words = self.words.text().strip()
        return QueueFilter(channel=self._channel, words=words, mine=self.mine.isChecked())

    def fill(self, at_once: bool = False) -> None:
        """Ask for what the desk holds for this filter."""
        self.rows.ask(self.filter, at_once)

    def _on_filled(self, total: int) -> None:
        if not total:
            self._say_why_empty(self.filter)
            if self._is_first_fill:
                self.rows.wait_for_rows()

    @property
    def _is_first_fill(self) -> bool:
        """Whether the store answers and this desk has not yet read everything from it once."""
        link = self._desk.link()
        return link.synced_at is None and not link.problem

    def _on_link(self) -> None:
        if not self.rows.model.ids:
            self.fill()

    def set_narrow(self, narrow: bool) -> None:
        """Take less room on a narrow screen."""
        self.setFixedWidth(scaled(NARROW if narrow else WIDE))

    def open_filter(self) -> None:
        """Go to the field that narrows the queue."""
        self.words.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()

    def clear_filters(self) -> None:
        """Show everything again."""
        self._channel = None
        self.channels.set_chosen(0)
        self.words.clear()
        self.words.hide()
        self.mine.setChecked(False)
        self.fill(at_once=True)
        self.rows.take_focus()

    def step(self, by: int) -> ReportId | None:
        """Move the cursor and say which report it then stands on."""
        self.rows.list.move_by(by)
        return self.rows.current_id

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field: Escape clears, Enter and Down go to the rows."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.clear_filters()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.rows.take_focus()
                return True
        return super().eventFilter(watched, event)

    def _on_channel(self, index: int) -> None:
        self._channel = _GROUPS[index][1]
        self.fill(at_once=True)

    def _on_words(self) -> None:
        self.fill(at_once=True)

    def _tell_counts(self) -> None:
        counters = self._desk.counters()
        self.count.setText(str(counters.open))
        counts = [
            str(counters.by_channel.get(channel, 0)) if channel else "" for _, channel in _GROUPS
        ]
        named = zip(_GROUPS, counts, strict=True)
        self.channels.set_options([f"{name} {count}".strip() for (name, _), count in named])

    def _say_why_empty(self, wanted: QueueFilter) -> None:
        if self._desk.link().synced_at is None:
            self.rows.empty.set_words(
                "The queue is not known yet",
                "This desk has not reached the store. A call can still be taken: Ctrl+T.",
            )
            return
        if wanted == QueueFilter():
            self.rows.empty.set_words(
                "The queue is empty", "Nobody waits. New contacts appear here by themselves."
            )
            return
        parts = [
            CHANNEL_NAMES[wanted.channel] if wanted.channel else "",
            f"“{wanted.words}”" if wanted.words else "",
            "held by you" if wanted.mine else "",
        ]
        asked = ", ".join(part for part in parts if part)
        waiting = self._desk.counters().open
        self.rows.empty.set_words(
            "Nothing fits", f"Asked for: {asked}. {waiting} wait in all.", "Show all"
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Title("Queue", 16))
        head.addWidget(self.count, 1)
        head.addWidget(self.mine)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 16, 10)
        top.setSpacing(10)
        top.addLayout(head)
        top.addWidget(self.channels)
        top.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule())
        column.addWidget(self.rows, 1)
