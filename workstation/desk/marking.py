"""Keeps a desk's mark in the keyring: with every number it issues, else once a second at most."""

import logging

from workstation.cache.keys import NoKeys
from workstation.cache.marks import Mark, is_behind, mark_of, overtake
from workstation.desk.recovery import WOUND_BACK
from workstation.desk.stock import Stock
from workstation.sync.marks import Marks

log = logging.getLogger("workstation.desk")


class Marking:
    """The mark of one desk; without a place to keep it, nothing is done."""

    def __init__(self, stock: Stock, marks: Marks | None) -> None:
        self._stock = stock
        self._marks = marks
        self._kept: Mark | None = None
        self._is_told = False
        self._look_back()
        stock.work.once_mended(self._look_back)

    def keep(self) -> None:
        """Keep the mark where the desk has got further, and no further than is on its disk."""
        self._stock.work.once_kept(self._keep)

    def _keep(self) -> None:
        if self._marks is None:
            return
        mark = mark_of(self._stock.work, self._stock.blocks)
        if mark == self._kept:
            return
        try:
            self._marks.keep(mark)
        except NoKeys as wrong:
            if not self._is_told:
                log.warning("the mark of this desk is not kept: %s", wrong)
            self._is_told = True
            return
        self._kept = mark

    def _look_back(self) -> None:
        """A file that is older than its mark was put back: nothing of it is numbered on.

        One as new as its mark may number from the blocks that the mark names. Where there is no
        mark, another life of the file may have spoken numbers that no store heard of.
        """
        if self._marks is None:
            return
        kept = self._marks.read()
        if kept is not None and is_behind(self._stock.work, kept):
            overtake(self._stock.outbox, kept)
            if not self._stock.was_salvaged:
                self._stock.notices.add(WOUND_BACK)
        elif kept is None:
            self._stock.blocks.let_go()
        else:
            self._stock.blocks.trust(kept.blocks)
        self.keep()
