"""Ids that sort by time (UUIDv7, UUIDv8) and secrets, from a clock and a source of randomness."""

import hashlib
import json
import secrets
from collections.abc import Callable
from datetime import datetime
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
        return _uuid(self._clock.now(), self._random(10), version=7)

    def derived(self, at: datetime, *names: str) -> str:
        """A UUIDv8: always the same for the same time and names, and sorts by that time."""
        told = json.dumps(names, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return _uuid(at, hashlib.sha256(told).digest()[:10], version=8)

    def secret(self) -> bytes:
        """Thirty-two random bytes: a key or a token."""
        return self._random(32)


def receipt_code(prefix: str, lot: bytes) -> str:
    """A code to quote, `CAM-7K2M-9PQX`, of eight bytes; letters not mistaken for digits."""
    letters = [RECEIPT_LETTERS[b % len(RECEIPT_LETTERS)] for b in lot[:8]]
    return f"{prefix}-{''.join(letters[:4])}-{''.join(letters[4:])}"


def letters_of(id: str) -> str:
    """Six letters of an id, for people to say, made of what is random in it."""
    return "".join(RECEIPT_LETTERS[b % len(RECEIPT_LETTERS)] for b in UUID(id).bytes[-6:])


def _uuid(at: datetime, rest: bytes, version: int) -> str:
    millis = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    value = (millis << 80) | int.from_bytes(rest, "big")
    value = (value & ~(0xF << 76)) | (version << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return str(UUID(int=value))
