"""What a report says of other reports: earlier contacts that were found, a reference it quotes."""

from typing import Literal

from msgspec import Struct

from workstation.domain.names import Line, ReportId

Searched = Literal["", "this desk", "this desk and the store", "nothing"]


class EarlierContacts(Struct, frozen=True, omit_defaults=True):
    """What the check for earlier contacts found, as it stood on screen.

    `recent` of them came within `days`; `about` counts them by the risks they were flagged or
    marked with; `searched` says where was looked; `said_never`: the words of who says that this
    was never reported before.
    """

    count: int = 0
    vulnerable: bool = False
    reports: tuple[ReportId, ...] = ()
    recent: int = 0
    days: int = 0
    about: dict[str, int] = {}
    searched: Searched = ""
    said_never: Line = ""


class Quoted(Struct, frozen=True, omit_defaults=True):
    """The reference of another report that a contact quotes.

    `report`, and by what the same person is known, only where identity matched: else it is not
    told which report that is, nor is anything added to it (row A10.6).
    """

    reference: Line
    report: ReportId | None = None
    by: tuple[str, ...] = ()
