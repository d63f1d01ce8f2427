"""What F9 does with a report: take it, accept it, take it over once warned, or give it back."""

from workstation.desk import Desk
from workstation.domain.act import Command
from workstation.domain.claiming import ClaimReport, ReleaseReport
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.domain.roles import Person
from workstation.views.report.offer_bar import acceptance, is_offered_to


class Claims:
    """The key of one page; it remembers of which report its person was warned."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._warned: ReportId | None = None

    def forget(self) -> None:
        """Another report is on the page."""
        self._warned = None

    def press(self, id: ReportId) -> Refusal | None:
        """Do what the key says now; a warning counts until the next report or press."""
        shown = self._desk.report(id)
        if shown is None:
            return None
        refusal = self._desk.submit(self._command(shown.report))
        is_warning = refusal is not None and refusal.code == "claim/detached"
        self._warned = id if is_warning else None
        return refusal

    def _command(self, report: Report) -> Command:
        person = self._desk.person
        if is_offered_to(report, person):
            return acceptance(report)
        if _is_worked_by(report, person):
            return ReleaseReport(report=report.id)
        return ClaimReport(report=report.id, over_detached=self._warned == report.id)


def _is_worked_by(report: Report, person: Person) -> bool:
    claim = report.claim
    return claim is not None and claim.by.id == person.id and report.lease == "active"
