"""Right Care Right Person: on which limb police attend a concern for somebody's welfare, or not.

Police attend for a crime, or for a threat to life or of serious harm that is present and goes on;
else the caller is told who can help. Which limb it is, and what the caller was told, is recorded
(national approach; Merseyside, North Yorkshire and Dyfed-Powys police publish it).
"""

from typing import ClassVar

from msgspec.structs import replace

from workstation.domain.act import Command, Context, Decision, Event, holds
from workstation.domain.entry import EntryKind
from workstation.domain.judgement import RightCare
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, in_header
from workstation.domain.roles import ON_RECORDS, Role
from workstation.domain.wording import has_words


class RightCareRecorded(Event, frozen=True, kw_only=True):
    """It stands on record whether police attend, on which limb, and what the caller heard."""

    limb: str
    name: str
    attends: bool
    told: str

    def evolve(self, report: Report) -> Report:
        care = RightCare(
            at=self.at,
            by=self.by,
            limb=self.limb,
            name=self.name,
            attends=self.attends,
            told=in_header(self.told),
        )
        return replace(report, right_care=care)

    def story(self) -> tuple[EntryKind, str, str]:
        told = f"Caller told: {self.told}"
        return EntryKind.DECISION, f"Right Care Right Person: {self.name}", told


class RecordRightCare(Command, frozen=True, kw_only=True):
    """Say which limb it is, and what the caller was told of whether police will attend."""

    limb: str
    told: str
    may: ClassVar[frozenset[Role]] = ON_RECORDS

    def decide(self, report: Report, context: Context) -> Decision:
        """Anybody may say that police attend; that they do not after all, only the holder."""
        limb = next((one for one in context.pack.right_care if one.id == self.limb), None)
        if limb is None:
            return Refusal("care/limb", "Choose why police attend, or that they do not.", "limb")
        if not has_words(self.told):
            return Refusal("care/told", "Say what the caller was told about attendance.", "told")
        attended = report.right_care is not None and report.right_care.attends
        if attended and not limb.attends and (refusal := holds(report, context)) is not None:
            return refusal
        stamp = context.stamp(report.id)
        return (
            RightCareRecorded(
                stamp=stamp, limb=limb.id, name=limb.name, attends=limb.attends, told=self.told
            ),
        )
