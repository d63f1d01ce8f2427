"""What has been spoken of in a text so far: who, where, what, weapons, injured, still there.

Spoken of, said or denied, is all it tells: never that it is so, and never that it is not.
"""

from collections.abc import Callable

from workstation.domain.asked import ASKED, Mention
from workstation.reading.concepts import Hit
from workstation.reading.lexicon import Lexicon, LexiconProblem
from workstation.reading.meaning import Meaning, Reader

LONGEST = 60

Mentions = Callable[[str], tuple[Mention, ...]]


def mention_reader(lexicon: Lexicon) -> Mentions:
    """A function that finds, for each of the six, the first words that speak of it."""
    concepts = {mark.name: mark.concepts for mark in lexicon.marks if mark.name in ASKED}
    missing = [name for name in ASKED if name not in concepts]
    if missing:
        raise LexiconProblem(f"marks: {', '.join(missing)} is missing; allowed: {ASKED}")
    reader = Reader(lexicon)

    def mentions(text: str) -> tuple[Mention, ...]:
        meaning = reader.read(text)
        found = ((name, _first(meaning, concepts[name])) for name in ASKED)
        return tuple(Mention(name, _words(meaning, hit)) for name, hit in found if hit is not None)

    return mentions


def _first(meaning: Meaning, concepts: tuple[str, ...]) -> Hit | None:
    names = [*concepts, *(f"no:{name}" for name in concepts)]
    hits = [hit for name in names for hit in meaning.said(name)]
    return min(hits, key=lambda hit: hit.first, default=None)


def _words(meaning: Meaning, hit: Hit) -> str:
    return meaning.words.between(hit.first, hit.last)[:LONGEST]
