"""A refused command is dealt with by a person, who says how; its words stay on record for good."""

from typing import ClassVar, Literal

from workstation.domain.act import Command, Context, Decision, Event
from workstation.domain.crime import RecordCrime
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report
from workstation.domain.roles import ON_RECORDS, Person, PersonId, Role

How = Literal["done again", "set aside", "answered otherwise"]
LONGEST_WHY = 500
HELD = "held/"
OTHERS = Refusal(
    "case/not-yours", "Only its author or a supervisor settles this. Ask a supervisor (F8)."
)
FOR_A_SUPERVISOR = Refusal(
    "case/held", "This is held: only a supervisor releases or settles it. Ask a supervisor (F8)."
)


class CaseSettled(Event, frozen=True, kw_only=True):
    """Somebody dealt with work that the store had refused; `number`: what a crime had in it."""

    case: str
    how: How
    why: str
    number: str = ""

    def evolve(self, report: Report) -> Report:
        return report

    def story(self) -> tuple[EntryKind, str, str]:
        if self.number:
            return EntryKind.DECISION, f"Number {self.number} not recorded", self.why
        return EntryKind.DECISION, f"Refused work: {self.how}", self.why


class SettleCase(Command, frozen=True, kw_only=True, omit_defaults=True):
    """Deal with refused work: its author may, and a supervisor; the store knows whose it is.

    `crime_number`: that of the crime, which somebody was told; the store reads it itself.
    """

    case: str
    how: How
    why: str
    crime_number: str = ""
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Whatever the report's state: a settlement changes nothing in it."""
        wrong = self.wrong()
        if wrong is not None:
            return wrong
        return (
            CaseSettled(
                stamp=context.stamp(report.id),
                case=self.case,
                how=self.how,
                why=self.why,
                number=self.crime_number,
            ),
        )

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


def may_not_settle(code: str, author: PersonId, who: Person) -> Refusal | None:
    """Refused work is for its author or a supervisor; what is held, for a supervisor alone.

    A held number was told to somebody: its author does not wipe it away.
    """
    if Role.SUPERVISOR in who.roles:
        return None
    if code.startswith(HELD):
        return FOR_A_SUPERVISOR
    return None if author == who.id else OTHERS


def number_in(command: Command) -> str:
    """The crime number that refused work carries, if any."""
    return command.number if isinstance(command, RecordCrime) else ""


def _why_wrong(why: str, sentence: str) -> Refusal | None:
    if not why.strip():
        return Refusal("case/why", sentence, "why")
    if len(why) > LONGEST_WHY:
        sentence = f"Say it in {LONGEST_WHY} characters; put the rest in a note."
        return Refusal("case/too-long", sentence, "why")
    return None
