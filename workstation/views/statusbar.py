"""The line at the foot: the truth about what is sent, what is kept, and which keys help."""

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget

from workstation.desk import Desk, LinkState
from workstation.ui.fonts import scaled
from workstation.ui.icon_label import IconLabel
from workstation.ui.keycap import KeyCap
from workstation.ui.label import Caption
from workstation.ui.surface import Surface
from workstation.ui.theme import DANGER_ROLE, SECONDARY_ROLE
from workstation.ui.tip import set_tip
from workstation.views.due import clock_time

_HINTS = (("J", "next"), ("K", "previous"), ("Enter", "open"), ("F2", "grade"))


class StatusBar(Surface):
    """Filled from the desk's LinkState; a draft is told of when it is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("panel", parent=parent)
        self.setFixedHeight(scaled(30))
        self._link_icon, self.link = IconLabel("cloud", "ok", 14), _line("")
        self._wait_icon, self.waiting = IconLabel("send", "neutral", 14), _line("")
        self._draft_icon, self.draft = IconLabel("save", "neutral", 14), _line("")
        self._hints = QWidget()
        self._is_narrow, self._is_listing = False, True
        self._lay_out()
        desk.link_changed.connect(self.fill)
        self.fill(desk.link())
        self.show_draft(None)

    def fill(self, link: LinkState) -> None:
        """Online and since when in step, or offline since when; how much waits."""
        if link.online:
            synced = f", synced {clock_time(link.synced_at, True)}" if link.synced_at else ""
            self.link.setText(f"Online{synced}")
            self._link_icon.set_icon("cloud", "ok")
        else:
            since = f" since {clock_time(link.since, True)}" if link.since else ""
            self.link.setText(f"Offline{since}")
            self._link_icon.set_icon("cloud-off", "warn")
        unsaved = (
            f", {link.unsaved} NOT YET SAVED on this PC: keep this window open"
            if link.unsaved
            else ""
        )
        self.waiting.setText(f"{link.waiting} waiting to send{unsaved}")
        self._wait_icon.set_icon("send", "warn" if link.waiting else "neutral")
        self.setAccessibleName(f"{self.link.text()}, {self.waiting.text()}")

    def show_draft(self, at: datetime | None) -> None:
        """Say when words were last kept on this desk."""
        self.draft.setForegroundRole(SECONDARY_ROLE)
        set_tip(self.draft, "")
        self.draft.setText(f"Draft saved {clock_time(at, True)}" if at else "")
        self._draft_icon.setVisible(at is not None)

    def show_draft_trouble(self, sentence: str) -> None:
        """Words are NOT kept: say so until they are."""
        self.draft.setText("Draft NOT saved")
        self.draft.setForegroundRole(DANGER_ROLE)
        set_tip(self.draft, sentence)
        self._draft_icon.setVisible(True)

    def set_narrow(self, narrow: bool) -> None:
        """On a narrow screen only the key that shows all keys is named."""
        self._is_narrow = narrow
        self._show_hints()

    def set_listing(self, listing: bool) -> None:
        """Whether a list of reports is on screen, where the named keys work."""
        self._is_listing = listing
        self._show_hints()

    def _show_hints(self) -> None:
        self._hints.setVisible(self._is_listing and not self._is_narrow)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        for mark, words in (
            (self._link_icon, self.link),
            (self._wait_icon, self.waiting),
            (self._draft_icon, self.draft),
        ):
            row.addWidget(mark)
            row.addWidget(words)
            row.addSpacing(14)
        row.addStretch(1)
        hints = QHBoxLayout(self._hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(6)
        for key, word in _HINTS:
            hints.addWidget(KeyCap(key))
            hints.addWidget(_line(word))
            hints.addSpacing(6)
        row.addWidget(self._hints)
        row.addWidget(KeyCap("F1"))
        row.addWidget(_line("all shortcuts"))


def _line(text: str) -> Caption:
    words = Caption(text, strong=True)
    words.setWordWrap(False)
    return words
