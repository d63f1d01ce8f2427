"""How a desk does something: decided here, on disk, and only then told to screens and sent."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import TypeVar

from workstation.cache.outbox import Kept
from workstation.cache.work import CannotKeep, DiskFull, Mended
from workstation.desk.acts import Acts
from workstation.desk.drafting import Drafting
from workstation.desk.stock import Fittings, Stock
from workstation.domain.act import Command
from workstation.domain.pack import Pack
from workstation.domain.refusal import Refusal
from workstation.domain.report import ReportId
from workstation.domain.roles import Person
from workstation.domain.story import AddNote

Answer = TypeVar("Answer")


class Acting(Drafting):
    """The part of a desk that keeps commands, one by one or several with the drafts they end."""

    def __init__(self, stock: Stock, fittings: Fittings, person: Person, pack: Pack) -> None:
        super().__init__(stock, fittings, person, pack)
        self._in_one: list[Kept] | None = None
        self._acts = Acts(stock, self._fittings, person, self._overlay, self._claims)

    def submit(self, command: Command) -> Refusal | None:
        """Decide here; None means it is kept on this desk and on its way."""
        kept = self._acts.submit(self.with_check(command))
        if isinstance(kept, Refusal):
            return kept
        self._kept(kept)
        return None

    def in_one(self, act: Callable[[], Answer]) -> Answer | Refusal:
        """Do it with every command and every dropped draft of it: all on disk, or none of it.

        Nothing of it leaves, and no screen is told, before it is on disk; where another program
        holds the file, all of it waits in memory in its order.
        """
        if self._in_one is not None:
            return act()
        self._in_one = []
        try:
            is_free = self._stock.unsaved.can_write()
            with (
                self._stock.drafts.undone_together(),
                self._stock.work.transaction() if is_free else nullcontext(),
            ):
                answer = act()
        except BaseException as wrong:
            self._in_one = None
            self._tell(self._lay_over())
            is_mended = isinstance(wrong, Mended)
            if is_mended or (isinstance(wrong, DiskFull) and self._stock.reserve.spend()):
                return self.in_one(act)
            if isinstance(wrong, CannotKeep):
                return Refusal("desk/not-saved", str(wrong))
            raise
        done, self._in_one = self._in_one, None
        if done:
            self._tell_kept(done)
        return answer

    def send_unsent(self, id: ReportId) -> Refusal | None:
        """The words that she is asked about become a note on their report."""
        self.drafts_wanted.emit()
        unsent = self.unsent_on(id)
        if unsent is None:
            return None

        def send() -> Refusal | None:
            refusal = self.submit(AddNote(report=id, text=unsent.text))
            if refusal is None:
                self.drop_draft(id, *unsent.fields)
            return refusal

        refusal = self.in_one(send)
        self.drafts_changed.emit(id)
        return refusal

    def discard_unsent(self, id: ReportId) -> None:
        """Their author throws away the words that she is asked about."""
        self.drop_draft(id, *(one.field for one in self.asked_of(id)))
        self.drafts_changed.emit(id)

    def _kept(self, kept: Kept | None) -> None:
        if kept is None:
            return
        self._laid_over = None
        touched = self._overlay.add(kept)
        rows = [row for id in touched if (row := self._overlay.row(id)) is not None]
        self._stock.shelf.lay_some(rows)
        self.lists.lay_some(rows)
        if self._in_one is not None:
            self._in_one.append(kept)
        else:
            self._tell_kept([kept])

    def _tell_kept(self, done: Sequence[Kept]) -> None:
        """They are on disk: screens and the line are told, once of them all."""
        raise NotImplementedError

    def _tell(self, touched: frozenset[ReportId]) -> None:
        """These reports are shown otherwise now."""
        raise NotImplementedError
