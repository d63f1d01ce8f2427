"""Asks the shared rules what a chain of commands would lead to, before any of it is sent.

A chain is sent whole or not at all, so that no report is left with half a decision.
"""

from collections.abc import Sequence

from workstation.domain.act import Command, Context
from workstation.domain.claiming import ClaimReport
from workstation.domain.decider import apply, decide
from workstation.domain.refusal import Refusal
from workstation.domain.report import Report, ReportId
from workstation.views.decide.desk_face import DeskFace


def foresee(desk: DeskFace, report: Report, commands: Sequence[Command]) -> Refusal | None:
    """The refusal the chain would meet, or None; a free report is taken first where it can be."""
    reports = _named(desk, report, commands)
    if report.lease in ("free", "packet"):
        _step(desk, reports, ClaimReport(report=report.id))
    refusals = (_step(desk, reports, command) for command in commands)
    return next((refusal for refusal in refusals if refusal is not None), None)


def send(desk: DeskFace, report: Report, commands: Sequence[Command]) -> Refusal | None:
    """Take a free report, then submit the chain; the first refusal stops it.

    A report that cannot be taken is for the commands' own rules: some need no holder.
    """
    refusal = _unsure(desk, report, commands) or foresee(desk, report, commands)
    if refusal is None and report.lease != "active":
        desk.claim_if_free(report.id)
    for command in commands:
        if refusal is not None:
            break
        refusal = desk.submit(command)
    return refusal


def _unsure(desk: DeskFace, report: Report, commands: Sequence[Command]) -> Refusal | None:
    """Nothing of a chain is sent where its last act waits for the store to confirm the claim."""
    shown = desk.report(report.id) if any(one.exclusive for one in commands) else None
    if shown is None or not shown.held_back:
        return None
    return Refusal("claim/unsure", shown.held_back)


def _step(desk: DeskFace, reports: dict[ReportId, Report], command: Command) -> Refusal | None:
    decision = decide(reports.get(command.report), command, _context(desk, reports))
    if isinstance(decision, Refusal):
        return decision
    reports |= apply(reports, decision, desk.person.id)
    return None


def _named(desk: DeskFace, report: Report, commands: Sequence[Command]) -> dict[ReportId, Report]:
    reports = {report.id: report}
    for id in {id for command in commands for id in command.reports()} - {report.id}:
        if (shown := desk.report(id)) is not None:
            reports[id] = shown.report
    return reports


def _context(desk: DeskFace, reports: dict[ReportId, Report]) -> Context:
    return Context(
        who=desk.person,
        at=desk.clock.now(),
        pack=desk.pack,
        workstation=desk.workstation,
        reports=reports,
    )
