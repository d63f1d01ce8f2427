"""The network between a desk and the store: bytes to the store's `Api`, with a fault for any call.

What the real line makes of a torn, refused or missing reply (LinkDown) is what the desk sees here.
"""

from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import sqlalchemy as sa

from tests.faults.disk import Killed
from tests.world import Line
from workstation.sync.transport import LinkDown, ServerRefused
from workstation.wire.protocol import (
    CommandBatch,
    CommandReply,
    Outcome,
    ReleasedBatch,
    envelope_decoder,
)

if TYPE_CHECKING:
    from tests.faults.store_side import StoreSide

Result = TypeVar("Result")
BEFORE = ("unsent", "500", "429", "late", "killed before")
AFTER = ("lost", "torn", "repeated", "killed after")
SHARE_OF_FAULTS = 0.12
RETRY_AFTER = (None, 0.0, 1.0, 30.0, 10.0**9, -5.0)


class Weather:
    """Which faults the calls of a run may meet, and how often."""

    def __init__(self, random: Random, faults: tuple[str, ...]) -> None:
        self._random = random
        self._faults = faults
        self.is_fair = False

    def fault(self) -> str:
        """What befalls the next call; mostly nothing."""
        if self.is_fair or not self._faults or self._random.random() > SHARE_OF_FAULTS:
            return ""
        return self._random.choice(self._faults)

    def retry_after(self) -> float | None:
        """What a store that is too busy wishes, sensible or not."""
        return self._random.choice(RETRY_AFTER)


class Wire(Line):
    """One desk's line to the store."""

    def __init__(self, store: "StoreSide", weather: Weather, name: str) -> None:
        super().__init__(store.api)
        self._store = store
        self._weather = weather
        self._name = name

    def _carried(self, call: Callable[..., Result], *asked: Any) -> Result:
        name = getattr(call, "__name__", "")
        history = self._store.history
        if self.is_cut or not self._store.is_up:
            raise LinkDown("The store cannot be reached.")
        fault = self._weather.fault()
        if fault:
            history.tell("info", self._name, f"network: {fault}", said=name)
        self._before(fault, name, asked)
        result: Result = self._done(name, asked)
        if fault == "repeated":
            result = self._done(name, asked)
        self._after(fault)
        return result

    def _before(self, fault: str, name: str, asked: tuple[Any, ...]) -> None:
        if fault == "killed before":
            raise Killed
        if fault == "late":
            self._store.late.append((self, name, asked))
        if fault in BEFORE:
            raise LinkDown(fault, self._weather.retry_after() if fault == "429" else None)

    def _after(self, fault: str) -> None:
        if fault == "killed after":
            raise Killed
        if fault in ("lost", "torn"):
            raise LinkDown(f"The reply was {fault}.")

    def arrives(self, name: str, asked: tuple[Any, ...]) -> None:
        """A request that was on its way for long is done now; nobody waits for the reply."""
        self._done(name, asked)

    def _done(self, name: str, asked: tuple[Any, ...]) -> Any:
        """The store does it; what it settles is written down."""
        store = self._store
        try:
            reply = super()._carried(getattr(store.api, name), *asked)
        except sa.exc.DBAPIError as wrong:
            store.history.met("the store's disk would not commit")
            raise LinkDown("The store answered 500.") from wrong
        except ServerRefused as refused:
            store.history.met(f"the store answered {refused.code}")
            raise
        if name in ("commands", "release"):
            _, batch = asked
            self._settled(batch, reply)
        if name == "heartbeat":  # a lease lives by heartbeats alone
            store.heard(self._name)
        return reply

    def _settled(self, batch: CommandBatch | ReleasedBatch, reply: CommandReply) -> None:
        for raw, answer in zip(batch.commands, reply.outcomes, strict=False):
            envelope = envelope_decoder.decode(raw)
            outcome = msgspec.json.decode(answer, type=Outcome)
            if outcome.word != "retry":
                self._store.answered(envelope, bytes(raw), bytes(answer), outcome)
