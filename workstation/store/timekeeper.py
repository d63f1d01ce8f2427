"""What time alone brings about: silent desks' claims are detached, unused packets end.

Only the store's own clock counts, never a desk's. Each act is an ordinary command by the author
`store`; running twice changes nothing. Of several processes on one database one keeps time; when
it falls silent another does.
"""

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from workstation.domain.act import Command
from workstation.domain.claiming import DetachClaim
from workstation.domain.holders import Claim
from workstation.domain.leases import LEASE
from workstation.domain.packets import EndPacket
from workstation.domain.report import Report, ReportId
from workstation.machine.clock import Clock
from workstation.store import heartbeats, outboxes, posts, schema, searching, stranding
from workstation.store.agreed_time import AgreedTime
from workstation.store.database import Busy, Database, at_instant
from workstation.store.headers import load_reports, report_decoder
from workstation.store.ledger import STORE, Ledger, outbox_of
from workstation.store.outboxes import Desk

Beats = dict[tuple[str, str], datetime]
Due = Callable[[Report, Beats], bool]
LOOKS_EVERY_S = 10.0
POST, HELD_FOR_S = "timekeeper", 30.0
logger = logging.getLogger("workstation.store.timekeeper")
_HELD = sa.select(schema.state.c.body).where(
    schema.state.c.kind == "report", schema.state.c.holder != ""
)
_BEATS = sa.select(
    schema.heartbeat.c.person, schema.heartbeat.c.workstation, schema.heartbeat.c.at
)


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
        heartbeats.draw_back(self._database, self._clock.now())
        return self._act_on(self._is_silent, lambda id: DetachClaim(report=id))

    def end_packets(self) -> list[ReportId]:
        """Free every report that was set aside and not begun in time; which ones."""
        return self._act_on(self._is_over, lambda id: EndPacket(report=id))

    def strand_blocks(self) -> list[str]:
        """Strand the blocks of desks not heard for 30 days, and of a year that is over."""
        now = self._clock.now()
        with self._database.read() as connection:
            if not stranding.due(connection, now):
                return []
        return self._database.transact(lambda c: stranding.strand(c, now))

    def catch_up(self) -> None:
        """Take what came since into what records are found by, a slice in a transaction."""
        with self._database.read() as connection:
            behind = searching.is_behind(connection)
        while behind and not self._over.is_set():
            behind = self._database.transact(searching.catch_up)

    def _run(self) -> None:
        while not self._over.wait(LOOKS_EVERY_S):
            try:
                if isinstance(self._clock, AgreedTime):
                    self._clock.agree(self._database)
                if self.is_elected():
                    self.detach_silent()
                    self.end_packets()
                    self.strand_blocks()
                    self.catch_up()
            except Exception:
                logger.exception("The look for silent desks failed; it is repeated.")

    def _act_on(self, is_due: Due, command_for: Callable[[ReportId], Command]) -> list[ReportId]:
        with self._database.read() as connection:
            beats = _last_beats(connection)
            held = [report_decoder.decode(body) for body in connection.scalars(_HELD)]
        due = [report.id for report in held if is_due(report, beats)]
        return [id for id in due if self._act(is_due, command_for(id))]

    def _is_silent(self, report: Report, beats: Beats) -> bool:
        claim = report.claim
        if claim is None or report.lease != "active":
            return False
        now = self._clock.now()
        told = [claim.leased_at or claim.at, *_heard(claim, beats)]
        # What lies further ahead was written before the clock was set back: it says nothing now.
        told = [at for at in told if at <= now + LEASE]
        return not told or now - max(told) > LEASE

    def _is_over(self, report: Report, _beats: Beats) -> bool:
        until = report.claim.packet_until if report.claim is not None else None
        return until is not None and self._clock.now() >= until

    def _act(self, is_due: Due, command: Command) -> bool:
        """Looks again under the lock: the desk may have been heard, or the holder changed."""
        id = command.report

        def act(connection: sa.Connection) -> bool:
            outboxes.lock(connection, outbox_of(STORE), Desk(STORE.id, "store"))
            report = load_reports(connection, [id]).get(id)
            if report is None or not is_due(report, _last_beats(connection)):
                return False
            self._ledger.act_as_store(connection, STORE, command)
            return True

        return self._database.transact(act)


def _heard(claim: Claim, beats: Beats) -> list[datetime]:
    """When the holder's desk was last heard; any desk of theirs for a report they were given."""
    return [
        at
        for (person, workstation), at in beats.items()
        if person == claim.by.id and claim.workstation in ("", workstation)
    ]


def _last_beats(connection: sa.Connection) -> Beats:
    rows = connection.execute(_BEATS)
    return {(person, workstation): at_instant(at) for person, workstation, at in rows}
