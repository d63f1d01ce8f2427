"""What the panels ask of the desk: the part of its face that decides, and no more."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from workstation.desk import Draft, QueueRow, Shown, ShownEntry, Suggested
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

Answer = TypeVar("Answer")


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""


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
    def shorthand(self) -> Any:
        """What the letters after a semicolon become: the force's, and this person's own."""

    @property
    def mentions(self) -> Any:
        """What reads, beside the window, what was spoken of."""

    @property
    def reports_changed(self) -> Any:
        """The signal with the ids of the reports that changed."""

    @property
    def contacts_found(self) -> Any:
        """Ids: of these more is known of earlier contacts."""

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
        id: ReportId | None = None,
        /,
    ) -> Refusal | ReportId:
        """Put a call or a walk-in on record."""

    def new_contact(self) -> ReportId:
        """The id of a contact that begins."""

    def earlier_contacts(self, id: ReportId, /) -> EarlierContacts | None:
        """What the check for earlier contacts found; None until that is known."""

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

    def find_rows(self, text: str, /) -> Sequence[QueueRow]:
        """Rows of the reports whose words fit, as far as they are known."""

    def by_reference(self, reference: str, /) -> ReportId | None:
        """The report with this very reference."""

    @property
    def found(self) -> Any:
        """The signal that more of the rows asked for are known."""

    def suggested(self, id: ReportId, /) -> Suggested | None:
        """What a report's words suggest; None while that is worked out."""

    @property
    def suggestions_changed(self) -> Any:
        """The signal with the id of a report whose words have been read."""

    def entries(self, id: ReportId, /) -> Sequence[ShownEntry]:
        """The lines of the report's story, each with its `entry`."""

    def in_one(self, act: Callable[[], Answer], /) -> Answer | Refusal:
        """Do it with every draft it drops: all on disk, or none of it."""

    @property
    def drafts_wanted(self) -> Any:
        """The signal to keep now what waits to be kept."""

    @property
    def drafts_changed(self) -> Any:
        """The signal with the id of a report whose drafts went elsewhere."""

    @property
    def closing(self) -> Any:
        """The signal after which nothing is kept."""

    def save_drafts(
        self, report: ReportId, typed: Mapping[str, tuple[str, str]], /
    ) -> datetime | None:
        """Keep words that are not sent yet, and what stood before them, by field."""

    def drafts(self, report: ReportId, /) -> Sequence[Draft]:
        """Everything kept of a report."""

    def put_back(self, drafts: Iterable[Draft], /) -> None:
        """Keep again what was thrown away."""

    def rebase_draft(self, report: ReportId, field: str, base: str, /) -> None:
        """The person has seen what stands now."""

    def drop_draft(self, report: ReportId, /, *fields: str) -> None:
        """Forget the words: they were sent or thrown away."""
