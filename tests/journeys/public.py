"""The public: demonstration reports, each sent by its id over the store's real intake."""

from datetime import UTC, datetime
from random import Random

from workstation.app.people import INTAKE
from workstation.demand.reports import DemoReport, contact, read_reports
from workstation.demand.sender import Sender
from workstation.domain.report import ReportId
from workstation.machine.resources import resource

FORCE = "cambridgeshire"


class Public:
    """Sends any report of the demonstration file, as often as wanted."""

    def __init__(self, url: str, password: str) -> None:
        self._sender = Sender(url, INTAKE.account, password, wait=lambda _: None, random=Random(7))
        with resource("demo", "reports.jsonl").open(encoding="utf-8") as lines:
            self._reports = {r.report_id: r for r in read_reports(lines, FORCE)}
        self._sent = 0

    def report(self, report_id: str) -> DemoReport:
        """What the file holds under this id."""
        return self._reports[report_id]

    def send(self, report_id: str) -> ReportId:
        """Send it; the store has it when this returns."""
        self._sent += 1
        sent = contact(self._reports[report_id], datetime.now(UTC), f"{report_id}/{self._sent}")
        return self._sender.send(sent).report

    def close(self) -> None:
        """End the connection."""
        self._sender.__exit__()
