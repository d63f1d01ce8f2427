"""What the rules ask to be said, as tests say it where it does not matter."""

from collections.abc import Mapping
from datetime import UTC, datetime

from workstation.domain.closing import MarkDuplicate
from workstation.domain.judgement import CallerTold
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk

TOLD = CallerTold(answer="yes", at=datetime(2026, 1, 1, 9, tzinfo=UTC), by="Asha")


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


def repeats(report: ReportId, of: ReportId, reason: str = "") -> MarkDuplicate:
    """A report is marked as a duplicate, whose caller was told."""
    return MarkDuplicate(
        report=report, of=of, reason=reason, caller_told="Somebody has it.", told=TOLD
    )
