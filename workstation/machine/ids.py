"""Ids that sort by time (UUIDv7) and secrets, from a clock and a source of randomness."""

import secrets
from collections.abc import Callable
from uuid import UUID

from workstation.machine.clock import Clock

RandomBytes = Callable[[int], bytes]
RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Ids:
    """Makes ids; with fixed randomness and clock it makes the same ones again."""

    def __init__(self, clock: Clock, random: RandomBytes = secrets.token_bytes) -> None:
        self._clock = clock
        self._random = random

    def new(self) -> str:
        """A UUIDv7 (RFC 9562): 48 bits of milliseconds, the rest random."""
        millis = int(self._clock.now().timestamp() * 1000) & ((1 << 48) - 1)
        value = (millis << 80) | int.from_bytes(self._random(10), "big")
        value = (value & ~(0xF << 76)) | (0x7 << 76)
        value = (value & ~(0x3 << 62)) | (0x2 << 62)
        return str(UUID(int=value))

    def secret(self) -> bytes:
        """Thirty-two random bytes: a key or a token."""
        return self._random(32)

    def receipt_code(self, prefix: str) -> str:
        """A code to quote, `CAM-7K2M-9PQX`; letters that are not mistaken for digits."""
        letters = [RECEIPT_LETTERS[b % len(RECEIPT_LETTERS)] for b in self._random(8)]
        return f"{prefix}-{''.join(letters[:4])}-{''.join(letters[4:])}"
