"""What a text means: the meanings said in it, and those that several make together."""

import re

from msgspec import Struct

from workstation.reading.concepts import MOST_OF_ONE, Finder, Hit, Hits
from workstation.reading.lexicon import FACTS, Lexicon, alternatives
from workstation.reading.shapes import diary_of, shapes
from workstation.reading.words import Spelling, Words, read_words

REACH = 17
BREAK = 5
NO_WORD = re.compile(r"\S{400,}")
SPEAKER = re.compile(r"^\[[a-z_ ]{1,20}\]", re.MULTILINE)
Groups = list[list[list[str]]]


class Cue(Struct, frozen=True):
    """A cue taken apart: facts of the report, groups of meanings, and what could say each part."""

    facts: tuple[frozenset[str], ...]
    groups: Groups
    masks: tuple[int, ...]


class Compiled(Struct, frozen=True):
    """A concept with its cues taken apart."""

    means: list[Cue]
    but: list[Cue]


class Meaning:
    """The meanings of one text, worked out when asked for and kept."""

    def __init__(self, words: Words, said: Hits, names: "Names") -> None:
        self.words = words
        self._said = said
        self._names = names
        self._known: dict[str, list[Hit]] = {}
        self._diary = diary_of(words, said)
        self._mask = 0
        for name in said:
            self._mask |= names.bit(name)

    def names(self) -> tuple[str, ...]:
        """The names of what is said in so many words."""
        return tuple(self._said)

    def said(self, name: str) -> list[Hit]:
        """Where this meaning is said in so many words, all of them."""
        return self._said.get(name, [])

    def hits(self, name: str) -> list[Hit]:
        """Where this meaning is said, alone or by several together."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._work_out(name)
        return known

    def find(self, cue: Cue, facts: frozenset[str] = frozenset()) -> list[Hit] | None:
        """Where each part of a cue is said; None if a part is missing, [] if only facts count."""
        for mask in cue.masks:
            if not mask & self._mask:
                return None
        for fact in cue.facts:
            if not fact & facts:
                return None
        every: list[Hit] = []
        for group in cue.groups:
            apart = (way for way in self._near(group) if not _overlap(way, every))
            found = next(apart, None)
            if found is None:
                return None
            every += found
        return every

    def is_in_diary(self, hits: list[Hit]) -> bool:
        """Whether all of these stand in a diary of dated entries."""
        first, last = self._diary
        return all(first <= hit.first <= last for hit in hits)

    def _work_out(self, name: str) -> list[Hit]:
        said = list(self._said.get(name, ())[:MOST_OF_ONE])
        compiled = self._names.compiled.get(name)
        if compiled is None:
            return said
        for cue in compiled.means:
            if len(cue.groups) == 1 and all(mask & self._mask for mask in cue.masks):
                said += [_span(parts) for parts in self._near(cue.groups[0])]
            elif parts := self.find(cue):
                said.append(parts[0])
        if said and any(self.find(cue) for cue in compiled.but):
            return []
        return sorted(set(said), key=lambda hit: (hit.first, hit.last))[:MOST_OF_ONE]

    def _near(self, group: list[list[str]]) -> list[list[Hit]]:
        """Each way to find one hit of every part near one another."""
        parts = [self._either(names) for names in group]
        if not all(parts):
            return []
        found = [[hit] for hit in parts[0]]
        for hits in parts[1:]:
            found = [[*way, near] for way in found if (near := self._nearest(way, hits))]
        return found[:MOST_OF_ONE]

    def _nearest(self, way: list[Hit], hits: list[Hit]) -> Hit | None:
        """The hit nearest to the first of a way that shares no word with any of it."""
        best: Hit | None = None
        least = REACH + 1
        anchor = way[0]
        sentence = self.words.sentence
        for hit in hits:
            gap = max(hit.first - anchor.last, anchor.first - hit.last)
            gap += BREAK * abs(sentence[hit.first] - sentence[anchor.first])
            if gap < least and not _overlap(way, [hit]):
                best, least = hit, gap
        return best

    def _either(self, names: list[str]) -> list[Hit]:
        if len(names) == 1:
            return self.hits(names[0])
        return sorted(
            {hit for name in names for hit in self.hits(name)}, key=lambda hit: hit.first
        )


class Names:
    """The names of a lexicon: a bit for each, and which bits could make each come about."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._bits: dict[str, int] = {}
        self._masks: dict[str, int] = {}
        self._concepts = lexicon.concepts
        self.compiled = {
            name: Compiled([self.cue(cue) for cue in c.means], [self.cue(cue) for cue in c.but])
            for name, c in lexicon.concepts.items()
            if c.means or c.but
        }

    def bit(self, name: str) -> int:
        """The bit of a name."""
        return self._bits.setdefault(name, 1 << len(self._bits))

    def cue(self, text: str) -> Cue:
        """A cue taken apart."""
        facts: list[frozenset[str]] = []
        groups: Groups = []
        for group in alternatives(text):
            if group[0][0].partition(":")[0] in FACTS:
                facts.append(frozenset(group[0]))
            else:
                groups.append(group)
        masks = [self._mask_of(names) for group in groups for names in group]
        return Cue(tuple(facts), groups, tuple(masks))

    def _mask_of(self, names: list[str]) -> int:
        mask = 0
        for name in names:
            mask |= self._mask(name)
        return mask

    def _mask(self, name: str) -> int:
        """Every bit that could make this name come about; cycles were refused before."""
        mask = self._masks.get(name)
        if mask is None:
            mask = self.bit(name)
            concept = self._concepts.get(name)
            for cue in concept.means if concept else ():
                for group in alternatives(cue):
                    for names in group:
                        mask |= self._mask_of(names)
            self._masks[name] = mask
        return mask


class Reader:
    """Reads texts by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.spelling = Spelling(lexicon.grammar.same)
        self._finder = Finder(lexicon, self.spelling)
        self._names = Names(lexicon)
        self._ours = _line_of(lexicon.grammar.ours)
        self._asked = _line_of(lexicon.grammar.questioners)
        yes = "|".join(re.escape(word) for word in lexicon.grammar.yes.split())
        self._yes = re.compile(rf"\n\[[a-z_ ]+\] \W{{0,3}}(?:{yes})\b", re.IGNORECASE)

    def cue(self, text: str) -> Cue:
        """A cue taken apart, to be found in what is read."""
        return self._names.cue(text)

    def stem(self, word: str) -> str:
        """The stem of a plain word, as texts are read."""
        return self.spelling.stem(word)

    def read(self, text: str) -> Meaning:
        """What a text means; our own lines count only where the answer is yes."""
        words = read_words(self._told(text), self.spelling)
        return Meaning(words, self._finder.find(words) | shapes(words), self._names)

    def _told(self, text: str) -> str:
        text = NO_WORD.sub(lambda run: "x" * len(run[0]), text)
        text = self._ours.sub(lambda line: " " * len(line[0]), text)
        told = self._asked.sub(lambda line: self._asked_and_answered(line, text), text)
        return SPEAKER.sub(lambda name: " " * len(name[0]), told)

    def _asked_and_answered(self, line: re.Match[str], text: str) -> str:
        is_yes = "?" in line[0] and self._yes.match(text, line.end())
        return line[0] if is_yes else " " * len(line[0])


def _line_of(speakers: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in speakers)
    return re.compile(rf"^\[(?:{names})\].*$" if names else r"(?!)", re.MULTILINE)


def _overlap(one: list[Hit], other: list[Hit]) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other)


def _span(parts: list[Hit]) -> Hit:
    return Hit(min(hit.first for hit in parts), max(hit.last for hit in parts))
