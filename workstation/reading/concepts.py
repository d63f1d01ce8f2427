"""Where a text says a meaning: phrases on stems, small words skipped, negation understood."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator

from msgspec import Struct

from workstation.reading.lexicon import Lexicon
from workstation.reading.words import Spelling, Words, plain_words

MOST_OF_ONE = 40
MOST_SKIPPED = 2
WIDEST_GAP = 4
NEGATION_REACH = 4
ANY = "*"
ARTICLES = ("the", "a", "an", "this", "that", "these", "those", "some")
IDIOM = "idiom"
SUPPOSED = "supposed"


class Hit(Struct, frozen=True):
    """A meaning said by the words from `first` to `last`."""

    first: int
    last: int


Hits = dict[str, list[Hit]]


class Node(Struct):
    """A place in the tree of phrases: where each next word leads, and what ends here."""

    next: dict[str, "Node"]
    ends: list[str]


class Finder:
    """Finds every phrase of a lexicon in one pass over the words."""

    def __init__(self, lexicon: Lexicon, spelling: Spelling) -> None:
        self._spelling = spelling
        grammar = lexicon.grammar
        self._skipped = frozenset(grammar.skipped.split())
        self._negations = frozenset(grammar.negations.split())
        self._dividing = frozenset(grammar.dividing.split())
        self._turning = frozenset(grammar.turning.split())
        self._stands = {name for name, concept in lexicon.concepts.items() if concept.stands}
        phrases = [
            (name, pattern)
            for name, concept in lexicon.concepts.items()
            for phrase in concept.says.split(",")
            if (pattern := _pattern(phrase))
        ]
        words = {word for _, pattern in phrases for word in pattern if word[0] not in "*="}
        spelling.learn({spelling.stem(word) for word in words}, grammar.kept.split())
        self._root = Node({}, [])
        for name, pattern in phrases:
            self._plant(name, pattern)

    def find(self, words: Words) -> Hits:
        """Every meaning said, and under `no:` and its name where it is denied."""
        found: Hits = defaultdict(list)
        said: Counter[tuple[str, str]] = Counter()
        for name, first, last in self._all(words):
            denied = name not in self._stands and self._is_denied(words, first, last)
            hits = found[f"no:{name}" if denied else name]
            if hits and hits[-1].first == first:
                if hits[-1].last < last:
                    hits[-1] = Hit(first, last)
            elif said[name, words.stems[first]] < MOST_OF_ONE:
                said[name, words.stems[first]] += 1
                hits.append(Hit(first, last))
        return _without(found, self._unsaid(words, found))

    def _plant(self, name: str, pattern: list[str]) -> None:
        node = self._root
        for word in pattern:
            key = word if word[0] in "*=" else self._spelling.stem(word)
            node = node.next.setdefault(key, Node({}, []))
        if name not in node.ends:
            node.ends.append(name)

    def _all(self, words: Words) -> Iterator[tuple[str, int, int]]:
        root = self._root.next
        for first, (stem, plain) in enumerate(zip(words.stems, words.plain, strict=True)):
            for node in (root.get(stem), root.get("=" + plain)):
                if node is not None:
                    for name, last in self._from(words, node, first):
                        yield name, first, last

    def _from(self, words: Words, node: Node, last: int) -> Iterator[tuple[str, int]]:
        """What ends at or after this word, on from this node."""
        for name in node.ends:
            yield name, last
        if node.next:
            yield from self._next(words, node, last, MOST_SKIPPED)
            gap = node.next.get(ANY)
            if gap is not None:
                for ahead in range(WIDEST_GAP + 1):
                    if _is_one_sentence(words, last, last + ahead + 1):
                        yield from self._next(words, gap, last + ahead, 0)

    def _next(self, words: Words, node: Node, last: int, skips: int) -> Iterator[tuple[str, int]]:
        at = last + 1
        if not _is_one_sentence(words, last, at):
            return
        for key in (words.stems[at], "=" + words.plain[at]):
            following = node.next.get(key)
            if following is not None:
                yield from self._from(words, following, at)
        if skips and words.plain[at] in self._skipped:
            yield from self._next(words, node, at, skips - 1)

    def _unsaid(self, words: Words, found: Hits) -> set[int]:
        """The words of figures of speech, and of what is only supposed, with no *but* after."""
        unsaid = {at for hit in found.pop(IDIOM, []) for at in range(hit.first, hit.last + 1)}
        for hit in found.pop(SUPPOSED, []):
            supposed = _to_the_end(words, hit.first)
            if not any(words.plain[at] in self._turning for at in supposed):
                unsaid.update(supposed)
        return unsaid

    def _is_denied(self, words: Words, first: int, last: int) -> bool:
        clause = words.clause[first]
        for at in range(first - 1, max(-1, first - 1 - NEGATION_REACH), -1):
            plain = words.plain[at]
            if words.clause[at] != clause or plain in self._dividing:
                break
            if plain in self._negations:
                return True
        is_heading = words.text.startswith(":", words.ends[last])
        return is_heading and last + 1 < len(words) and words.plain[last + 1] in self._negations


def _pattern(phrase: str) -> list[str]:
    parts: list[str] = []
    for part in phrase.split():
        if part == ANY:
            parts.append(ANY)
        elif part.startswith("="):
            parts.append("=" + part[1:].replace("'", ""))
        else:
            parts += plain_words(part)
    return [part for part in parts if part not in ARTICLES] or parts


def _is_one_sentence(words: Words, one: int, other: int) -> bool:
    return other < len(words) and words.sentence[one] == words.sentence[other]


def _to_the_end(words: Words, first: int) -> range:
    """The words from here to the end of the sentence."""
    return range(first, bisect_right(words.sentence, words.sentence[first]))


def _without(found: Hits, unsaid: set[int]) -> Hits:
    """What begins among words that are not meant is not said."""
    if unsaid:
        for name in list(found):
            found[name] = [hit for hit in found[name] if hit.first not in unsaid]
    return {name: hits for name, hits in found.items() if hits}
