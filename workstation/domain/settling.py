"""A refused command is dealt with by a person, who says how; its words stay on record for good."""

from typing import ClassVar, Literal

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
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
        return _why_wrong(self.why, "Say in a sentence what became of it.")


class CaseReleased(Event, frozen=True, kw_only=True):
    """A supervisor let a held command be recorded; what it did follows under its author's name."""

    case: str
    why: str

    def evolve(self, report: Report) -> Report:
        return report

    def story(self) -> tuple[EntryKind, str, str]:
        return EntryKind.DECISION, "Held work released", self.why


class ReleaseHeld(Command, frozen=True, kw_only=True):
    """Let a crime be recorded that was held for its number; the store judges it again."""

    case: str
    why: str
    how: ClassVar[str] = "released"
    may: ClassVar[frozenset[Role]] = frozenset({Role.SUPERVISOR})

    def decide(self, report: Report, context: Context) -> Decision:
        """Needs only a reason here; whether the number is free, the store alone knows."""
        wrong = self.wrong()
        if wrong is not None:
            return wrong
        stamp = context.stamp(report.id)
        return (CaseReleased(stamp=stamp, case=self.case, why=self.why),)

    def wrong(self) -> Refusal | None:
        """What is wrong with the words themselves."""
        return _why_wrong(self.why, "Say in a sentence why this may be recorded.")


def _why_wrong(why: str, sentence: str) -> Refusal | None:
    if not why.strip():
        return Refusal("case/why", sentence, "why")
    if len(why) > LONGEST_WHY:
        sentence = f"Say it in {LONGEST_WHY} characters; put the rest in a note."
        return Refusal("case/too-long", sentence, "why")
    return None
