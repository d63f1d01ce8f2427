"""What commands and their reasons need of the window."""

from typing import Protocol

from workstation.desk import Desk
from workstation.views.notices import Notices
from workstation.views.taking.page import TakingPage
from workstation.views.work import WorkPage


class Window(Protocol):
    """What the commands need of the window."""

    desk: Desk
    work: WorkPage
    taking: TakingPage
    toasts: Notices

    def go(self, key: str) -> None:
        """Go to a place of the rail."""

    def open_report(self, id: str) -> None:
        """Show a report and go to it, from wherever one is."""

    def say(self, sentence: str) -> None:
        """A notice that needs no answer."""

    def open_palette(self, text: str = "") -> None:
        """Open the palette."""

    def set_dark(self, dark: bool) -> None:
        """Night or day."""

    def is_on_work(self) -> bool:
        """Whether a list and a report are on screen."""

    def press_primary(self) -> None:
        """Ctrl+Enter."""

    def tell_by_voice(self) -> None:
        """Go to what dispatch has NOT got."""

    def send_officers(self) -> None:
        """Ctrl+Shift+E."""

    def is_taking(self) -> bool:
        """Whether a call is being taken."""
