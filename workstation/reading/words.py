"""The words of a text: plain, cut to their stems, spelling mended, and where each stands.

Everything later works on stems, so that *stole*, *steals* and *stealing* are one word. Stems are
not English (*chang*, *hous*); they only have to come out the same. All is linear in the text.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from msgspec import Struct

JOINERS = "'’‘`\u0300-\u036f\u200b-\u200f\u2060\ufeff"
WORD = re.compile(rf"[^\W_]+(?:[{JOINERS}]+[^\W_]+)*")
JOINED = re.compile(rf"[{JOINERS}]+")
CONTRACTED = re.compile(r"(?<=\w)['’‘`](?:s|d|m|ll|ve|re)$")
SENTENCE_END = re.compile(r"[.!?;\n]")
CLAUSE_END = re.compile(r"[.,!?;:\n]")
VOWELS = re.compile(r"[aeiouy]+")
CLOSED = re.compile(r"[^aeiou]*[aeiouy][^aeiouwxy]")
LONGEST_WORD = 40
SHORTEST_MENDED = 6
MOST_KEPT = 50_000


class Words(Struct, frozen=True, dict=True):
    """The words of a text in their order; `sentence` and `clause` number where each belongs."""

    text: str
    plain: list[str]
    stems: list[str]
    starts: list[int]
    ends: list[int]
    sentence: list[int]
    clause: list[int]

    def __len__(self) -> int:
        return len(self.plain)

    def between(self, first: int, last: int) -> str:
        """The text from one word to another."""
        return self.text[self.starts[first] : self.ends[last]]

    @cached_property
    def figures(self) -> list[int]:
        """The places of words that begin with a digit."""
        return [at for at, word in enumerate(self.plain) if word[0].isdigit()]


class Spelling:
    """The stem of a word, by rules, exceptions and, for longer words, likeness to a known one."""

    def __init__(self, same: Mapping[str, str]) -> None:
        self._same = dict(same)
        self._stems: dict[str, str] = {}
        self._known: set[str] = set()
        self._near: dict[str, str | None] = {}

    def learn(self, stems: Iterable[str], kept: Iterable[str] = ()) -> None:
        """Know these stems, so that words one slip away from one of them are read as it."""
        self._known.update(stems)
        kept_stems = {self.stem(word) for word in kept}
        self._known |= kept_stems
        for stem in self._known:
            if len(stem) >= SHORTEST_MENDED - 1:
                for key in _shortened(stem):
                    taken = self._near.get(key, stem)
                    self._near[key] = stem if taken == stem else None
        self._stems.clear()

    def stem(self, word: str, mend: bool = True) -> str:
        """The stem of a plain word; what may be a name is not mended."""
        found = self._stems.get(word)
        if found is None:
            found = _cut(self._same.get(word, word))
            if not mend:
                return found
            found = self._mended(found, word)
            if len(self._stems) < MOST_KEPT:
                self._stems[word] = found
        return found

    def _mended(self, stem: str, word: str) -> str:
        if stem in self._known or not SHORTEST_MENDED <= len(word) <= LONGEST_WORD:
            return stem
        if not word.isalpha():
            return stem
        for key in _shortened(stem):
            near = self._near.get(key)
            if near is not None and near[0] == stem[0] and _one_slip(near, stem):
                return near
        return stem


def read_words(text: str, spelling: Spelling) -> Words:
    """The words of a text, with stems."""
    words = Words(text, [], [], [], [], [], [])
    sentence = clause = end = 0
    for match in WORD.finditer(_lower(text)):
        start = match.start()
        if start - end > 1 or (start and text[end:start] != " "):
            gap = text[end:start]
            if CLAUSE_END.search(gap) and not _in_number(text, end, start):
                clause += 1
                sentence += 1 if SENTENCE_END.search(gap) else 0
        end = match.end()
        word = match[0]
        if not word.isalnum():
            word = JOINED.sub("", _uncontracted(word))
        words.plain.append(word)
        is_name = text[start].isupper() and text[start + 1 : start + 2].islower()
        words.stems.append(spelling.stem(word, mend=not is_name))
        words.starts.append(start)
        words.ends.append(end)
        words.sentence.append(sentence)
        words.clause.append(clause)
    return words


def plain_words(text: str) -> list[str]:
    """The plain words of a phrase."""
    return [JOINED.sub("", _uncontracted(match[0])) for match in WORD.finditer(_lower(text))]


def _uncontracted(word: str) -> str:
    return CONTRACTED.sub("", word)


def _lower(text: str) -> str:
    """Lower case in which every character keeps its place (İ alone would become two)."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("İ", "i").lower()


def _in_number(text: str, end: int, start: int) -> bool:
    """Whether the gap is the point or colon of a time or an amount."""
    return start - end == 1 and text[end - 1 : end].isdigit() and text[start].isdigit()


def _cut(word: str) -> str:
    if len(word) <= 3 or not word.isascii() or len(word) > LONGEST_WORD:
        return word
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ing", "ed")) and not word.endswith("eed"):
        rest = word[:-3] if word.endswith("ing") else word[:-2]
        if len(rest) >= 2 and VOWELS.search(rest):
            return _ended(rest)
    elif word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _without_e(word)


def _ended(rest: str) -> str:
    """What stands before -ing or -ed, as the bare verb would be cut."""
    if rest[-1] == rest[-2] and rest[-1] not in "aeiouls":
        return rest[:-1]
    if CLOSED.fullmatch(rest):
        return rest + "e"
    return rest


def _without_e(word: str) -> str:
    """The silent e is dropped, but not in short words that it tells apart (car, care)."""
    if not word.endswith("e") or len(word) <= 3:
        return word
    rest = word[:-1]
    return word if CLOSED.fullmatch(rest) or rest[-1] in "eio" else rest


def _shortened(stem: str) -> set[str]:
    """The stem and every form of it with one letter less."""
    return {stem} | {stem[:at] + stem[at + 1 :] for at in range(len(stem))}


def _one_slip(known: str, written: str) -> bool:
    """Whether one letter was left out, added, changed, or swapped with its neighbour."""
    if abs(len(known) - len(written)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(known, written, strict=False)) if a != b), None)
    if at is None:
        return True
    rest = known[at:], written[at:]
    return (
        rest[0][1:] == rest[1][1:]
        or rest[0][1:] == rest[1]
        or rest[0] == rest[1][1:]
        or (rest[0][:2] == rest[1][1::-1] and rest[0][2:] == rest[1][2:])
    )
