"""Says, while the store cannot be reached, what does not work and what does."""

import re

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, LinkState
from workstation.ui.banner import Banner
from workstation.views.due import clock_time

DOES_NOT = "Dispatch does not see your grades; no chats or messages arrive."
_KIND_OF_FAULT = re.compile(r" \([A-Z][A-Za-z]*\)(?=\.|$)")
DOES = "Go on: it is sent when the line is back."


class OfflineBanner(Banner):
    """Shown while offline; it cannot be dismissed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("warn", "", "cloud-off", parent=parent)
        desk.link_changed.connect(self.fill)
        self.fill(desk.link())

    def fill(self, link: LinkState) -> None:
        """Say how the line stands."""
        if not link.online:
            since = f" since {clock_time(link.since)}" if link.since else ""
            numbers = f"{link.blocks_left} crime numbers left."
            why = f" {spoken(link.problem)}" if link.problem else ""
            self.set_text(f"{DOES_NOT} {DOES} {numbers}{why}", f"Offline{since}.")
        self.setVisible(not link.online)


def spoken(problem: str) -> str:
    """A problem in a person's words: the name programmers give it is for the log."""
    return _KIND_OF_FAULT.sub("", problem)
