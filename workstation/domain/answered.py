"""What a report's header holds of the questions that were asked and the advice that was given."""

from msgspec import Struct

from workstation.domain.roles import Facet


class Raised(Struct, frozen=True):
    """An answer that bears on risk, in a few words; a later answer does not take it away."""

    question: str
    words: str


class Settled(Facet, frozen=True, kw_only=True):
    """The answer that a hard rule of the force asked for; more of it is in the log."""

    guide: str
    question: str
    words: str


def settled_of(settled: tuple[Settled, ...], guide: str, question: str) -> Settled | None:
    """The answer to a question that a hard rule asks for, if it was given."""
    asked = (guide, question)
    return next((one for one in settled if (one.guide, one.question) == asked), None)


class Answered(Facet, frozen=True, kw_only=True, omit_defaults=True):
    """What was done of a guide: questions answered, answers that bear on risk, advice read out.

    The answers themselves are in the log, with who gave them. `by` and `at` are of the last.
    `asked` counts the questions answered; which ones the log says where the header has no room.
    """

    guide: str
    name: str
    asked: int = 0
    questions: tuple[str, ...] = ()
    raised: tuple[Raised, ...] = ()
    advised: tuple[str, ...] = ()
