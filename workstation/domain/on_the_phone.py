"""Going on although a claim is not sure: somebody is on the phone and cannot be made to wait.

It gives no right that the claim does not give: what follows is judged as any late work is.
"""

from typing import ClassVar

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.report import Report
from workstation.domain.roles import ON_RECORDS, Role


class WorkedOnThePhone(Event, frozen=True, kw_only=True):
    """Somebody went on with a report that the store had not confirmed to be theirs."""

    def evolve(self, report: Report) -> Report:
        return report

    def story(self) -> tuple[EntryKind, str, str]:
        text = "The claim was not confirmed: somebody else may have been working this."
        return EntryKind.DECISION, f"{self.by.name} went on: on the phone to this person", text


class WorkOnThePhone(Command, frozen=True, kw_only=True):
    """Go on with what one person alone may do, unsure of the claim: the caller is on the line."""

    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Never refused: it only says what was done, by whom and when."""
        return (WorkedOnThePhone(stamp=context.stamp(report.id)),)
