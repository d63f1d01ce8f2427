"""How far everyday words lean towards a situation, learned from accounts written for each.

Rules say what certain words mean; this says what people talk of when they use the others. It was
learned by `tests/reading/learning.py` and is data of the lexicon like every rule.
"""

import math
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from workstation.reading.concepts import Hit
from workstation.reading.lexicon import Lexicon, LexiconProblem
from workstation.reading.meaning import Meaning

SCALE = 20
SURE = 15.0
ACCOUNT = 10
SPEAKING = 3
TELLING = 4
MEANING = "meaning "


class Leaning(Struct, frozen=True):
    """For each stem or meaning what it adds for which situation, in parts of `SCALE`.

    `told` names the accounts it was learned from.
    """

    told: str
    situations: tuple[str, ...]
    bias: tuple[int, ...]
    weights: dict[str, dict[int, int]]

    def of(self, meaning: Meaning) -> dict[str, float]:
        """What the words alone say for each situation: `SURE` where they leave no doubt.

        A few words, as of a note, leave more than an account does.
        """
        known = [self.weights[one] for one in features(meaning) if one in self.weights]
        if not known:
            return {}
        sums = [float(one) for one in self.bias]
        for weights in known:
            for number, weight in weights.items():
                sums[number] += weight
        most = max(sums)
        shares = [math.exp((one - most) / SCALE) for one in sums]
        whole = sum(shares)
        return {
            name: SURE * share / whole for name, share in zip(self.situations, shares, strict=True)
        }

    def because(self, meaning: Meaning, situation: str) -> list[Hit]:
        """The words that speak most for it, in the order of the text."""
        number = self.situations.index(situation)
        weighed = {
            hit: self.weights.get(feature, {}).get(number, 0) for feature, hit in _placed(meaning)
        }
        telling = [hit for hit in weighed if weighed[hit] > 0 and _tells(meaning, hit)]
        most = sorted(telling, key=lambda hit: -weighed[hit])
        return sorted(most[:SPEAKING], key=lambda hit: hit.first)


def read_leaning(text: str, lexicon: Lexicon) -> Leaning:
    """What is learned, or a LexiconProblem; the lexicon knows every situation of it."""
    try:
        leaning = msgspec.json.decode(text, type=Leaning)
    except msgspec.MsgspecError as wrong:
        raise LexiconProblem(f"leaning.json: {wrong}; learn it again") from wrong
    if len(leaning.bias) != len(leaning.situations):
        raise LexiconProblem("leaning.json: bias: allowed: one for each of the situations")
    for number, name in enumerate(leaning.situations):
        if name not in lexicon.situations:
            raise LexiconProblem(
                f"leaning.json: situations[{number}]: {name!r}; "
                "allowed: the situations of the lexicon, or learn it again"
            )
    return leaning


def features(meaning: Meaning) -> set[str]:
    """What is looked at: the stems, and the meanings said in so many words."""
    return {*meaning.words.stems, *(MEANING + name for name in meaning.names())}


def _tells(meaning: Meaning, hit: Hit) -> bool:
    """Whether a reader sees why: *the* and *my* lean, but say nothing to anybody."""
    return len(meaning.words.between(hit.first, hit.last)) >= TELLING


def _placed(meaning: Meaning) -> Iterator[tuple[str, Hit]]:
    for name in meaning.names():
        yield MEANING + name, meaning.said(name)[0]
    for at, stem in enumerate(meaning.words.stems):
        yield stem, Hit(at, at)
