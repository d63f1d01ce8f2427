"""What numbers a desk holds: lent ahead, given back when their year or day is over, or when told.

Crime numbers for the year, and from 1 December for the next; incident numbers for today, and from
20:00 for tomorrow. Everything asked for is on disk before the store hears of it.
"""

from datetime import datetime, timedelta

from workstation.cache.parcel import LeaseBlock
from workstation.cache.work import CannotKeep
from workstation.desk.stock import Stock
from workstation.domain.numbers import Block, Kind, ends_at, open_series, series_at
from workstation.domain.pack import Pack
from workstation.domain.roles import DECIDERS, Person
from workstation.sync.courier import Lent

SIZES: dict[Kind, int] = {"crime": 10, "incident": 5}
REFILL_AT: dict[Kind, int] = {"crime": 4, "incident": 2}
KEPT_ON = {"crime": timedelta(hours=72), "incident": timedelta(hours=1)}
PRELOADED = 50
WAITS = frozenset({"series-not-open", "blocks-enough"})
OVER = frozenset({"block-unknown", "block-over", "block-other", "block-size"})


class Numbering:
    """Decides what to lease and what to give back."""

    def __init__(self, stock: Stock, person: Person) -> None:
        self._stock = stock
        self._person = person

    def wants(self, pack: Pack, now: datetime) -> list[LeaseBlock]:
        """What to ask of the store: which blocks are this desk's still, to lend, to take back."""
        try:
            self._close_what_is_over(now)
            if not self._stock.blocks.is_resting:
                self._ask(pack, now)
        except CannotKeep:
            return []  # a full disk is told elsewhere; numbers wait for room
        blocks = self._stock.blocks
        doubted = blocks.doubted(self._stock.outbox.outbox_id("main"))
        return [*doubted, *blocks.asked(), *blocks.closing()]

    def take(self, lent: Lent) -> None:
        """The store's answer to one of them."""
        blocks, ask = self._stock.blocks, lent.ask
        if ask.returns:
            if lent.block is not None or lent.code in OVER:
                blocks.closed(ask.returns)
        elif lent.block is not None:
            told = lent.block
            blocks.add(Block(told.id, told.series, told.lo, told.hi, max(told.lo, told.next)))
        elif lent.code in OVER:
            blocks.closed(ask.block)
        elif lent.code not in WAITS or ask.size == PRELOADED:
            blocks.give_up(ask.block)

    def give_back(self) -> None:
        """Everything unused goes back; this desk issues no number until it is opened again."""
        blocks = self._stock.blocks
        with self._stock.work.transaction():
            for series in blocks.series():
                blocks.close(self._stock.outbox.outbox_id("main"), series)
        blocks.is_resting = True

    def preload(self, pack: Pack, now: datetime) -> None:
        """Fifty crime numbers, before a planned time without the store."""
        series, blocks = series_at(pack, "crime", now), self._stock.blocks
        blocks.is_resting = False
        for one in blocks.asked():
            if one.series == series:
                blocks.give_up(one.block)
        blocks.ask(self._stock.outbox.outbox_id("main"), series, PRELOADED)

    def _ask(self, pack: Pack, now: datetime) -> None:
        blocks, outbox = self._stock.blocks, self._stock.outbox.outbox_id("main")
        for kind, size in SIZES.items():
            if kind == "incident" and not self._person.is_any(DECIDERS):
                continue
            for series in open_series(pack, kind, now):
                if blocks.held(series) <= REFILL_AT[kind]:
                    blocks.ask(outbox, series, size)

    def _close_what_is_over(self, now: datetime) -> None:
        for series in self._stock.blocks.series():
            if now > ends_at(series) + KEPT_ON[series.partition("/")[0]]:
                self._stock.blocks.close(self._stock.outbox.outbox_id("main"), series)
