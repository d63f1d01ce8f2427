"""The least a report needs before it ends: a THRIVE of its own."""

from tests.told import thrive
from workstation.desk import Desk
from workstation.domain.report import ReportId
from workstation.domain.risk import AssessRisk, lowest_levels


def low_risk(desk: Desk, report: ReportId) -> AssessRisk:
    """That every element is at its lowest level."""
    return thrive(report, lowest_levels(desk.pack))
