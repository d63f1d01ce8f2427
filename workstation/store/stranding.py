"""Blocks of desks that fell silent, and of years that are long over: stranded, never lent again.

Their unused serials stay with the desk, which may have spoken them; two people may void them.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from workstation.domain.numbers import LONDON
from workstation.store import schema
from workstation.store.database import instant

SILENT_FOR = timedelta(days=30)


def due(connection: sa.Connection, now: datetime) -> bool:
    """Whether anything is to be stranded."""
    query = sa.select(schema.number_block.c.id).where(_is_due(now)).limit(1)
    return connection.execute(query).first() is not None


def strand(connection: sa.Connection, now: datetime) -> list[str]:
    """Strand what is due; the ids of the blocks."""
    blocks = schema.number_block
    moved = sa.update(blocks).where(_is_due(now)).values(state="stranded")
    return sorted(connection.scalars(moved.returning(blocks.c.id)))


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    blocks, beats, ledger = schema.number_block, schema.heartbeat, schema.number_ledger
    since = instant(now - SILENT_FOR)
    heard = sa.select(beats.c.outbox_id).where(beats.c.at > since)
    is_silent = sa.and_(blocks.c.leased_at <= since, blocks.c.outbox_id.not_in(heard))
    held = sa.select(ledger.c.serial).where(
        ledger.c.series == blocks.c.series,
        ledger.c.block_id == blocks.c.id,
        ledger.c.state == "allocated",
    )
    is_over = sa.or_(is_silent, _of_a_year_over(now))
    return sa.and_(blocks.c.state == "active", held.exists(), is_over)


def _of_a_year_over(now: datetime) -> sa.ColumnElement[bool]:
    """From 31 January on every block of last year's series, and of those before."""
    local = now.astimezone(LONDON)
    year = local.year if (local.month, local.day) >= (1, 31) else local.year - 1
    series = schema.number_block.c.series
    return sa.and_(series.like("crime/____"), series < f"crime/{year}")
