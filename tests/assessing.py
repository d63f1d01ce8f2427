"""The least a report needs before it ends: a THRIVE of its own."""

from workstation.desk import Desk
from workstation.domain.report import EarlierContacts, ReportId
from workstation.domain.risk import AssessRisk, lowest_levels


def low_risk(desk: Desk, report: ReportId) -> AssessRisk:
    """That every element is at its lowest level."""
    return AssessRisk(report=report, levels=lowest_levels(desk.pack), earlier=EarlierContacts())
