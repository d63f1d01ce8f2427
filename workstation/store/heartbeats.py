"""When each desk was last heard and what it shows; never on the feed, only silence has effects.

The column `holds` keeps what the desk said it holds, and of which reports it has unsent words.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.claiming import ResumeClaim
from workstation.domain.report import Report, ReportId
from workstation.store import outboxes, schema, waiting
from workstation.store.accounts import Session
from workstation.store.database import Database, instant, put
from workstation.store.headers import load_reports
from workstation.store.ledger import STORE, Ledger, outbox_of
from workstation.store.outboxes import Desk
from workstation.wire.protocol import Heartbeat

MOST = 500
_DETACHED = sa.select(schema.state.c.body).where(
    schema.state.c.kind == "report",
    schema.state.c.holder == "",
    schema.state.c.id.in_(sa.bindparam("holds", expanding=True)),
)
_HELD = sa.select(schema.state.c.id).where(
    schema.state.c.kind == "report",
    schema.state.c.holder == sa.bindparam("person"),
    schema.state.c.id.in_(sa.bindparam("holds", expanding=True)),
)


class Kept(Struct, frozen=True):
    """What a beat said besides the time."""

    holds: tuple[ReportId, ...] = ()
    unsent: dict[ReportId, datetime] = {}


def note(connection: sa.Connection, session: Session, beat: Heartbeat, now: datetime) -> None:
    """The desk is there, holds these reports and looks at this one."""
    kept = Kept(beat.holds, beat.unsent)
    put(
        connection,
        schema.heartbeat,
        person=session.person.id,
        workstation=session.workstation,
        outbox_id=beat.outbox_id,
        holds=msgspec.json.encode(kept).decode(),
        viewing=beat.viewing or "",
        at=instant(now),
    )
    waiting.note(connection, session, beat.waiting)


def draw_back(database: Database, now: datetime) -> None:
    """The store's clock was set back: what was heard later than it shows was heard by now.

    Once the clock comes by that time again, a desk that is silent would count as just heard.
    """
    beats = schema.heartbeat
    is_ahead = beats.c.at > instant(now)
    with database.read() as connection:
        ahead = connection.scalar(sa.select(sa.func.count()).where(is_ahead))
    if ahead:
        set_back = sa.update(beats).where(is_ahead).values(at=instant(now))
        database.transact(lambda connection: connection.execute(set_back))


def still_held(
    database: Database, session: Session, holds: Sequence[ReportId]
) -> tuple[ReportId, ...]:
    """Which of these are that person's now: a desk is not to work on what has gone to another."""
    if not holds:
        return ()
    with database.read() as connection:
        wanted = {"person": session.person.id, "holds": sorted(holds)}
        return tuple(ReportId(id) for id in connection.scalars(_HELD, wanted))


def resume(
    database: Database, ledger: Ledger, session: Session, holds: Sequence[ReportId]
) -> None:
    """The desk is heard: what its person holds is no longer detached.

    Whichever desk it was held at has been silent; who sits down at another PC goes on there.
    """
    if not holds:
        return
    with database.read() as connection:
        wanted = _detached(connection, session, holds)
    for id in wanted:
        database.transact(_resuming(ledger, session, id))


def _resuming(ledger: Ledger, session: Session, id: ReportId) -> Callable[[sa.Connection], None]:
    """Looks again under the lock: somebody may have taken the report over."""

    def resume_one(connection: sa.Connection) -> None:
        outboxes.lock(connection, outbox_of(STORE), Desk(STORE.id, "store"))
        report = load_reports(connection, [id]).get(id)
        if report is not None and _is_theirs(report, session):
            command = ResumeClaim(report=id, workstation=session.workstation)
            ledger.act_as_store(connection, STORE, command)

    return resume_one


def _detached(
    connection: sa.Connection, session: Session, holds: Sequence[ReportId]
) -> list[ReportId]:
    found = connection.scalars(_DETACHED, {"holds": sorted(holds)})
    reports = [msgspec.json.decode(body, type=Report) for body in found]
    return [report.id for report in reports if _is_theirs(report, session)]


def _is_theirs(report: Report, session: Session) -> bool:
    claim = report.claim
    return claim is not None and claim.detached and claim.by.id == session.person.id
