"""Setting how somebody may be reached: more careful is always taken, less is for who holds it."""

from typing import ClassVar

from msgspec import field
from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, holds
from workstation.domain.entry import EntryKind
from workstation.domain.leases import clock_time
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import ON_RECORDS, Role
from workstation.domain.safe_contact import (
    NOTHING_SAID,
    Answer,
    ContactTerms,
    SafeContact,
    Way,
    in_a_line,
    is_looser,
    most_careful,
    terms_of,
)


class SafeContactSet(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It stands on record how they may be reached; what stood before is told with it."""

    terms: ContactTerms
    was: ContactTerms = NOTHING_SAID
    why: str = ""

    def evolve(self, report: Report) -> Report:
        before = report.safe_contact
        number = before.number + 1 if before is not None else 1
        contact = SafeContact(at=self.at, by=self.by, terms=self.terms, number=number)
        return replace(report, safe_contact=contact)

    def story(self) -> tuple[EntryKind, str, str]:
        lines = [in_a_line(self.terms)]
        if self.was != NOTHING_SAID:
            lines.append(f"Before: {in_a_line(self.was)}")
        if self.why:
            lines.append(f"Why: {self.why}")
        return EntryKind.DECISION, "Safe contact", "\n".join(lines)


class SetSafeContact(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Say how somebody may be reached. A way that is not named is not known.

    `saw_number`: how often it had been set, as its author saw it.
    """

    ways: dict[Way, Answer] = field(default_factory=dict)
    not_when: str = ""
    hidden_from: str = ""
    needs: str = ""
    why: str = ""
    saw_number: int = 0
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never less careful by who does not hold it or had not seen what stands."""
        was, wanted = terms_of(report.safe_contact), self._wanted()
        if wanted == was:
            return () if report.safe_contact is not None else _NOTHING
        if is_looser(wanted, was):
            blocked = self._not_seen(report, context) or self._no_reason()
            blocked = blocked or holds(report, context)
            if blocked is not None:
                wanted = most_careful(was, wanted)
                if wanted == was or blocked.code == "contact/why":
                    return blocked
        return (SafeContactSet(stamp=context.stamp(report.id), terms=wanted, was=was,
                               why=self.why),)  # fmt: skip

    def _wanted(self) -> ContactTerms:
        said = (self.not_when, self.hidden_from, self.needs)
        return ContactTerms(self.ways, *(one.strip() for one in said))

    def _no_reason(self) -> Refusal | None:
        if self.why.strip():
            return None
        sentence = "Say why less care is needed now: who said so, and when."
        return Refusal("contact/why", sentence, "why")

    def _not_seen(self, report: Report, context: Context) -> Refusal | None:
        contact = report.safe_contact
        if contact is None or contact.number == self.saw_number:
            return None
        sentence = (
            f"{contact.by.name} set how they may be contacted at "
            f"{clock_time(contact.at, context.now)}, which you had not seen. "
            "The more careful stands: read it, then decide again."
        )
        return Refusal("contact/changed", sentence)


_NOTHING = Refusal("contact/nothing", "Say of one way at least whether it is safe.", "phone")
