"""Words of an account that may speak of risk, marked for a person to read and answer.

A mark decides nothing, and its absence is never proof of safety; when in doubt, it marks. Marks
are found as all meanings are; the lexicon's grammar and its marks are enough for them.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from workstation.domain.report import MarkedPhrase
from workstation.reading.concepts import Hit
from workstation.reading.lexicon import Lexicon
from workstation.reading.meaning import Meaning, Reader

MOST_MARKS = 50
MOST_OF_ONE = 3
MARKING_FILES = ("grammar.toml", "marks.toml")

Marker = Callable[[str], tuple[MarkedPhrase, ...]]


def phrase_marker(lexicon: Lexicon) -> Marker:
    """A function that marks an account, in time linear in its length."""
    reader = Reader(lexicon)
    kinds = {concept: mark.name for mark in lexicon.marks for concept in mark.concepts}

    def mark(text: str) -> tuple[MarkedPhrase, ...]:
        meaning = reader.read(text)
        return _kept(meaning, _apart(_found(meaning, kinds)))

    return mark


def _found(meaning: Meaning, kinds: dict[str, str]) -> list[tuple[Hit, str]]:
    """What is said of each kind of risk: as they stand, of two that begin together the longer."""
    found = [(hit, kind) for name, kind in kinds.items() for hit in meaning.said(name)]
    return sorted(found, key=lambda pair: (pair[0].first, -pair[0].last))


def _apart(found: list[tuple[Hit, str]]) -> Iterable[tuple[Hit, str]]:
    """None that overlaps the one before it."""
    after = -1
    for hit, kind in found:
        if hit.first > after:
            after = hit.last
            yield hit, kind


def _kept(meaning: Meaning, found: Iterable[tuple[Hit, str]]) -> tuple[MarkedPhrase, ...]:
    """The first marks, so that repeated words neither hide others nor swell the header."""
    words = meaning.words
    marks: list[MarkedPhrase] = []
    seen: Counter[str] = Counter()
    for hit, kind in found:
        start, end = words.starts[hit.first], words.ends[hit.last]
        said = words.text[start:end]
        seen[said.lower()] += 1
        if seen[said.lower()] <= MOST_OF_ONE:
            marks.append(MarkedPhrase(start, end, said, kind))
        if len(marks) == MOST_MARKS:
            break
    return tuple(marks)
