"""Says, while the store cannot be reached, what does not work and what does."""

import re
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from workstation.desk import Desk, LinkState
from workstation.ui.banner import Banner
from workstation.views.due import clock_time, spoken_span

DOES_NOT = "Dispatch does not see your grades; no chats or messages arrive."
_KIND_OF_FAULT = re.compile(r" \([A-Z][A-Za-z]*\)(?=\.|$)")
GOES_ON = "times here go on from the store's."
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
            text = f"{DOES_NOT} {DOES} {numbers}{why}{_of_the_clock(link.leapt)}"
            self.set_text(text, f"Offline{since}.")
        self.setVisible(not link.online)


def _of_the_clock(leapt: timedelta) -> str:
    if not leapt:
        return ""
    where = "ahead" if leapt > timedelta() else "back"
    return f" This PC's clock was moved {spoken_span(abs(leapt))} {where}: {GOES_ON}"


def spoken(problem: str) -> str:
    """A problem in a person's words: the name programmers give it is for the log."""
    return _KIND_OF_FAULT.sub("", problem)
