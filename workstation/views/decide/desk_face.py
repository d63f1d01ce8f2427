"""What the panels ask of the desk: the part of its face that decides, and no more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from workstation.desk import QueueFilter, QueueRow, Shown, ShownEntry
from workstation.domain.act import Command
from workstation.domain.earlier_places import EarlierPlace
from workstation.domain.pack import Agency, Offence, Pack
from workstation.domain.places import Place
from workstation.domain.refusal import Refusal
from workstation.domain.report import (
    Channel,
    EarlierContacts,
    Facts,
    Location,
    ReportId,
    Victim,
)
from workstation.domain.roles import Person


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""


class KeptDraft(Protocol):
    """Words that were typed and not yet sent."""

    @property
    def text(self) -> str:
        """The words."""


class DeskFace(Protocol):
    """The desk, as the decision panels and the taking page use it."""

    @property
    def person(self) -> Person:
        """Who is signed in."""

    @property
    def pack(self) -> Pack:
        """The force pack in force."""

    @property
    def workstation(self) -> str:
        """The name of this workstation."""

    @property
    def clock(self) -> Clock:
        """What time it is."""

    @property
    def reports_changed(self) -> Any:
        """The signal with the ids of the reports that changed."""

    def report(self, id: ReportId, /) -> Shown | None:
        """The report as this desk shows it."""

    def submit(self, command: Command, /) -> Refusal | None:
        """Decide here and send on its way."""

    def claim_if_free(self, id: ReportId, /) -> Refusal | None:
        """Take the report unless somebody holds it."""

    def record_crime(self, id: ReportId, offence: str, victim: Victim, /) -> Refusal | str:
        """Record a crime and return its number."""

    def take_contact(
        self,
        channel: Channel,
        account: str,
        facts: Facts,
        location: Location,
        happening_now: bool = False,
        /,
    ) -> Refusal | ReportId:
        """Put a call or a walk-in on record."""

    def earlier_contacts(self, id: ReportId, /) -> EarlierContacts:
        """What the check for earlier contacts finds."""

    def linked(self, id: ReportId, /) -> Sequence[QueueRow]:
        """Rows of the same people or place."""

    def places(self, text: str, /) -> Sequence[Place]:
        """Places that fit the text."""

    def where(self, text: str, /) -> Sequence[Place | EarlierPlace]:
        """Those, with the streets and local names of earlier reports."""

    def offences(self, text: str, /) -> Sequence[Offence]:
        """Offences that fit the text, best first."""

    def agencies_for(self, topic: str, district: str, /) -> Sequence[Agency]:
        """Agencies for a topic in a district."""

    def ids(self, filter: QueueFilter, /) -> Sequence[ReportId]:  # noqa: A002
        """Ids of the reports that a filter lets through."""

    def rows(self, ids: Sequence[ReportId], /) -> Sequence[QueueRow]:
        """Those reports as rows."""

    def entries(self, id: ReportId, /) -> Sequence[ShownEntry]:
        """The lines of the report's story, each with its `entry`."""

    def save_draft(self, report: ReportId, field: str, text: str, /) -> datetime:
        """Keep words that are not sent yet."""

    def draft(self, report: ReportId, field: str, /) -> KeptDraft | None:
        """The words kept, if any."""

    def drop_draft(self, report: ReportId, field: str, /) -> None:
        """Forget the words: they were sent."""
