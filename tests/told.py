"""What the rules ask to be said, as tests say it where it does not matter."""

from collections.abc import Mapping
from datetime import datetime

from workstation.domain.closing import MarkDuplicate
from workstation.domain.judgement import CallerTold
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk


def told_yes(at: datetime) -> CallerTold:
    """The caller was told at this time, of the clock that the report came by."""
    return CallerTold(answer="yes", at=at, by="Asha")


def thrive(
    report: ReportId, levels: Mapping[str, str], words: Mapping[str, str] | None = None
) -> AssessRisk:
    """A whole assessment, as it stands for whatever officers are on their way to, too."""
    return AssessRisk(
        report=report,
        levels=dict(levels),
        words=dict(words or {}),
        earlier=EarlierContacts(),
        interim="Nobody is near",
        rara=("avoid",),
    )


def repeats(report: ReportId, of: ReportId, at: datetime, reason: str = "") -> MarkDuplicate:
    """A report is marked as a duplicate, whose caller was told at this time."""
    return MarkDuplicate(
        report=report, of=of, reason=reason, caller_told="Somebody has it.", told=told_yes(at)
    )
