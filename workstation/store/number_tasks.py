"""What a shell does with numbers: account for every serial, and void some by two people."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa

from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.store import numbers, schema, voiding
from workstation.store.accounts import Accounts
from workstation.store.database import Database, instant
from workstation.wire.protocol import SignIn, VoidNumbers, VoidStanding

OLD = timedelta(hours=48)


def account_for(connection: sa.Connection, now: datetime) -> list[str]:
    """Counts by state, what is out longer than 48 hours with whom, every alias and void."""
    counts = [f"{name}  {state}  {n}" for name, state, n in numbers.totals(connection)]
    return [*counts, *_out_long(connection, now), *_explained(connection)]


def _out_long(connection: sa.Connection, now: datetime) -> list[str]:
    ledger, blocks, boxes = schema.number_ledger, schema.number_block, schema.outbox
    held = (
        sa.select(
            ledger.c.series,
            sa.func.min(ledger.c.serial),
            sa.func.max(ledger.c.serial),
            sa.func.count(),
            sa.func.min(ledger.c.recorded_at),
            sa.func.coalesce(boxes.c.person, "nobody known"),
            sa.func.coalesce(boxes.c.workstation, "nowhere known"),
            sa.func.coalesce(blocks.c.state, "in doubt"),
            ledger.c.block_id,
        )
        .join(boxes, boxes.c.outbox_id == ledger.c.outbox_id, isouter=True)
        .join(blocks, blocks.c.id == ledger.c.block_id, isouter=True)
        .where(ledger.c.state == "allocated", ledger.c.recorded_at < instant(now - OLD))
        .group_by(
            ledger.c.series, boxes.c.person, boxes.c.workstation, blocks.c.state, ledger.c.block_id
        )
        .order_by(ledger.c.series, sa.func.min(ledger.c.serial))
    )
    return [
        f"{series}  {lo} to {hi}: {n} lent since {since[:16]} to {person} at {desk}, "
        f"block {block} {state}"
        for series, lo, hi, n, since, person, desk, state, block in connection.execute(held)
    ]


def _explained(connection: sa.Connection) -> list[str]:
    table = schema.number_ledger
    query = (
        sa.select(table.c.number, table.c.state, table.c.reason)
        .where(table.c.state.in_(("alias", "void")))
        .order_by(table.c.series, table.c.serial)
    )
    return [f"{number}  {state}: {reason}" for number, state, reason in connection.execute(query)]


def void_by_two(
    database: Database, asked: VoidNumbers, people: list[str], password: Callable[[str], str]
) -> VoidStanding:
    """Each signs in for this; one alone certifies, and the second may confirm later."""
    if len(set(people)) != len(people):
        raise ValueError("Two different people declare a number void. Name another one.")
    clock = SystemClock()
    ids = Ids(clock)
    accounts = Accounts(database, clock, ids)
    for account in people:
        token = accounts.sign_in(SignIn(account, password(account), "shell")).token
        with database.read() as connection:
            who = accounts.session(connection, token).person
        accounts.sign_out(token)
        if not who.is_any(voiding.CERTIFIERS):
            raise ValueError(f"{who.name} is neither a supervisor nor an administrator.")
        standing = database.transact(
            lambda c, who=who: voiding.void(c, who, asked, clock.now(), ids.new())  # type: ignore[misc]
        )
    return standing
