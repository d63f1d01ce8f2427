"""Whether a contact quotes another report, and whether who quotes it is who reported it.

Somebody else's reference may be on a letter, or overheard: nothing attaches without a match of
identity, and nothing waits for one (row A10.6).
"""

import sqlalchemy as sa

from workstation.domain.report import Facts, Quoted
from workstation.domain.traces import SPOKEN, quoted, reference_key, who
from workstation.store import schema, searching
from workstation.store.database import Database
from workstation.store.headers import report_decoder
from workstation.wire.protocol import IntakeReport

LONGEST, MOST = 500, 10
_OPENLY = sa.select(schema.state.c.body).where(
    schema.state.c.kind == "report",
    schema.state.c.id.in_(sa.bindparam("ids", expanding=True)),
    schema.state.c.scope == schema.FORCE_SCOPE,
)


def prepare(database: Database, sent: IntakeReport) -> None:
    """Take in the newest records first, where a contact quotes anything at all."""
    with database.read() as connection:
        behind = bool(quoted(sent.account)) and searching.is_behind(connection)
    for _ in range(searching.SLICES):
        behind = behind and database.transact(searching.catch_up)


def quotes_of(connection: sa.Connection, sent: IntakeReport, own: str) -> Quoted | None:
    """The first report on record that it quotes; one whose reporter sent this goes before."""
    found = None
    for written in quoted(sent.account)[:MOST]:
        key = reference_key(written)
        if key == reference_key(own):
            continue
        ids = searching.with_reference(connection, key)
        bodies = connection.scalars(_OPENLY, {"ids": ids}).all() if ids else []
        for body in bodies:
            report = report_decoder.decode(body)
            if by := _same_person(sent.facts, report.facts):
                return Quoted(written[:LONGEST], report.id, by)
        if ids and found is None:
            found = Quoted(written[:LONGEST])
    return found


def _same_person(sent: Facts, known: Facts) -> tuple[str, ...]:
    """By what; only what they gave of themselves counts, never what an account mentions."""
    mine = set(who(sent))
    return tuple(
        dict.fromkeys(SPOKEN[kind] for kind, value in who(known) if (kind, value) in mine)
    )
