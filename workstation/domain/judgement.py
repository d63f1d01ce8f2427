"""What a handler's judgement leaves on a report besides grade and THRIVE."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from workstation.domain.roles import Facet

Line = Annotated[str, Meta(max_length=500)]
Safeguard = Literal["remove", "avoid", "reduce", "accept"]


class LevelChange(Struct, frozen=True):
    """How an element of the risk was seen before, and is now."""

    element: str
    was: str
    now: str


class Lowering(Facet, frozen=True, kw_only=True):
    """Somebody asks a supervisor to lower an emergency to this grade; until then it stands."""

    code: str
    name: str
    reason: str


class RightCare(Facet, frozen=True, kw_only=True):
    """Whether police attend a concern for welfare, on which limb, and what the caller heard."""

    limb: str
    name: str
    attends: bool
    told: str


class CallerTold(Struct, frozen=True, omit_defaults=True):
    """Whether the caller was told, when and by whom; what, or why not, is said beside it.

    `as written`: a desk of an earlier release had one text for all of it.
    """

    answer: Literal["yes", "no", "as written"]
    at: datetime | None = None
    by: Line = ""


class News(Facet, frozen=True, kw_only=True):
    """Something came in after the risk was assessed: a contact, or a report that was linked."""

    what: Line


class Said(Facet, frozen=True, kw_only=True):
    """Who said a fact that may change within minutes, such as being safe, and when."""

    who: Line = ""
