"""What a desk asks the store beside the feed: put here, asked on the line, answered on the window.

A question that the line could not carry is answered with what stood in the way.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from workstation.sync.courier import Courier
from workstation.sync.transport import LinkDown, ServerRefused


class Asked(Struct, frozen=True):
    """One question, and who takes its answer."""

    call: Callable[[Courier], object]
    then: Callable[[object], None]

    def answer(self, courier: Courier) -> object:
        """What the store says, or why it says nothing."""
        try:
            return self.call(courier)
        except (LinkDown, ServerRefused) as wrong:
            return wrong


class Questions(QObject):
    """Those nobody has asked yet; `wanted` tells that there are."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Asked] = []

    def ask(self, call: Callable[[Courier], object], then: Callable[[object], None]) -> None:
        """Ask this when the line next can."""
        self._waiting.append(Asked(call, then))
        self.wanted.emit()

    def take(self) -> tuple[Asked, ...]:
        """All of them, to be asked now."""
        waiting, self._waiting = tuple(self._waiting), []
        return waiting

    def give_up(self, why: str) -> None:
        """The line is down: nobody waits for an answer that cannot come."""
        for one in self.take():
            one.then(LinkDown(why))
