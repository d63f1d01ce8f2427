"""Handing a recorded crime to the Investigations Management Unit: facts, not a recommendation."""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import (
    Command,
    Context,
    Decision,
    Event,
    first_refusal,
    holds,
    is_decided,
)
from workstation.domain.entry import EntryKind
from workstation.domain.hard_rules import forbidden
from workstation.domain.refusal import Refusal
from workstation.domain.report import CrimeId, HandOff, Report, in_header
from workstation.domain.roles import DECIDERS, Role

SOLVABILITY = ("witness", "CCTV or video", "forensic", "suspect named", "victim supports")
ANSWERS = ("yes", "no", "not known")


class HandedToImu(Event, frozen=True, kw_only=True):
    """The IMU has it."""

    crimes: tuple[CrimeId, ...]
    solvability: dict[str, str]
    facts: str

    def evolve(self, report: Report) -> Report:
        hand_off = HandOff(
            at=self.at,
            by=self.by,
            crimes=self.crimes,
            solvability=self.solvability,
            facts=in_header(self.facts),
        )
        return replace(report, hand_off=hand_off, claim=None, fence=report.fence + 1)

    def story(self) -> tuple[EntryKind, str, str]:
        lines = "\n".join(f"{factor}: {answer}" for factor, answer in self.solvability.items())
        return EntryKind.DECISION, "Handed to IMU", f"{self.facts}\n{lines}".strip()


class HandToImu(Command, frozen=True, kw_only=True):
    """Hand every crime of the report to the IMU with what would help solve it."""

    solvability: dict[str, str]
    facts: str
    may: ClassVar[frozenset[Role]] = DECIDERS
    exclusive: ClassVar[bool] = True

    def decide(self, report: Report, context: Context) -> Decision:
        """Needs a recorded crime and an answer for each factor: *not known* is one."""
        refusal = first_refusal(
            holds(report, context),
            _crime_is_owed(report),
            is_decided(report),
            _already(report),
            forbidden(report, context.pack, "hand over"),
            self._answers(),
        )
        if refusal is not None:
            return refusal
        return (
            HandedToImu(
                stamp=context.stamp(report.id),
                crimes=tuple(crime.id for crime in report.crimes),
                solvability=self.solvability,
                facts=self.facts,
            ),
        )

    def _answers(self) -> Refusal | None:
        for factor in SOLVABILITY:
            if self.solvability.get(factor) not in ANSWERS:
                sentence = f"Answer “{factor}”: yes, no or not known."
                return Refusal("imu/solvability", sentence, f"solvability.{factor}")
        if unknown := sorted(set(self.solvability) - set(SOLVABILITY)):
            sentence = f"The IMU does not ask “{unknown[0]}”; it asks {', '.join(SOLVABILITY)}."
            return Refusal("imu/solvability", sentence, "solvability")
        return None


def _crime_is_owed(report: Report) -> Refusal | None:
    if report.crimes:
        return None
    return Refusal("imu/crime", "Record the crime first (F4): the IMU works on crime numbers.")


def _already(report: Report) -> Refusal | None:
    if report.hand_off is not None and not report.is_back:
        return Refusal("imu/already", f"{report.hand_off.by.name} handed this to the IMU already.")
    return None
