"""What is looked up while typing, offline: places, offences and agencies."""

from PySide6.QtCore import Signal

from workstation.desk import lookup, whereabouts
from workstation.desk.shown import Listing, Question, QueueFilter, QueueRow
from workstation.desk.stock import Fittings, Stock
from workstation.desk.suggested import Suggested
from workstation.desk.suggesting import Suggesting
from workstation.desk.together import Together
from workstation.domain.earlier_places import EarlierPlace
from workstation.domain.pack import Agency, Offence, Pack
from workstation.domain.places import Place
from workstation.domain.report import ReportId
from workstation.domain.roles import Person

MOST_FOUND = 50


class Finding(Together):
    """The part of a desk that a field asks for suggestions.

    `found`: the reports that fit words asked for are known now; ask for them again.
    `suggestions_changed`: the words of the report with this id have been read.
    """

    found = Signal()
    suggestions_changed = Signal(str)

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.suggesting = Suggesting(fittings.suggester)
        self.suggesting.suggested.connect(self.suggestions_changed)
        self._found: dict[str, tuple[ReportId, ...]] = {}
        self.lists.listed.connect(self._take_found)
        self.counters_changed.connect(self._forget_found)

    def find_rows(self, text: str) -> list[QueueRow]:
        """Rows of the reports whose words fit, in any view, at most 50; what is known so far."""
        words = text.strip()
        if words and words not in self._found:
            wanted = QueueFilter(words=words, view="all")
            self.lists.ask(Question(id(self), 0, wanted, MOST_FOUND, None))
        return self.rows(self._found.get(words, ()))

    def _take_found(self, listing: Listing) -> None:
        if listing.question.asker == id(self):
            self._found[listing.question.filter.words] = listing.ids[:MOST_FOUND]
            self.found.emit()

    def _forget_found(self) -> None:
        self._found.clear()

    def suggested(self, id: ReportId) -> Suggested | None:
        """What a report's words suggest as they read now; None while that is worked out."""
        shown = self.report(id)
        if shown is None:
            return None
        entries = [one.entry for one in self.entries(id)]
        return self.suggesting.of(shown.report, entries, self.pack)

    def places(self, text: str) -> list[Place]:
        """Places as typed, offline."""
        return self._fittings.find_places(text)

    def where(self, text: str) -> list[Place | EarlierPlace]:
        """Places as typed, with the streets and local names of earlier reports, offline."""
        return whereabouts.find(text, self._fittings.find_places, self._stock.shelf)

    def offences(self, text: str) -> list[Offence]:
        """Offences by words, code or common name, best first, at most 20."""
        return lookup.offences(self.pack, text)

    def agencies_for(self, topic: str, district: str) -> list[Agency]:
        """Who deals with a topic in a district, best first."""
        return lookup.agencies_for(self.pack, topic, district)
