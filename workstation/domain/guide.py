"""Guides: what to ask and what to advise on one subject, as data of the force pack.

A guide decides nothing. An answer may raise (set a flag, suggest a step), never lower; what was
not asked is *not done*, and *not known* is an answer of its own (domain.md A9.6).
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

Kind = Literal[
    "yes-no", "choice", "text", "date", "birth-date", "number", "plate", "postcode", "phone"
]
Six = Literal["what", "where", "when", "evidence", "stolen", "damaged"]
Purpose = Literal["safety", "evidence", "prevention"]
NOT_KNOWN = "not known"
MOST_WORDS = 3
YES_NO = ("yes", "no")


class ShownWhen(Struct, frozen=True, omit_defaults=True):
    """Only asked when another question of the guide was answered so; without one, always."""

    question: str = ""
    answer: tuple[str, ...] = ()


class Question(Struct, frozen=True, omit_defaults=True):
    """One question, in words to say. `raises`: the answers that bear on risk.

    `short` says such an answer in a few words, `flag` is the force's flag it sets, and `suggest`
    the step it calls for, which a person takes. `meanings` tell what each of the options means;
    where a hard rule asks for one of them, the most serious comes first. `tells`: which of the
    six fields of a crime its answer is.
    """

    id: str
    ask: str
    kind: Kind
    options: tuple[str, ...] = ()
    hint: str = ""
    raises: tuple[str, ...] = ()
    short: str = ""
    flag: str = ""
    suggest: str = ""
    shown_when: ShownWhen = ShownWhen()
    meanings: tuple[str, ...] = ()
    tells: Six | None = None

    def meaning(self, option: str) -> str:
        """What an option means, where that is told."""
        return dict(zip(self.options, self.meanings, strict=False)).get(option, "")

    def rank(self, option: str) -> int:
        """The place of an answer, the most serious first."""
        order = self.options or (*YES_NO[:1], NOT_KNOWN, *YES_NO[1:])
        return order.index(option) if option in order else 0

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers to choose from; none where it is typed."""
        own = YES_NO if self.kind == "yes-no" else self.options
        return (*own, NOT_KNOWN) if own else ()


class AdviceLine(Struct, frozen=True):
    """One piece of advice, in words to read out."""

    id: str
    purpose: Purpose
    words: str


class Suits(Struct, frozen=True, omit_defaults=True):
    """What of a report makes a guide the likely one: its form, flags, offences, marked phrases.

    `read`: the situations and risks that the lexicon finds in the words.
    """

    forms: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    offences: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


class Guide(Struct, frozen=True, omit_defaults=True):
    """What to ask and to advise on one subject, and where that is from.

    `tool` is the name of the assessment it begins, where people know it by one.
    """

    id: str
    name: str
    valid_from: date
    source: str
    valid_to: date | None = None
    unverified: bool = False
    tool: str = ""
    suits: Suits = Suits()
    questions: tuple[Question, ...] = ()
    advice: tuple[AdviceLine, ...] = ()

    def question(self, id: str) -> Question | None:
        """The question of this id."""
        return next((one for one in self.questions if one.id == id), None)

    def advice_line(self, id: str) -> AdviceLine | None:
        """The advice of this id."""
        return next((one for one in self.advice if one.id == id), None)

    def is_in_force(self, day: date) -> bool:
        """Whether it is asked on this day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def to_ask(self, given: Mapping[str, str]) -> tuple[Question, ...]:
        """The questions that are to be asked, by the answers so far."""
        asked: dict[str, Question] = {}
        for one in self.questions:
            on = one.shown_when
            if not on.question or (on.question in asked and given.get(on.question) in on.answer):
                asked[one.id] = one
        return tuple(asked.values())

    def suits_by(
        self,
        form: str,
        flags: Collection[str],
        offences: Collection[str],
        marks: Collection[str],
        read: Mapping[str, Collection[str]],
    ) -> Iterator[str]:
        """Why it is suggested, each reason in words; nothing where nothing speaks for it."""
        if form and form in self.suits.forms:
            yield "by the form"
        if any(flag in self.suits.flags for flag in flags):
            yield "by a flag"
        if any(code in self.suits.offences for code in offences):
            yield "by the crime"
        found = (words for name, words in read.items() if name in self.suits.read)
        said = list(dict.fromkeys(f"“{one}”" for words in found for one in words))
        if said:
            yield f"by the words {', '.join(said[:MOST_WORDS])}"
        for mark in self.suits.marks:
            if mark in marks:
                yield f"“{mark}” marked in the account"
