"""A long text in parts, each small enough to be laid out in one turn of the window."""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from workstation.domain.report import MarkedPhrase
from workstation.views.literal import literal

MOST = 4_000
FIRST_LINES = 40
LINES = 400
_LINE_END = re.compile("\r\n|[\r\n\u2028\u2029]")
_JOINER = "\N{ZERO WIDTH JOINER}"
_CLUSTER = 64


class Part(Struct, frozen=True):
    """Some of a text, word for word, and the phrases marked in it, counted from its start."""

    text: str
    marks: tuple[MarkedPhrase, ...] = ()


def parts_of(text: str, marks: Sequence[MarkedPhrase] = ()) -> tuple[Part, ...]:
    """The text from end to end; no mark lies across two parts."""
    parts: list[Part] = []
    start = 0
    while start < len(text) or not parts:
        end = _end(text, start, LINES if parts else FIRST_LINES)
        end = _whole_marks(start, end, marks)
        within = tuple(
            replace(one, start=one.start - start, end=one.end - start)
            for one in marks
            if start <= one.start < end
        )
        parts.append(Part(text[start:end], within))
        start = end
    return tuple(parts)


def without_last_end(part: Part) -> str:
    """What is shown of a part that another one follows, on a line of its own."""
    ends = [one for one in _LINE_END.finditer(part.text) if one.end() == len(part.text)]
    return part.text[: ends[0].start()] if ends else part.text


def _end(text: str, start: int, lines: int) -> int:
    """Where a part ends: with a line, else with a word, else between two characters."""
    end = min(start + MOST, len(text))
    while len(literal(text[start:end])) > MOST:
        end = start + (end - start) // 2
    for count, found in enumerate(_LINE_END.finditer(text, start, end), 1):
        if count == lines:
            return found.end()
    if end == len(text):
        return end
    half = start + (end - start) // 2
    for blank in ("\n", " "):
        if (found_at := text.rfind(blank, half, end)) >= 0:
            return found_at + 1
    return _between_characters(text, half, end)


def _between_characters(text: str, half: int, end: int) -> int:
    """Never between a letter and its accents, as far as that can be a letter's."""
    for at in range(end, max(half, end - _CLUSTER), -1):
        if not unicodedata.combining(text[at]) and _JOINER not in text[at - 1 : at + 1]:
            return at
    return end


def _whole_marks(start: int, end: int, marks: Sequence[MarkedPhrase]) -> int:
    for one in sorted(marks, key=lambda mark: mark.start, reverse=True):
        if one.start < end < one.end:
            end = one.start if one.start > start else one.end
    return end
