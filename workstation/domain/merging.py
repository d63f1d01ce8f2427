"""Two numbers of one crime: the second becomes an alias, and both go on finding it.

Two desks may have numbered one crime without knowing. Both stand until a person says they are one.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, first_refusal, holds
from workstation.domain.entry import EntryKind
from workstation.domain.refusal import Refusal
from workstation.domain.report import Crime, CrimeId, Report
from workstation.domain.roles import DECIDERS, Role


class CrimesMerged(Event, frozen=True, kw_only=True):
    """A person said that two recorded crimes are one."""

    main: CrimeId
    other: CrimeId
    main_number: str
    other_number: str
    reason: str

    def evolve(self, report: Report) -> Report:
        """What was an alias of the other is now one of the first, too."""
        return replace(report, crimes=tuple(map(self._renamed, report.crimes)))

    def _renamed(self, crime: Crime) -> Crime:
        is_same = self.other in (crime.id, crime.alias_of)
        return replace(crime, alias_of=self.main) if is_same else crime

    def story(self) -> tuple[EntryKind, str, str]:
        title = f"Crime {self.other_number} is {self.main_number}"
        return EntryKind.DECISION, title, f"One crime with two numbers: {self.reason}"


class MergeCrimes(Command, frozen=True, kw_only=True):
    """Two crimes of one report are one: `main` keeps its number, the other is an alias."""

    main: CrimeId
    other: CrimeId
    reason: str
    may: ClassVar[frozenset[Role]] = DECIDERS

    def decide(self, report: Report, context: Context) -> Decision:
        """By the holder or a supervisor, with a reason; said twice changes nothing."""
        main, other = report.crime(self.main), report.crime(self.other)
        if main is None or other is None or main.id == other.id:
            return Refusal("merge/which", "Choose two crimes of this report.", "other")
        if other.alias_of == main.id:
            return ()
        if other.alias_of is not None or main.alias_of is not None:
            sentence = "One of them is another crime's second number already. Choose again."
            return Refusal("merge/alias", sentence, "other")
        refusal = first_refusal(holds(report, context), self._unlike(main, other), self._why())
        if refusal is not None:
            return refusal
        return (
            CrimesMerged(
                stamp=context.stamp(report.id),
                main=main.id,
                other=other.id,
                main_number=main.number,
                other_number=other.number,
                reason=self.reason,
            ),
        )

    def _unlike(self, main: Crime, other: Crime) -> Refusal | None:
        if main.offence == other.offence:
            return None
        sentence = "They are different offences, so they are two crimes. Nothing is merged."
        return Refusal("merge/unlike", sentence, "other")

    def _why(self) -> Refusal | None:
        if self.reason.strip():
            return None
        return Refusal("merge/why", "Say how you know that they are one crime.", "reason")
