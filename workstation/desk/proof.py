"""The proof that this desk holds what the store holds, beside everything else the link does.

Summed slice by slice on the fill thread; only buckets that differ are fetched and repaired.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime
from functools import partial

import sqlcipher3.dbapi2 as sqlcipher

from workstation.cache.confirmed import CacheDamaged, Confirmed, Filled
from workstation.cache.proving import Summing
from workstation.machine.clock import Clock
from workstation.sync.courier import Courier, is_to_be_proved
from workstation.sync.transport import ServerRefused
from workstation.wire.protocol import Change

Do = Callable[[Callable[[], None]], None]
Told = Callable[[Filled], None]
Mended = Callable[[int, Sequence[Change], int], Filled | None]
AGAIN_S = 5.0
NOT_KNOWN = 404


class Proof:
    """One proof at a time; `later` does a step on the link thread, `told` hears of repairs.

    Where news came between, it is tried again, but not at once: in a busy hub some always comes.
    """

    def __init__(
        self, courier: Courier, confirmed: Confirmed, clock: Clock, fill: Executor, later: Do
    ) -> None:
        self._courier = courier
        self._confirmed = confirmed
        self._clock = clock
        self._fill = fill
        self._later = later
        self._is_under_way = False
        self._not_before = 0.0
        self._is_ended = False

    def begin_if_due(self, told: Told) -> None:
        """After a fill, and every ten minutes after it was proved last."""
        if self._is_under_way or self._clock.monotonic() < self._not_before:
            return
        if is_to_be_proved(self._confirmed, self._clock.now()):
            self._is_under_way = True
            self._fill.submit(self._sum_on, Summing(self._confirmed.connection), told)

    def end(self) -> None:
        """Sum no further."""
        self._is_ended = True

    def _sum_on(self, summing: Summing, told: Told) -> None:
        try:
            is_more = summing.step()
        except sqlcipher.DatabaseError as wrong:
            self._later(partial(self._fail, wrong))
            return
        if self._is_ended:
            return
        if is_more:
            self._fill.submit(self._sum_on, summing, told)
        else:
            self._later(_read_on)
            self._later(partial(self._compare, summing, told))

    def _fail(self, wrong: Exception) -> None:
        """What cannot be summed cannot be read: at the next opening it is filled again."""
        self._is_under_way = False
        self._confirmed.proved_at = self._clock.now()
        self._confirmed.is_sound = False
        raise CacheDamaged(wrong) from wrong

    def _compare(self, summing: Summing, told: Told) -> None:
        self._is_under_way = False
        self._not_before = self._clock.monotonic() + AGAIN_S
        now = self._clock.now()
        compare(self._courier, self._confirmed, summing, now, self._mended, told)

    def _mended(self, bucket: int, states: Sequence[Change], head: int) -> Filled | None:
        return self._fill.submit(self._confirmed.mended, bucket, states, head).result()


def _read_on() -> None:
    """The link reads the news after every step: what is compared next stands at the head."""


def compare(
    courier: Courier,
    confirmed: Confirmed,
    summing: Summing,
    now: datetime,
    mended: Mended,
    told: Told,
) -> None:
    """Repair what differs from the store; it is proved where nothing moved meanwhile."""
    try:
        digest = courier.digest(confirmed.standing())
    except ServerRefused as wrong:
        if wrong.status != NOT_KNOWN:
            raise
        confirmed.proved_at = now  # a store of an earlier release: asked again in ten minutes
        return
    if digest is None:
        return
    is_whole = True
    for number in summing.differing(digest.sums):
        filled = mended(number, *courier.bucket(number))
        if filled is None:
            is_whole = False
        else:
            told(filled)
    if is_whole:
        confirmed.proved_at = now


def prove_now(courier: Courier, confirmed: Confirmed, clock: Clock, told: Told) -> None:
    """The whole proof here and now, where it is due; `told` hears of repairs."""
    now = clock.now()
    if not is_to_be_proved(confirmed, now):
        return
    summing = Summing(confirmed.connection)
    try:
        while summing.step():
            continue
    except sqlcipher.DatabaseError as wrong:
        confirmed.is_sound = False
        raise CacheDamaged(wrong) from wrong
    compare(courier, confirmed, summing, now, confirmed.mended, told)
