"""The needs of a victim are assessed, and support is offered: the Victims' Code's right 4.

Who spoke to the victim says what was found and whether support was taken; it adds up, and of two
assessments of one crime the first keeps the clock.
"""

from typing import ClassVar, Literal

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.names import CrimeId
from workstation.domain.refusal import Refusal
from workstation.domain.report import Crime, Report
from workstation.domain.roles import ON_RECORDS, Role

Support = Literal["referred", "declined"]


class NeedsAssessed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What the victim of these crimes needs, and whether support was taken."""

    crimes: tuple[CrimeId, ...]
    victim: str
    found: str
    support: Support
    service: str = ""

    def evolve(self, report: Report) -> Report:
        known = report.needs_assessed
        done = {id: min(self.at, known.get(id, self.at)) for id in self.crimes}
        return replace(report, needs_assessed=known | done)

    def story(self) -> tuple[EntryKind, str, str]:
        took = f"Referred to {self.service}" if self.support == "referred" else "Support declined"
        return EntryKind.DECISION, f"Needs of {self.victim} assessed", f"{self.found}\n{took}"


class AssessNeeds(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Log that the needs of a victim were assessed and support was offered: what came of it."""

    crimes: tuple[CrimeId, ...]
    found: str
    support: Support
    service: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """By whoever spoke to them, however late; with words, and where they were referred."""
        known = [crime for id in self.crimes if (crime := report.crime(id)) is not None]
        if not known or len(known) < len(self.crimes):
            return Refusal("needs/crime", "Choose the victim of a recorded crime.", "victim")
        if not self.found.strip():
            return Refusal(
                "needs/found", "Say what they need, or that they need nothing.", "found"
            )
        if self.support == "referred" and not self.service.strip():
            return Refusal("needs/service", "Say which service they were referred to.", "service")
        assessed = NeedsAssessed(
            stamp=context.stamp(report.id),
            crimes=self.crimes,
            victim=known[0].victim.name or "the victim",
            found=self.found,
            support=self.support,
            service=self.service,
        )
        return (assessed,)


def people_harmed(report: Report) -> tuple[tuple[Crime, ...], ...]:
    """The crimes against each person, the oldest first; one name is one person."""
    by_name: dict[str, list[Crime]] = {}
    for crime in crimes_against_people(report):
        by_name.setdefault(" ".join(crime.victim.name.casefold().split()), []).append(crime)
    return tuple(tuple(crimes) for crimes in by_name.values())


def crimes_against_people(report: Report) -> tuple[Crime, ...]:
    """The crimes whose victim is a person that is known: an organisation has no such needs."""
    return tuple(one for one in report.standing_crimes if one.victim.kind == "person")
