"""Reads what can still be read of a damaged encrypted SQLite file, page by page, changing nothing.

SQLCipher opens nothing where the first page is harmed. Here every page that bears its seal is
read by itself: the rows of a table stand in leaf pages, and need no other page to be understood.
"""

import hmac
import struct
from collections.abc import Iterator
from functools import cached_property
from hashlib import pbkdf2_hmac, sha512
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE, SALT, IV, SEAL = 4096, 16, 16, 64
USABLE = PAGE - IV - SEAL
LEAF = 0x0D
_LEAST = (USABLE - 12) * 32 // 255 - 23
_FRAME = struct.Struct(">IIIIII")
_INTS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Value = None | int | float | str | bytes


class Row(NamedTuple):
    """One row of some table: which one, its values tell."""

    rowid: int
    values: tuple[Value, ...]


class Pages:
    """The newest committed content of each page, of the file and the log beside it."""

    def __init__(self, path: Path, key: bytes) -> None:
        content = path.read_bytes() if path.exists() else b""
        self._key = key
        self._raw: dict[int, list[bytes]] = {}
        for n in range(0, len(content), PAGE):
            self._raw[n // PAGE + 1] = [content[n : n + PAGE]]
        log = list(_transactions(path.with_name(path.name + "-wal")))
        for number, page in (frame for transaction in log for frame in transaction):
            self._raw.setdefault(number, []).insert(0, page)
        self._seal_key = self._find_seal_key()
        self._forget_torn_end(log)

    def is_whole(self) -> bool:
        """Whether the newest of every page that should be there bears its seal."""
        first = self._opened(1) if self._seal_key is not None else None
        if first is None:
            return False
        count = int.from_bytes(first[28:32], "big")
        return all(
            n in self._raw and self._is_sealed(n, self._raw[n][0]) for n in range(1, count + 1)
        )

    @cached_property
    def plain(self) -> dict[int, bytes]:
        """Every page that can be read."""
        return {n: plain for n in self._raw if (plain := self._opened(n)) is not None}

    def rows(self) -> Iterator[Row]:
        """Every row that can be read, of all tables."""
        for number, page in self.plain.items():
            if number > 1 and page[0] == LEAF:
                yield from self._leaf(page)

    def _find_seal_key(self) -> bytes | None:
        """None where the salt itself is harmed: then no seal can be checked."""
        for page in self._raw.get(1, []):
            salt = bytes(one ^ 0x3A for one in page[:SALT])
            self._seal_key = pbkdf2_hmac("sha512", self._key, salt, 2, 32)
            if any(self._is_sealed(n, raw[0]) for n, raw in self._raw.items()):
                return self._seal_key
        return None

    def _forget_torn_end(self, log: list[list[tuple[int, bytes]]]) -> None:
        """What the log was being written when the power failed was never told to anybody."""
        if self._seal_key is None or not log:
            return
        if not all(self._is_sealed(number, page) for number, page in log[-1]):
            for number, page in log[-1]:
                self._raw[number].remove(page)

    def _is_sealed(self, number: int, page: bytes) -> bool:
        if len(page) != PAGE or self._seal_key is None:
            return False
        begin = SALT if number == 1 else 0
        told = page[begin : USABLE + IV] + struct.pack("<I", number)
        return hmac.compare_digest(
            hmac.digest(self._seal_key, told, sha512), page[USABLE + IV : PAGE]
        )

    def _opened(self, number: int) -> bytes | None:
        """The newest that bears its seal; any whole page where no seal can be checked."""
        for page in self._raw.get(number, []):
            if len(page) == PAGE and (self._seal_key is None or self._is_sealed(number, page)):
                begin = SALT if number == 1 else 0
                cipher = Cipher(AES(self._key), CBC(page[USABLE : USABLE + IV])).decryptor()
                return bytes(begin) + cipher.update(page[begin:USABLE]) + cipher.finalize()
        return None

    def _leaf(self, page: bytes) -> Iterator[Row]:
        count = int.from_bytes(page[3:5], "big")
        for n in range(min(count, USABLE // 4)):
            at = int.from_bytes(page[8 + 2 * n : 10 + 2 * n], "big")
            try:
                yield self._cell(page, at)
            except (ValueError, IndexError, struct.error, OverflowError, KeyError):
                continue  # a row that runs into a page that is lost

    def _cell(self, page: bytes, at: int) -> Row:
        length, at = _varint(page, at)
        rowid, at = _varint(page, at)
        local = length
        if length > USABLE - 35:
            local = _LEAST + (length - _LEAST) % (USABLE - 4)
            local = local if local <= USABLE - 35 else _LEAST
        payload, at = page[at : at + local], at + local
        following = int.from_bytes(page[at : at + 4], "big") if local < length else 0
        pieces = [payload]
        rest = length - local
        while rest > 0:
            beyond = self.plain[following]
            pieces.append(beyond[4 : 4 + min(rest, USABLE - 4)])
            rest -= USABLE - 4
            following = int.from_bytes(beyond[:4], "big")
        return Row(rowid, tuple(_values(b"".join(pieces))))


def _transactions(log: Path) -> Iterator[list[tuple[int, bytes]]]:
    """The pages of a write-ahead log, a list for each transaction, the oldest first."""
    content = log.read_bytes() if log.exists() else b""
    frames: list[tuple[int, bytes]] = []
    for at in range(32, len(content) - _FRAME.size - PAGE + 1, _FRAME.size + PAGE):
        number, size, *_ = _FRAME.unpack_from(content, at)
        if content[at + 8 : at + 16] != content[16:24]:
            return
        frames.append((number, content[at + _FRAME.size : at + _FRAME.size + PAGE]))
        if size:
            yield frames
            frames = []


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(8):
        value = value << 7 | data[at + n] & 0x7F
        if data[at + n] < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


def _values(payload: bytes) -> Iterator[Value]:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    at = end
    for kind in kinds:
        size = _INTS.get(kind, 8 if kind == 7 else (kind - 12) // 2 if kind >= 12 else 0)
        piece = payload[at : at + size]
        if len(piece) < size:
            raise ValueError("the row ends too soon")
        at += size
        yield _value(kind, piece)


def _value(kind: int, piece: bytes) -> Value:
    if kind >= 12:
        return piece.decode("utf-8") if kind % 2 else piece
    if kind == 7:
        return float(struct.unpack(">d", piece)[0])
    if kind == 0:
        return None
    return kind - 8 if kind >= 8 else int.from_bytes(piece, "big", signed=True)
