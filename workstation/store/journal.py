"""The append-only story of one report, as its journal keeps it."""

import sqlalchemy as sa
from msgspec import Raw

from workstation.store import schema
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
