"""How much of what somebody writes is taken, and how much of it a report's header carries.

The one place for limits: every text of a command has one, known or not; a header keeps to 32 KiB
whatever it is made of, since the log has every word. Only what no entry holds stops officers.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.refusal import Refusal
from workstation.domain.report import Report

NARRATIVE = 100_000
WORDS = 10_000
LINE = 500
NAME = 200
ID = 64
ITEMS = 50
HEADER_BYTES = 32 * 1024

_NARRATIVES = frozenset({"account", "text"})
_OF_WORDS = frozenset(
    {
        "reason", "caller_told", "question", "told", "words", "message", "explanation", "advice",
        "facts", "found", "word", "interim",
    }
)  # fmt: skip
_NAMES = frozenset(
    {
        "id", "name", "form", "source", "receipt_code", "local_reference", "series", "who", "by",
        "field", "means", "holder", "set_by", "what", "not_when", "hidden_from", "needs",
        "service",
    }
)  # fmt: skip
_IDS = frozenset(
    {
        "report", "reports", "of", "crime", "crimes", "main", "other", "note", "flag", "promise",
        "guide",
    }
)  # fmt: skip
_SENDING = frozenset({("EscalateEmergency", "why"), ("GradeReport", "reason")})
_ITEMS = {"earlier.reports": 1000}
_READ_HERE = "marked"
_IS_ID = re.compile(r"[A-Za-z0-9:._-]*")
_KEY_FACTS = frozenset({"facts", "location", "safe_contact"})
_NEVER_CUT = frozenset({"proposals"})
_CUTS = (300, 75)
FEW_MARKS = 10


def too_long(command: Struct) -> Refusal | None:
    """Why a command is not taken: the field that holds more than it may, and how much that is."""
    kind = type(command).__name__
    for path, value in _parts(command, ""):
        refusal = _too_many(path, value) if not isinstance(value, str) else None
        if isinstance(value, str):
            refusal = _text_refused(kind, path, value)
        if refusal is not None:
            return refusal
    return None


def fitted(report: Report) -> Report:
    """The report with a header of at most 32 KiB: the longest words are cut, key facts last.

    What is proposed for a fact is never cut: it may become the fact. Where even that leaves too
    much, the first marks stand for all of them.
    """
    for spared in (_KEY_FACTS | _NEVER_CUT, _NEVER_CUT):
        for most in _CUTS:
            if len(msgspec.json.encode(report)) <= HEADER_BYTES:
                return report
            plain = msgspec.to_builtins(report, builtin_types=(datetime,))
            report = msgspec.convert(_cut(plain, most, spared), Report)
    if len(msgspec.json.encode(report)) > HEADER_BYTES:
        report = replace(report, marked=report.marked[:FEW_MARKS])
    return report


def _parts(value: object, path: str) -> Iterator[tuple[str, str | Collection[object]]]:
    """Every text and every collection of a command, with the path of its field."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            if name != _READ_HERE and (inner := getattr(value, name)):
                yield from _parts(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, dict | tuple):
        yield path, value
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        for inner in inside:
            yield from _parts(inner, path)


def _too_many(path: str, value: Collection[object]) -> Refusal | None:
    most = _ITEMS.get(path, ITEMS)
    if len(value) <= most:
        return None
    return Refusal("text/too-many", f"“{_spoken(path)}” holds up to {most:,} of them.", path)


def _text_refused(kind: str, path: str, text: str) -> Refusal | None:
    last = path.rpartition(".")[2]
    if last in _IDS and not _IS_ID.fullmatch(text):
        return Refusal("text/id", f"“{_spoken(path)}” is not an id of ours.", path)
    most = _most(kind, path, last)
    if len(text) <= most:
        return None
    over = len(text) - most
    sentence = f"“{_spoken(path)}” holds up to {most:,} characters: {over:,} too many. Shorten it."
    return Refusal("text/too-long", sentence, path)


def _most(kind: str, path: str, last: str) -> int:
    if (last in _NARRATIVES and path == last) or (kind, path) in _SENDING:
        return NARRATIVE
    if last in _OF_WORDS:
        return WORDS
    if last in _IDS:
        return ID
    return NAME if last in _NAMES else LINE


def _spoken(path: str) -> str:
    return path.replace(".", ", ").replace("_", " ")


def _cut(value: Any, most: int, spared: frozenset[str]) -> Any:
    """The same with every text of at most so many bytes; ids and numbers are shorter anyway."""
    if isinstance(value, str):
        return _shortened(value, most)
    if isinstance(value, dict):
        return {k: v if k in spared else _cut(v, most, spared) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(inner, most, spared) for inner in value]
    return value


def _shortened(text: str, most: int) -> str:
    size = len(msgspec.json.encode(text))
    if size <= most:
        return text
    while size > most - len("…".encode()):
        text = text[: len(text) * (most - 4) // size]
        size = len(msgspec.json.encode(text))
    return f"{text}…"
