"""From where an outbox goes on when the store says how far it is settled there.

The same rule after a lost reply and after a restored backup; bytes once written never change.
"""

from collections.abc import Sequence


def resume_from(applied_upto: int, kept: Sequence[int]) -> int | None:
    """The number to send from, of those kept (contiguous, rising); what follows waits again.

    None where the store expects one that is kept no more: begin a new outbox with what is kept.
    """
    expected = applied_upto + 1
    if kept and expected < kept[0]:
        return None
    return expected
