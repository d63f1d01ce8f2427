"""A crime is recorded with a number that it keeps for good, or the report is not a crime.

A serial once used is never refused for staleness: the victim may have been told the number.
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    cannot_end,
    first_refusal,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import forbidden
from workstation.domain.initial_check import looked_at
from workstation.domain.lowering import is_left
from workstation.domain.refusal import Refusal
from workstation.domain.report import Crime, CrimeId, NotCrime, Report, Victim, in_header
from workstation.domain.roles import DECIDERS, Role
from workstation.domain.wording import has_words

MOST_CRIMES = 20


class CrimeRecorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A crime stands under its number; `possible_double` when another desk worked the report.

    A report that had ended begins again: its crime is owed to the IMU.
    """

    crime: CrimeId
    number: str
    offence: str
    offence_title: str
    victim: Victim
    possible_double: bool = False

    def evolve(self, report: Report) -> Report:
        crime = Crime(
            at=self.at,
            by=self.by,
            id=self.crime,
            number=self.number,
            offence=self.offence,
            offence_title=self.offence_title,
            victim=self.victim,
        )
        looked = looked_at(report, self.at, self.by)
        begun = replace(report, crimes=(*report.crimes, crime), initial_check=looked)
        return replace(begun, closing=None, redirection=None, not_crime=None)

    def story(self) -> tuple[EntryKind, str, str]:
        victim = self.victim.name or self.victim.kind
        double = "\nPossible double: another desk worked this report." * self.possible_double
        text = f"{self.offence} {self.offence_title}\nVictim: {victim}{double}"
        return EntryKind.DECISION, f"Crime {self.number} recorded", text


class NotCrimeRecorded(Event, frozen=True, kw_only=True):
    """The report is not a crime: explanation, advice, and who can help."""

    explanation: str
    advice: str
    agencies: tuple[str, ...]
    agency_names: tuple[str, ...]

    def evolve(self, report: Report) -> Report:
        not_crime = NotCrime(
            at=self.at,
            by=self.by,
            explanation=in_header(self.explanation),
            advice=in_header(self.advice),
            agencies=self.agencies,
        )
        return replace(report, not_crime=not_crime, claim=None, fence=report.fence + 1)

    def story(self) -> tuple[EntryKind, str, str]:
        who = ", ".join(self.agency_names)
        text = f"{self.explanation}\nAdvice: {self.advice}\nWho can help: {who}"
        return EntryKind.DECISION, "Not a crime", text


class RecordCrime(Command, frozen=True, kw_only=True):
    """Record one crime, for one victim, under a serial of this desk's leased block.

    `series` and `serial` name the number in the ledger; `number` is how it was shown and spoken.
    """

    crime: CrimeId
    offence: str
    victim: Victim
    series: str
    serial: int
    number: str
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def decide(self, report: Report, context: Context) -> Decision:
        """Refused only for what is wrong in itself; a colleague's claim: a possible double."""
        offence = context.pack.offence_by_code.get(self.offence)
        if offence is None:
            return Refusal("crime/offence", "Choose an offence from the list.", "offence")
        if len(report.crimes) >= MOST_CRIMES:
            sentence = (
                f"{MOST_CRIMES} crimes stand here, the most there can be. Take a new report."
            )
            return Refusal("crime/full", sentence)
        if self.victim.kind in ("person", "organisation") and not self.victim.name.strip():
            sentence = "Name the victim, or choose “not yet known”."
            return Refusal("crime/victim", sentence, "victim")
        return (
            CrimeRecorded(
                stamp=context.stamp(report.id),
                crime=self.crime,
                number=self.number,
                offence=offence.code,
                offence_title=offence.common_name or offence.title,
                victim=self.victim,
                possible_double=_is_worked_elsewhere(report, context),
            ),
        )


class RecordNotCrime(Command, frozen=True, kw_only=True):
    """Record that this is not a crime (rows S16, S67)."""

    explanation: str
    advice: str
    agencies: tuple[str, ...]
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def decide(self, report: Report, context: Context) -> Decision:
        """Needs an explanation, advice and at least one agency."""
        bound = forbidden(report, context.pack, "close", field="explanation")
        left = first_refusal(_not_while_it_happens(report), bound, is_left(report, context))
        refusal = cannot_end(report, context, left, self._content(context))
        if refusal is not None:
            return refusal
        return (
            NotCrimeRecorded(
                stamp=context.stamp(report.id),
                explanation=self.explanation,
                advice=self.advice,
                agencies=self.agencies,
                agency_names=tuple(context.pack.agency_by_id[a].name for a in self.agencies),
            ),
        )

    def _content(self, context: Context) -> Refusal | None:
        if not has_words(self.explanation):
            return Refusal("not-crime/why", "Explain why this is not a crime.", "explanation")
        if not has_words(self.advice):
            return Refusal("not-crime/advice", "Say what the person can do.", "advice")
        unknown = [a for a in self.agencies if a not in context.pack.agency_by_id]
        if not self.agencies or unknown:
            return Refusal("not-crime/agency", "Choose at least one agency to help.", "agencies")
        return None


def _is_worked_elsewhere(report: Report, context: Context) -> bool:
    """A colleague holds it, ended it, or recorded a crime on it that this author may not know."""
    me = context.who.id
    held = report.claim is not None and report.claim.by.id != me
    return held or not report.is_open or any(crime.by.id != me for crime in report.crimes)


def _not_while_it_happens(report: Report) -> Refusal | None:
    if report.happening_now and not report.is_emergency:
        return Refusal("not-crime/now", "It is happening now: grade it first (F2).")
    if report.crimes:
        number = report.crimes[0].number
        return Refusal("not-crime/crime", f"Crime {number} is recorded on this report.")
    return None
