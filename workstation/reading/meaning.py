"""What a text means: the meanings said in it, and those that several make together."""

import re
from collections.abc import Mapping

from workstation.reading.concepts import MOST_OF_ONE, Finder, Hit, Hits
from workstation.reading.lexicon import Concept, Lexicon, alternatives
from workstation.reading.shapes import shapes
from workstation.reading.words import Spelling, Words, read_words

REACH = 14
BREAK = 5
SPEAKER = re.compile(r"^\[[a-z_ ]{1,20}\]", re.MULTILINE)
Groups = list[list[list[str]]]


class Meaning:
    """The meanings of one text, worked out when asked for and kept."""

    def __init__(self, words: Words, hits: Hits, concepts: Mapping[str, "Compiled"]) -> None:
        self.words = words
        self._said = hits
        self._concepts = concepts
        self._known: dict[str, list[Hit]] = {}

    def hits(self, name: str) -> list[Hit]:
        """Where this meaning is said, alone or by several together."""
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = self._work_out(name)
        return known

    def cue(self, groups: Groups) -> list[Hit]:
        """Where each part of a cue is said; nothing if one is missing."""
        every: list[Hit] = []
        for group in groups:
            apart = (way for way in self._near(group) if not _overlap(way, every))
            found = next(apart, None)
            if found is None:
                return []
            every += found
        return every

    def _work_out(self, name: str) -> list[Hit]:
        said = list(self._said.get(name, ()))
        compiled = self._concepts.get(name)
        if compiled is None:
            return said
        for groups in compiled.means:
            if len(groups) == 1:
                said += [_span(parts) for parts in self._near(groups[0])]
            else:
                parts = self.cue(groups)
                if parts:
                    said.append(parts[0])
        if said and any(self.cue(groups) for groups in compiled.but):
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
            if sentence[hit.first] != sentence[anchor.first]:
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


class Compiled:
    """A concept with its cues taken apart."""

    def __init__(self, concept: Concept) -> None:
        self.means = [alternatives(cue) for cue in concept.means]
        self.but = [alternatives(cue) for cue in concept.but]


class Reader:
    """Reads texts by one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._spelling = Spelling(lexicon.grammar.same)
        self._finder = Finder(lexicon, self._spelling)
        self._concepts = {name: Compiled(c) for name, c in lexicon.concepts.items()}
        self._ours = _line_of(lexicon.grammar.ours)
        self._asked = _line_of(lexicon.grammar.questioners)
        yes = "|".join(re.escape(word) for word in lexicon.grammar.yes.split())
        self._yes = re.compile(rf"\n\[[a-z_ ]+\] \W{{0,3}}(?:{yes})\b", re.IGNORECASE)

    def stem(self, word: str) -> str:
        """The stem of a plain word, as texts are read."""
        return self._spelling.stem(word)

    def read(self, text: str) -> Meaning:
        """What a text means; our own lines count only where the answer is yes."""
        words = read_words(self._told(text), self._spelling)
        return Meaning(words, self._finder.find(words) | shapes(words), self._concepts)

    def _told(self, text: str) -> str:
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
