"""What is looked up while typing, offline: places, offences and agencies."""

from msgspec.structs import replace
from PySide6.QtCore import Signal

from workstation.cache.parcel import Search
from workstation.desk import lookup, whereabouts
from workstation.desk.checking import Checking
from workstation.desk.looking import (
    ASKED,
    MOST_FOUND,
    OFFLINE,
    Looking,
    found_by,
    look_here,
    reports_in,
    results,
)
from workstation.desk.shown import Hit, QueueRow, Results
from workstation.desk.stock import Fittings, Stock
from workstation.desk.suggested import Suggested
from workstation.desk.suggesting import Suggesting
from workstation.domain import searching
from workstation.domain.earlier_places import EarlierPlace
from workstation.domain.pack import Agency, Offence, Pack
from workstation.domain.places import Place
from workstation.domain.report import ReportId
from workstation.domain.roles import Person
from workstation.domain.searching import Sought


class Finding(Checking):
    """The part of a desk that a field asks for suggestions, and records are searched with.

    `found`: more is known of what was searched for; ask for it again.
    `suggestions_changed`: the words of the report with this id have been read.
    """

    found = Signal()
    suggestions_changed = Signal(str)

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self.suggesting = Suggesting(fittings.suggester)
        self.suggesting.suggested.connect(self.suggestions_changed)
        self._searches: dict[str, Looking] = {}
        self.counters_changed.connect(self._forget_found)

    def search(self, text: str, everywhere: bool = False) -> Results:
        """What is known so far of these words, or of what they are by their shape.

        Looked for on this desk; with `everywhere` at the store, too. `found` tells of more.
        """
        typed = " ".join(text.split())
        sought = searching.read(typed)
        if isinstance(sought, str):
            return Results(typed, problem=sought)
        if typed not in self._searches:
            self._begin_search(typed, sought)
        if everywhere and self._searches[typed].answer is None:
            self._ask_everywhere(typed)
        return self._results(self._searches[typed])

    def find_rows(self, text: str) -> list[QueueRow]:
        """Rows of what is found on this desk, at most 50; what is known so far."""
        return [hit.row for hit in self.search(text).hits if hit.is_here]

    def _begin_search(self, typed: str, sought: Sought) -> None:
        """Only the newest question is answered: what waits for an older one is asked again."""
        answered = {one: it for one, it in self._searches.items() if it.here is not None}
        self._searches = {**answered, typed: Looking(typed, sought)}
        self.lists.look(
            ("search", id(self)),
            lambda shelf: look_here(shelf, sought),
            lambda ids: self._learn(typed, here=ids),
        )

    def _ask_everywhere(self, typed: str) -> None:
        sought = self._searches[typed].sought
        if not self._claims.is_online:
            self._learn(typed, answer=OFFLINE)
            return
        search = Search(traces=sought.traces, words=sought.words, most=MOST_FOUND)
        self._learn(typed, answer=ASKED)
        self.questions.ask(
            lambda courier: courier.search(search),
            lambda answer: self._learn(typed, answer=answer),
        )

    def _learn(self, typed: str, **known: object) -> None:
        """More is known of a search; one that nobody waits for any more is forgotten."""
        if (looking := self._searches.get(typed)) is not None:
            self._searches[typed] = replace(looking, **known)
            self.found.emit()

    def _results(self, looking: Looking) -> Results:
        there = reports_in(looking.answer)
        ids = list(dict.fromkeys([*(looking.here or ()), *there]))[:MOST_FOUND]
        held = self._overlay.reports(ids)
        rows = {row.id: row for row in self.rows(ids)}
        hits = tuple(
            Hit(
                rows.get(id) or self._row(there[id], 0),
                found_by(looking.sought, held.get(id) or there[id]),
                id in rows,
            )
            for id in ids
            if id in rows or id in there
        )
        return results(looking, hits)

    def _line_moved(self) -> None:
        self._forget_found()
        super()._line_moved()

    def _forget_found(self) -> None:
        """The records moved: what is asked next is looked for anew, what is asked now goes on."""
        searches = self._searches.items()
        self._searches = {one: it for one, it in searches if it.here is None}

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
