"""Matters of other bodies known by their everyday words, where no rule of a situation fired.

A word of what it is about and a word of what is wrong with it, both of one matter, are enough; a
word of crime, of danger or of need anywhere in the text is too much.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from workstation.reading.concepts import Hit
from workstation.reading.lexicon import Matter
from workstation.reading.words import Words, plain_words

FEWEST = 2
FEWEST_OF_CRIME = 3
LEAST_LEAD = 0.2
Found = tuple[str, float, list[Hit]]


class Matters:
    """The matters of a lexicon by the stems of their words."""

    def __init__(self, matters: Mapping[str, Matter], stem: Callable[[str], str]) -> None:
        self._things = {name: _stems(matter.things, stem) for name, matter in matters.items()}
        self._troubles = {name: _stems(matter.troubles, stem) for name, matter in matters.items()}
        both = [self._things[name] | self._troubles[name] for name in matters]
        self._shared = Counter(one for several in both for one in several)

    def find(self, words: Words, fewest: int = FEWEST) -> Found | None:
        """The matter most spoken of, how much speaks for it, and where; None if two are alike."""
        places = {stem: at for at, stem in reversed(list(enumerate(words.stems)))}
        each = [self._one(name, places) for name in self._things]
        found = [one for one in each if one is not None and len(one[2]) >= fewest]
        ordered = sorted(found, key=lambda one: -one[1])
        if not ordered or (ordered[1:] and ordered[0][1] - ordered[1][1] < LEAST_LEAD):
            return None
        return ordered[0]

    def _one(self, name: str, places: Mapping[str, int]) -> Found | None:
        things = self._things[name] & places.keys()
        troubles = self._troubles[name] & places.keys()
        said = things | troubles
        score = sum(self._shared[stem] ** -0.5 for stem in said)
        if not things or not troubles:
            return None
        return name, score, [Hit(at, at) for at in sorted(places[stem] for stem in said)]


def _stems(words: str, stem: Callable[[str], str]) -> set[str]:
    return {stem(word) for word in plain_words(words)}
