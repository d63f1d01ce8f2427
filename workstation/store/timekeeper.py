"""What time alone brings about: claims of desks that fell silent are detached by the store itself.

Each act is an ordinary command by the author `store`; running twice changes nothing. Of several
processes on one database one keeps time; when it falls silent another does.
"""

import logging
import secrets
import threading
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from workstation.domain.claiming import DetachClaim, ReportClaimed, ReportReassigned
from workstation.domain.decider import event_decoder
from workstation.domain.intake import ReportCreated
from workstation.domain.report import Claim, Report, ReportId
from workstation.machine.clock import Clock
from workstation.store import outboxes, posts, schema
from workstation.store.database import Busy, Database, at_instant
from workstation.store.ledger import STORE, Ledger, load_reports, outbox_of, report_decoder
from workstation.store.outboxes import Desk

SILENT_AFTER = timedelta(seconds=90)
LOOKS_EVERY_S = 10.0
POST, HELD_FOR_S = "timekeeper", 30.0
CLAIMS = (ReportClaimed, ReportReassigned, ReportCreated)
logger = logging.getLogger("workstation.store.timekeeper")


class Timekeeper:
    """Looks every ten seconds, in a thread that ends with the `with` block."""

    def __init__(self, database: Database, ledger: Ledger, clock: Clock) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock
        self._me = secrets.token_hex(8)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="timekeeper")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        raised: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        try:
            self._database.transact(lambda c: posts.give_up(c, POST, self._me))
        except (Busy, sa.exc.DBAPIError):
            logger.warning("The timekeeper's post falls to another in %s s.", HELD_FOR_S)

    def is_elected(self) -> bool:
        """Whether this process keeps time for all; asked again before the post is over."""
        return self._database.transact(lambda c: posts.take(c, POST, self._me, HELD_FOR_S))

    def detach_silent(self) -> list[ReportId]:
        """Detach every claim whose desk has not been heard for 90 seconds; which ones."""
        return [report for report in self._silent() if self._detach(report)]

    def _run(self) -> None:
        while not self._over.wait(LOOKS_EVERY_S):
            try:
                if self.is_elected():
                    self.detach_silent()
            except Exception:
                logger.exception("The look for silent desks failed; it is repeated.")

    def _silent(self) -> list[ReportId]:
        table = schema.state
        query = sa.select(table.c.body).where(table.c.kind == "report", table.c.holder != "")
        with self._database.read() as connection:
            beats = _last_beats(connection)
            held = [report_decoder.decode(body) for body in connection.scalars(query)]
        return [report.id for report in held if self._is_silent(report, beats)]

    def _is_silent(self, report: Report, beats: dict[tuple[str, str], datetime]) -> bool:
        claim = report.claim
        if claim is None or claim.detached:
            return False
        return self._clock.now() - max(claim.at, _heard(claim, beats)) > SILENT_AFTER

    def _detach(self, id: ReportId) -> bool:
        """Looks again under the lock: the desk may have been heard, or the holder changed."""

        def detach(connection: sa.Connection) -> bool:
            outboxes.lock(connection, outbox_of(STORE), Desk(STORE.id, "store"))
            report = load_reports(connection, [id]).get(id)
            if report is None or not self._is_silent(report, _last_beats(connection)):
                return False
            if self._clock.now() - _taken_at(connection, id) <= SILENT_AFTER:
                return False
            self._ledger.act_as_store(connection, STORE, DetachClaim(report=id))
            return True

        return self._database.transact(detach)


def _taken_at(connection: sa.Connection, id: ReportId) -> datetime:
    """When the store took the claim that stands; what the desk's clock said is of no account."""
    lines = schema.journal
    query = sa.select(lines.c.body, lines.c.recorded_at).where(lines.c.report == id)
    query = query.order_by(lines.c.position.desc(), lines.c.ordinal.desc())
    for body, recorded_at in connection.execute(query):
        if isinstance(event_decoder.decode(body), CLAIMS):
            return at_instant(recorded_at)
    raise ValueError(f"nobody ever took report {id}")


def _heard(claim: Claim, beats: dict[tuple[str, str], datetime]) -> datetime:
    """When the holder's desk was last heard; any desk of theirs for a report they were given."""
    heard = [
        at
        for (person, workstation), at in beats.items()
        if person == claim.by.id and claim.workstation in ("", workstation)
    ]
    return max(heard, default=claim.at)


def _last_beats(connection: sa.Connection) -> dict[tuple[str, str], datetime]:
    table = schema.heartbeat
    rows = connection.execute(sa.select(table.c.person, table.c.workstation, table.c.at))
    return {(person, workstation): at_instant(at) for person, workstation, at in rows}
