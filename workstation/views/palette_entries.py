"""What the palette offers for what is typed: this report's commands, reports, places, help."""

from collections.abc import Callable
from functools import partial

from workstation.desk import Desk
from workstation.domain.pack import RedirectRule
from workstation.ui.palette import PaletteEntry, PaletteGroup
from workstation.views.actions import EVERYWHERE, LOG, QUEUE, REPORT, Actions
from workstation.views.queue.sections import CHANNEL_ICONS
from workstation.views.words import first_words, one_line

_REPORTS_SHOWN = 6


class PaletteSource:
    """Called with what is typed; matches every typed word at the start of a word."""

    def __init__(
        self,
        desk: Desk,
        actions: Actions,
        show: Callable[[str], None],
        search: Callable[[str], None],
        redirect: Callable[[RedirectRule], None],
    ) -> None:
        self._desk, self._actions = desk, actions
        self._show, self._search, self._redirect = show, search, redirect

    def __call__(self, text: str) -> list[PaletteGroup]:
        """The groups that fit, best first; empty ones are left out."""
        groups = [
            PaletteGroup("This report", self._fitting(REPORT, text)),
            PaletteGroup("Redirect this report", self._matters(text)),
            PaletteGroup("Reports", self._reports(text)),
            PaletteGroup("Go to and settings", self._fitting(EVERYWHERE, text)),
            PaletteGroup("Lists and log", self._fitting(QUEUE, text) + self._fitting(LOG, text)),
            PaletteGroup("Records", self._records(text)),
        ]
        return [group for group in groups if group.entries]

    def _fitting(self, context: str, text: str) -> tuple[PaletteEntry, ...]:
        return tuple(e for e in self._actions.entries(context) if fits(text, e.text))

    def _matters(self, text: str) -> tuple[PaletteEntry, ...]:
        """The matters that are usually for others, once one is named: `red no` is noise."""
        why = self._actions.why_not("decide.redirect")
        rules = self._desk.pack.redirect_rules if len(text.split()) > 1 else ()
        words = {f"Redirect {rule.topic.replace('_', ' ')}": rule for rule in rules}
        return tuple(
            PaletteEntry(
                text=one,
                detail="Chooses who deals with it; nothing is sent yet",
                enabled=not why,
                why_disabled=why,
                run=partial(self._redirect, rule),
                icon="arrow-left-right",
            )
            for one, rule in words.items()
            if fits(text, one)
        )

    def _reports(self, text: str) -> tuple[PaletteEntry, ...]:
        return tuple(
            PaletteEntry(
                text=first_words(hit.row.title),
                detail=one_line(f"{hit.row.reference} {hit.row.place}, by {', '.join(hit.by)}"),
                run=partial(self._show, hit.row.id),
                icon=CHANNEL_ICONS[hit.row.channel],
            )
            for hit in self._desk.search(text).hits[:_REPORTS_SHOWN]
            if hit.is_here
        )

    def _records(self, text: str) -> tuple[PaletteEntry, ...]:
        """The same at the store as well, and more than fit here."""
        results = self._desk.search(text)
        if results.problem:
            return ()
        return (
            PaletteEntry(
                text=f"Search all records for “{first_words(results.typed)}”",
                detail=f"Read {results.understood}; here and at the store",
                run=partial(self._search, results.typed),
                icon="search",
            ),
        )


def fits(typed: str, text: str) -> bool:
    """Whether each typed word begins a word of the text."""
    words = text.casefold().split()
    return all(any(w.startswith(t) for w in words) for t in typed.casefold().split())
