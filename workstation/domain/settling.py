"""A refused command is dealt with by a person, who says how; its words stay on record for good."""

from typing import ClassVar, Literal

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.refusal import Refusal
from workstation.domain.report import EntryKind, Report
from workstation.domain.roles import ON_RECORDS, Role

How = Literal["done again", "set aside", "answered otherwise"]
LONGEST_WHY = 500


class CaseSettled(Event, frozen=True, kw_only=True):
    """Somebody dealt with work that the store had refused."""

    case: str
    how: How
    why: str

    def evolve(self, report: Report) -> Report:
        return report

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, f"Refused work: {self.how}", self.why


class SettleCase(Command, frozen=True, kw_only=True):
    """Deal with refused work: its author may, and a supervisor; the store knows whose it is."""

    case: str
    how: How
    why: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Whatever the report's state: a settlement changes nothing in it."""
        wrong = self.wrong()
        if wrong is not None:
            return wrong
        stamp = context.stamp(report.id)
        return (CaseSettled(stamp=stamp, case=self.case, how=self.how, why=self.why),)

    def wrong(self) -> Refusal | None:
        """What is wrong with the words themselves."""
        if not self.why.strip():
            return Refusal("case/why", "Say in a sentence what became of it.", "why")
        if len(self.why) > LONGEST_WHY:
            sentence = f"Say it in {LONGEST_WHY} characters; put the rest in a note."
            return Refusal("case/too-long", sentence, "why")
        return None
