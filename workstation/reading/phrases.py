"""Words of an account that may speak of risk, marked for a person to read and answer.

A mark decides nothing, and its absence is never proof of safety; when in doubt, it marks.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec
from msgspec import Struct

from workstation.domain.report import MarkedPhrase

MOST_MARKS = 50
MOST_OF_ONE = 3
NEGATION_REACH = 2
WORD = re.compile(r"\w+(?:['’]\w+)*")
CLAUSE_END = re.compile(r"[.,!?;:\n]")
APOSTROPHES = str.maketrans("", "", "'’")

Marker = Callable[[str], tuple[MarkedPhrase, ...]]


class RiskKind(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of risk and the phrases that may speak of it."""

    name: str
    phrases: tuple[str, ...]


class Lexicon(Struct, frozen=True, forbid_unknown_fields=True):
    """Every kind of risk, the words that negate, and the speakers whose lines are our own."""

    kinds: tuple[RiskKind, ...]
    negations: frozenset[str]
    ours: tuple[str, ...] = ()


class _Words(Struct, frozen=True):
    """The words of a text, without case or apostrophes, and where each stands."""

    text: str
    plain: list[str]
    starts: list[int]
    ends: list[int]

    def is_one_clause(self, first: int, last: int) -> bool:
        """Whether nothing between these words ends a clause."""
        return CLAUSE_END.search(self.text, self.ends[first], self.starts[last]) is None


class _Phrase(Struct, frozen=True):
    """One phrase of the lexicon, word by word."""

    words: tuple[str, ...]
    kind: str


_ByFirstWord = dict[str, list[_Phrase]]


def read_lexicon(text: str) -> Lexicon:
    """The lexicon of a TOML text; msgspec.DecodeError says what is wrong with it."""
    return msgspec.toml.decode(text, type=Lexicon)


def phrase_marker(lexicon: Lexicon) -> Marker:
    """A function that marks an account, in time linear in its length."""
    phrases = _by_first_word(lexicon)
    negations = frozenset(_plain(word) for word in lexicon.negations)
    our_line = _our_line(lexicon.ours)

    def mark(text: str) -> tuple[MarkedPhrase, ...]:
        words = _words_of(our_line.sub(lambda line: " " * len(line[0]), text))
        return _kept(text, _found(words, phrases, negations))

    return mark


def _words_of(text: str) -> _Words:
    matches = list(WORD.finditer(_lower(text)))
    plain = [match[0] for match in matches]
    if "'" in text or "’" in text:
        plain = [word.translate(APOSTROPHES) for word in plain]
    starts, ends = [match.start() for match in matches], [match.end() for match in matches]
    return _Words(text, plain, starts, ends)


def _lower(text: str) -> str:
    """Lower case in which every character keeps its place (İ alone would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("İ", "i").lower()


def _plain(word: str) -> str:
    return word.lower().translate(APOSTROPHES)


def _by_first_word(lexicon: Lexicon) -> _ByFirstWord:
    phrases: _ByFirstWord = defaultdict(list)
    for kind in lexicon.kinds:
        for phrase in kind.phrases:
            words = tuple(_plain(word) for word in WORD.findall(phrase))
            phrases[words[0]].append(_Phrase(words, kind.name))
    for several in phrases.values():
        several.sort(key=lambda phrase: -len(phrase.words))
    return dict(phrases)


def _our_line(speakers: Sequence[str]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in speakers)
    return re.compile(rf"^\[(?:{names})\].*$", re.MULTILINE) if names else re.compile(r"(?!)")


def _found(
    words: _Words, phrases: _ByFirstWord, negations: frozenset[str]
) -> Iterable[tuple[int, int, str]]:
    """Start, end and kind of each unnegated phrase: the longest, and none overlapping."""
    at = 0
    for first, word in enumerate(words.plain):
        if first < at or word not in phrases:
            continue
        phrase = _longest_at(words, first, phrases[word])
        if phrase is None:
            continue
        at = first + len(phrase.words)
        if not _is_negated(words, first, at, negations):
            yield words.starts[first], words.ends[at - 1], phrase.kind


def _longest_at(words: _Words, first: int, phrases: list[_Phrase]) -> _Phrase | None:
    for phrase in phrases:
        after = first + len(phrase.words)
        same = tuple(words.plain[first:after]) == phrase.words
        if same and words.is_one_clause(first, after - 1):
            return phrase
    return None


def _is_negated(words: _Words, first: int, after: int, negations: frozenset[str]) -> bool:
    for before in range(max(0, first - NEGATION_REACH), first):
        if words.plain[before] in negations and words.is_one_clause(before, first):
            return True
    is_heading = words.text.startswith(":", words.ends[after - 1])
    return is_heading and after < len(words.plain) and words.plain[after] in negations


def _kept(text: str, found: Iterable[tuple[int, int, str]]) -> tuple[MarkedPhrase, ...]:
    """The first marks, so that repeated words neither hide others nor swell the header."""
    marks: list[MarkedPhrase] = []
    seen: Counter[str] = Counter()
    for start, end, kind in found:
        words = text[start:end]
        seen[words.lower()] += 1
        if seen[words.lower()] <= MOST_OF_ONE:
            marks.append(MarkedPhrase(start, end, words, kind))
        if len(marks) == MOST_MARKS:
            break
    return tuple(marks)
