"""What proves that a desk holds what the store holds: one sum for each of 256 buckets.

A bucket is the first byte of the id's SHA-256; its sum, modulo 2^64, is that of its states' marks.
"""

import hashlib
from collections.abc import Iterable

BUCKETS = 256
MODULUS = 2**64


def bucket_of(id: str) -> int:
    """The bucket in which a thing of this id is counted."""
    return hashlib.sha256(id.encode()).digest()[0]


def mark_of(kind: str, id: str, version: int, body: bytes) -> int:
    """64 bits that change when anything of a state does; `body` as it travels, byte for byte."""
    told = f"{kind}|{id}|{version}|".encode() + hashlib.sha256(body).digest()
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big")


def sums_of(states: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """The sums of states given as id and mark, for every bucket, as they travel."""
    sums = [0] * BUCKETS
    for id, mark in states:
        sums[bucket_of(id)] += mark
    return tuple(map(as_text, sums))


def as_text(total: int) -> str:
    """A sum as it travels: 16 hexadecimal digits."""
    return f"{total % MODULUS:016x}"
