"""What a report owes the public and what was done of it: facets, each set by one kind of event."""

from datetime import datetime

from workstation.domain.roles import Facet


class InitialCheck(Facet, frozen=True, kw_only=True):
    """Somebody looked for the first time: is it an emergency, is it ours?"""


class Reply(Facet, frozen=True, kw_only=True):
    """The public had the reply it was promised: how, and who; or `how` says why none is owed."""

    how: str
    who: str = ""


class Asked(Facet, frozen=True, kw_only=True):
    """A supervisor was asked to look."""

    question: str


class AgencyAnswer(Facet, frozen=True, kw_only=True):
    """The agency said that it has what was sent to it."""

    words: str


class Promised(Facet, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody said they would do, and by when; whoever holds the report owes it.

    `kept` is None while it is owed, False where it was dropped with a reason.
    """

    id: str
    what: str
    due_at: datetime
    kept: bool | None = None
    ended_at: datetime | None = None
