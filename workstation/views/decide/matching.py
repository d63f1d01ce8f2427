"""Which redirect rules of the pack the words of a report call up, with the words that did.

A match is a suggestion and nothing more: it chooses nothing.
"""

from msgspec import Struct

from workstation.desk import Suggested
from workstation.domain.pack import Agency, Pack, RedirectRule


class Match(Struct, frozen=True):
    """A rule, and the words of the report that called it up."""

    rule: RedirectRule
    words: tuple[str, ...]

    @property
    def topic(self) -> str:
        """The topic as people say it."""
        return self.rule.topic.replace("_", " ")


def matches(pack: Pack, suggested: Suggested | None) -> list[Match]:
    """The rules of the matter the words speak of, also where it stays with the police."""
    if suggested is None:
        return []
    reasons = suggested.because.get("agency", ())
    words = tuple(reason.words for reason in reasons if reason.words)
    return [Match(rule, words) for rule in pack.redirect_rules if rule.id in suggested.rules]


def is_council(agency: Agency) -> bool:
    """Whether an agency is a council of any tier."""
    return agency.kind.endswith("council")
