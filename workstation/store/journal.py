"""The append-only story of one report, as its journal keeps it."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from msgspec import Raw

from workstation.domain.report import ReportId
from workstation.store import schema
from workstation.store.database import at_instant
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import CommandId, Journal, JournalLine


def read(connection: sa.Connection, report: str, scopes: tuple[str, ...]) -> Journal:
    """Every event of the report in feed order, for a reader who may see the report."""
    states, lines = schema.state, schema.journal
    mine = sa.and_(states.c.kind == "report", states.c.id == report, states.c.scope.in_(scopes))
    if connection.scalar(sa.select(states.c.version).where(mine)) is None:
        raise ApiProblem(404, "report-unknown", "This report is not on record here.", "id")
    query = (
        sa.select(lines.c.position, lines.c.command_id, lines.c.ordinal, lines.c.body)
        .where(lines.c.report == report)
        .order_by(lines.c.position, lines.c.ordinal)
    )
    return Journal(
        tuple(
            JournalLine(position, CommandId(command), ordinal, Raw(bytes(body)))
            for position, command, ordinal, body in connection.execute(query)
        )
    )


def done_at(
    connection: sa.Connection, made_at: datetime, reports: Iterable[ReportId], now: datetime
) -> datetime:
    """When a desk did it; where its clock is ahead, no later than it is here.

    This clock may have been set back: so no later than it ever was when one of these reports was
    acted on, or of two acts of one desk the later would become the earlier.
    """
    if made_at <= now:
        return made_at
    table = schema.journal
    mine = table.c.report.in_(sorted(reports))
    latest = connection.scalar(sa.select(sa.func.max(table.c.recorded_at)).where(mine))
    return min(made_at, max(now, at_instant(latest)) if latest else now)
