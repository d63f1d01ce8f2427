"""Which redirect rules of the pack a report's own words match, with the word that matched.

A match is a suggestion and nothing more: it chooses nothing.
"""

from collections.abc import Sequence

from msgspec import Struct

from workstation.domain.pack import Agency, Pack, RedirectRule

MOST = 3


class Match(Struct, frozen=True):
    """A rule, and the words of the report that called it up."""

    rule: RedirectRule
    words: tuple[str, ...]

    @property
    def topic(self) -> str:
        """The topic as people say it."""
        return self.rule.topic.replace("_", " ")


def matches(pack: Pack, text: str) -> list[Match]:
    """The rules whose keywords stand in the text, most words first."""
    folded = text.casefold()
    found = [Match(rule, _words(rule.keywords, folded)) for rule in pack.redirect_rules]
    return sorted((m for m in found if m.words), key=lambda m: -len(m.words))[:MOST]


def _words(keywords: Sequence[str], folded: str) -> tuple[str, ...]:
    return tuple(word for word in keywords if _stands(word.casefold(), folded))


def _stands(start: str, text: str) -> bool:
    """Whether a word of the text begins so: a pattern for each keyword costs the first opening."""
    at = text.find(start)
    while at >= 0:
        before = text[at - 1 : at]
        if _is_of_word(before) != _is_of_word(start[:1]):
            return True
        at = text.find(start, at + 1)
    return False


def _is_of_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def is_council(agency: Agency) -> bool:
    """Whether an agency is a council of any tier."""
    return agency.kind.endswith("council")
