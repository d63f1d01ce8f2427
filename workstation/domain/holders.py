"""Who holds a report, who held it, to whom it is offered, and whose acts came last."""

from datetime import datetime

from msgspec import Struct

from workstation.domain.roles import Author, Facet, PersonId


class Claim(Facet, frozen=True, kw_only=True):
    """A lease on the report: who works it, or for whom it is set aside until `packet_until`.

    `leased_at` and `detached_at` are of the store's clock; `detached`: the desk fell silent.
    """

    workstation: str
    detached: bool = False
    detached_at: datetime | None = None
    leased_at: datetime | None = None
    packet_until: datetime | None = None

    @property
    def is_packet(self) -> bool:
        """Whether the report is only reserved: nobody has begun to work it."""
        return self.packet_until is not None


class Held(Struct, frozen=True):
    """Whose the report became at a fence, so that a late act is told who held it meanwhile."""

    fence: int
    by: Author


class Declined(Facet, frozen=True, kw_only=True):
    """The colleague will not take what was offered, and perhaps why."""

    word: str = ""


class Offer(Facet, frozen=True, kw_only=True):
    """Its holder offers it to a colleague; it ends when the fence rises."""

    to: Author
    reason: str
    declined: Declined | None = None


class Touch(Struct, frozen=True):
    """Who made this version, and the `count` up to it that they made without a break."""

    version: int
    by: PersonId
    count: int = 1

    def after(self, version: int) -> int:
        """How many of them came after that version."""
        return max(0, min(self.count, self.version - version))
