"""The proof that this desk holds what the store holds, beside everything else the link does.

Summed slice by slice on the fill thread; only buckets that differ are fetched and repaired.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial

import sqlcipher3.dbapi2 as sqlcipher

from workstation.cache.confirmed import CacheDamaged, Confirmed, Filled
from workstation.cache.proving import Summing
from workstation.machine.clock import Clock
from workstation.sync.courier import Courier, is_to_be_proved

Do = Callable[[Callable[[], None]], None]


class Proof:
    """One proof at a time; `later` does a step on the link thread, `told` hears of repairs."""

    def __init__(
        self, courier: Courier, confirmed: Confirmed, clock: Clock, fill: Executor, later: Do
    ) -> None:
        self._courier = courier
        self._confirmed = confirmed
        self._clock = clock
        self._fill = fill
        self._later = later
        self._is_ended = False

    def begin_if_due(self, told: Callable[[Filled], None]) -> None:
        """After a fill, and every ten minutes after that."""
        now = self._clock.now()
        if is_to_be_proved(self._confirmed, now):
            self._confirmed.proved_at = now
            self._fill.submit(self._sum_on, Summing(self._confirmed.connection), told)

    def end(self) -> None:
        """Sum no further."""
        self._is_ended = True

    def _sum_on(self, summing: Summing, told: Callable[[Filled], None]) -> None:
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
            self._later(partial(self._compare, summing, told))

    def _fail(self, wrong: Exception) -> None:
        """What cannot be summed cannot be read: at the next opening it is filled again."""
        self._confirmed.is_sound = False
        raise CacheDamaged(wrong) from wrong

    def _compare(self, summing: Summing, told: Callable[[Filled], None]) -> None:
        digest = self._courier.digest(self._confirmed.standing())
        for number in summing.differing(digest.sums) if digest is not None else ():
            states, head = self._courier.bucket(number)
            mend = partial(self._confirmed.mended, number, states, head)
            told(self._fill.submit(mend).result())


def prove_now(courier: Courier, confirmed: Confirmed, clock: Clock) -> list[Filled]:
    """The whole proof here and now, where it is due; what each repair changed."""
    now = clock.now()
    if not is_to_be_proved(confirmed, now):
        return []
    digest = courier.digest(confirmed.standing())
    if digest is None:
        return []
    confirmed.proved_at = now
    summing = Summing(confirmed.connection)
    while summing.step():
        continue
    wrong = summing.differing(digest.sums)
    return [confirmed.mended(number, *courier.bucket(number)) for number in wrong]
