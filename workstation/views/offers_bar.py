"""Above every screen: what colleagues offer this person, and what was declined, until answered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from workstation.desk import Desk, Offered
from workstation.domain.report import ReportId
from workstation.ui.announcer import say
from workstation.ui.banner import Banner
from workstation.views.literal import literal
from workstation.views.report.offer_bar import sentence
from workstation.views.words import first_words
from workstation.views.work import WorkPage


class OffersBar(Banner):
    """Hidden where nothing waits, or only what is on screen. `opened(str)`: show that report."""

    opened = Signal(str)

    def __init__(
        self, desk: Desk, work: WorkPage, pages: QStackedWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__("accent", "", "user-plus", action="Show report", parent=parent)
        self._desk, self._work, self._pages = desk, work, pages
        self._shown: ReportId | None = None
        self._waiting: tuple[Offered, ...] = ()
        self.acted.connect(self._open)
        desk.queue_changed.connect(self.fill)
        work.showing.connect(self._on_page)
        pages.currentChanged.connect(self._on_page)
        self.fill()

    def fill(self) -> None:
        """Show the first that waits and how many do; a new one is said aloud."""
        told, self._waiting = self._waiting, self._desk.offers()
        for one in self._waiting:
            if one not in told:
                say(self, f"{lead_of(one)} {one.title}")
        self._on_page()

    def _on_page(self, *_what: object) -> None:
        """What is on screen needs no telling."""
        is_on_work = self._pages.currentWidget() is self._work
        here = self._work.report.report_id if is_on_work else None
        others = [one for one in self._waiting if one.report != here]
        self.setVisible(bool(others))
        self._shown = others[0].report if others else None
        if others:
            self._show(others[0], len(others) - 1)

    def _show(self, one: Offered, more: int) -> None:
        words = f": {sentence(one.words)}" if one.words else "."
        count = f" {more} more {'waits' if more == 1 else 'wait'} for you." if more else ""
        tone, icon = ("warn", "user-x") if one.is_declined else ("accent", "user-plus")
        self.set_tone(tone, icon)
        self.set_text(literal(f"“{first_words(one.title)}”{words}{count}"), literal(lead_of(one)))

    def _open(self) -> None:
        if self._shown is not None:
            self.opened.emit(self._shown)


def lead_of(one: Offered) -> str:
    """Who offers a report, or who declined it."""
    if one.is_declined:
        return f"{one.by} declined what you offered:"
    return f"{one.by} offers you a report:"
