"""How somebody may be reached without harm: by which ways, when not, and who must not hear.

Row A9.8, general knowledge and no published list: a safe number or e-mail, safe times, no
voicemail, text or post, an interpreter, an offender who reads messages. What nobody said is not
known, and not known is never safe.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct
from msgspec.structs import replace

from workstation.domain.roles import Facet

Way = Literal["phone", "voicemail", "text", "email", "post"]
Answer = Literal["safe", "unsafe"]
Words = Annotated[str, Meta(max_length=200)]
WAYS: tuple[Way, ...] = get_args(Way)
LONGEST = 200
SPOKEN: dict[Way, str] = {
    "phone": "phone", "voicemail": "voicemail", "text": "text", "email": "e-mail", "post": "post",
}  # fmt: skip
_DO_NOT: dict[Way, str] = {
    "phone": "phone", "voicemail": "leave a message", "text": "text", "email": "e-mail",
    "post": "send post",
}  # fmt: skip


class ContactTerms(Struct, frozen=True, omit_defaults=True):
    """What was said of each way, when not to try, who must not hear of it, and what is needed."""

    ways: dict[Way, Answer] = {}
    not_when: Words = ""
    hidden_from: Words = ""
    needs: Words = ""

    @property
    def unsafe(self) -> tuple[Way, ...]:
        """The ways nobody may use."""
        return tuple(way for way in WAYS if self.ways.get(way) == "unsafe")

    @property
    def is_careful(self) -> bool:
        """Whether anything is to be heeded."""
        return bool(self.unsafe or self.not_when or self.hidden_from or self.needs)


class SafeContact(Facet, frozen=True, kw_only=True):
    """The terms that stand; `number` counts how often they were set."""

    terms: ContactTerms
    number: int = 1


NOTHING_SAID = ContactTerms()


def terms_of(contact: SafeContact | None) -> ContactTerms:
    """What is known; of nobody who was not asked is anything."""
    return NOTHING_SAID if contact is None else contact.terms


def cautions(terms: ContactTerms) -> ContactTerms:
    """What binds whoever takes the matter over; that a way is safe was said of this person."""
    return replace(terms, ways=dict.fromkeys(terms.unsafe, "unsafe"))


def most_careful(one: ContactTerms, other: ContactTerms) -> ContactTerms:
    """Both together: what is unsafe by either is, and no word that warns is lost."""
    unsafe: dict[Way, Answer] = dict.fromkeys((*one.unsafe, *other.unsafe), "unsafe")
    said = {**one.ways, **other.ways, **unsafe}
    return ContactTerms(
        ways={way: said[way] for way in WAYS if way in said},
        not_when=_both(one.not_when, other.not_when),
        hidden_from=_both(one.hidden_from, other.hidden_from),
        needs=_both(one.needs, other.needs),
    )


def is_looser(now: ContactTerms, was: ContactTerms) -> bool:
    """Whether something that was to be heeded would be heeded no more."""
    warned = ((was.not_when, now.not_when), (was.hidden_from, now.hidden_from),
              (was.needs, now.needs))  # fmt: skip
    lost = any(before.casefold() not in after.casefold() for before, after in warned)
    return lost or not set(was.unsafe) <= set(now.unsafe)


def what_not(terms: ContactTerms) -> str:
    """What nobody may do: *do not phone or leave a message*; nothing where nothing is unsafe."""
    acts = [_DO_NOT[way] for way in terms.unsafe]
    return f"do not {_listed(acts, 'or')}" if acts else ""


def in_words(terms: ContactTerms) -> str:
    """What else is known, and what is not."""
    safe = [SPOKEN[way] for way in WAYS if terms.ways.get(way) == "safe"]
    unknown = [SPOKEN[way] for way in WAYS if way not in terms.ways]
    parts = (
        f"Said to be safe: {_listed(safe, 'and')}." if safe else "",
        f"Not known: {_listed(unknown, 'and')}." if unknown else "",
        f"Not when: {terms.not_when}." if terms.not_when else "",
        f"Must not hear of it: {terms.hidden_from}." if terms.hidden_from else "",
        f"Needs: {terms.needs}." if terms.needs else "",
    )
    return " ".join(part for part in parts if part)


def in_a_line(terms: ContactTerms) -> str:
    """All of it, as the log tells it."""
    no = what_not(terms)
    return f"{no[:1].upper()}{no[1:]}. {in_words(terms)}" if no else in_words(terms)


def _both(one: str, other: str) -> str:
    if other.casefold() in one.casefold():
        return one
    if one.casefold() in other.casefold():
        return other
    both = f"{one}; {other}"
    return both if len(both) <= LONGEST else f"{both[: LONGEST - 1]}…"


def _listed(words: Sequence[str], last: str) -> str:
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end
