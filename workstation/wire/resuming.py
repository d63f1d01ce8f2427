"""From where an outbox goes on when the store says how far it is settled there.

The same rule after a lost reply and after a restored backup; what was once written of a command
never changes, but for its place where it goes on in another outbox.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from workstation.wire.protocol import CommandId, OutboxId


class Settled(Struct, frozen=True):
    """How far the store has settled an outbox, and with which commands, as far as it says so.

    The last of `newest` stands at `upto`; "" is not said. A release before this one says none.
    """

    upto: int
    newest: tuple[str, ...] = ()

    def has(self, seq: int, command: CommandId) -> bool:
        """Whether it says that this command is settled there."""
        return self._at(seq) == command

    def has_another(self, seq: int, command: CommandId) -> bool:
        """Whether it says that another command is settled in this one's place."""
        return self._at(seq) not in ("", command)

    def _at(self, seq: int) -> str:
        n = self.upto - seq
        return self.newest[-1 - n] if 0 <= n < len(self.newest) else ""


def resume_from(applied_upto: int, kept: Sequence[int]) -> int | None:
    """The number to send from, of those kept (contiguous, rising); what follows waits again.

    None where the store expects one that is kept no more: begin a new outbox with what is kept.
    """
    expected = applied_upto + 1
    if kept and expected < kept[0]:
        return None
    return expected


def moved(body: bytes, outbox_id: OutboxId, seq: int) -> bytes:
    """A command's bytes in another place; all else of it is as it was written, by any release."""
    told = msgspec.json.decode(body)
    return msgspec.json.encode(told | {"outbox_id": outbox_id, "seq": seq})
