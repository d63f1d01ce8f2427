"""Blocks of serials lent to desks and given back: asked twice under one id, one block is lent.

Block: active, then closed (given back) or stranded (silent too long). What was stranded or is in
doubt is never lent again; only what its desk gave back is, lowest first.
"""

import logging
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.numbers import Kind, open_series, written
from workstation.domain.pack import Pack
from workstation.domain.roles import Person, Role
from workstation.store import numbers, schema
from workstation.store.database import instant
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import LeaseBlock, LeasedBlock

alarm = logging.getLogger("workstation.store.alarm")
ORDINARY = 10
LARGEST_BLOCK = 50
OUTSTANDING_LIMIT = 100
ACTIVE_LIMIT = 2
ENOUGH = 10


class Block(Struct, frozen=True):
    """A lent block as the store keeps it."""

    id: str
    series: str
    lo: int
    hi: int
    outbox_id: str
    state: str


def lease(
    connection: sa.Connection,
    ask: LeaseBlock,
    who: Person,
    pack: Pack,
    now: datetime,
    block_id: str,
) -> LeasedBlock:
    """A block of its own for the outbox; the id of one lent before brings that one again.

    A size of none asks about that one alone: nothing is lent where it is not known.
    """
    if (known := block_of(connection, block_id)) is not None:
        return _lent_before(connection, ask, known)
    if not 1 <= ask.size <= LARGEST_BLOCK:
        raise ApiProblem(422, "block-size", f"Ask for 1 to {LARGEST_BLOCK} numbers.", "size")
    kind = _open_kind(pack, ask.series, now)
    if ask.size > ORDINARY and Role.SUPERVISOR not in who.roles:
        sentence = f"More than {ORDINARY} numbers at once are for a supervisor to load."
        raise ApiProblem(403, "block-large", sentence, "size")
    numbers.lock_series(connection, ask.series)
    _refuse_hoarding(connection, ask)
    lo, hi = _returned_run(connection, ask) or _fresh_run(connection, ask, pack, kind, now)
    table = schema.number_ledger
    mine = sa.and_(table.c.series == ask.series, table.c.serial.between(lo, hi))
    lent = {"state": "allocated", "block_id": block_id, "outbox_id": ask.outbox_id}
    connection.execute(sa.update(table).where(mine).values(**lent, recorded_at=instant(now)))
    connection.execute(
        sa.insert(schema.number_block).values(
            id=block_id,
            series=ask.series,
            lo=lo,
            hi=hi,
            outbox_id=ask.outbox_id,
            leased_at=instant(now),
            state="active",
        )
    )
    return LeasedBlock(block_id, ask.series, lo, hi, lo)


def give_back(connection: sa.Connection, ask: LeaseBlock) -> LeasedBlock:
    """Take back the unused end of a block; asked twice, the answer is the same."""
    blocks = schema.number_block
    numbers.lock_series(connection, ask.series)
    block = block_of(connection, ask.returns)
    if block is None or (block.outbox_id, block.series) != (ask.outbox_id, ask.series):
        raise ApiProblem(404, "block-unknown", "This outbox has no such block.", "returns")
    if block.state == "active":
        if _used_upto(connection, block) >= max(ask.returned_from, block.lo):
            state = "stranded"
            alarm.critical("block %s came back with serials that were used", block.id)
        else:
            state = "closed"
            _return_from(connection, ask)
        mine = sa.update(blocks).where(blocks.c.id == block.id)
        connection.execute(mine.values(state=state))
    return LeasedBlock("", ask.series, 0, 0)


def block_of(connection: sa.Connection, id: str) -> Block | None:
    """A block by its id, locked until the transaction ends."""
    table = schema.number_block
    columns = [table.c[name] for name in Block.__struct_fields__]
    query = sa.select(*columns).where(table.c.id == id).with_for_update()
    found = connection.execute(query).first()
    return Block(*found) if found else None


def _lent_before(connection: sa.Connection, ask: LeaseBlock, block: Block) -> LeasedBlock:
    """The reply may have been lost; what of the block was used since is not to be used again."""
    if (block.outbox_id, block.series) != (ask.outbox_id, ask.series):
        raise ApiProblem(409, "block-other", "A block of this id was lent otherwise.", "block")
    if block.state != "active":
        raise ApiProblem(409, "block-over", "This block was given back. Ask for another.", "block")
    following = max(block.lo, _used_upto(connection, block) + 1)
    return LeasedBlock(block.id, block.series, block.lo, block.hi, following)


def _used_upto(connection: sa.Connection, block: Block) -> int:
    """The last serial of a block that is not free any more; 0 for none."""
    table = schema.number_ledger
    mine = sa.and_(table.c.series == block.series, table.c.block_id == block.id)
    used = sa.select(sa.func.max(table.c.serial)).where(mine, table.c.state != "allocated")
    return connection.scalar(used) or 0


def _return_from(connection: sa.Connection, ask: LeaseBlock) -> None:
    ledger = schema.number_ledger
    unused = sa.and_(
        ledger.c.series == ask.series,
        ledger.c.block_id == ask.returns,
        ledger.c.serial >= ask.returned_from,
        ledger.c.state == "allocated",
        ledger.c.reason == "",  # what is in doubt is never lent again
    )
    connection.execute(sa.update(ledger).where(unused).values(state="returned"))


def _open_kind(pack: Pack, series: str, now: datetime) -> Kind:
    kinds: tuple[Kind, ...] = ("crime", "incident")
    for kind in kinds:
        if series in open_series(pack, kind, now):
            return kind
    raise ApiProblem(422, "series-not-open", "Numbers of this series are not lent now.", "series")


def _refuse_hoarding(connection: sa.Connection, ask: LeaseBlock) -> None:
    ledger, blocks = schema.number_ledger, schema.number_block
    outstanding = sa.and_(
        ledger.c.outbox_id == ask.outbox_id,
        ledger.c.series == ask.series,
        ledger.c.state == "allocated",
    )
    count = connection.scalar(sa.select(sa.func.count()).where(outstanding)) or 0
    active = (
        sa.select(sa.func.count(sa.distinct(ledger.c.block_id)))
        .join(blocks, blocks.c.id == ledger.c.block_id)
        .where(outstanding, blocks.c.state == "active")
    )
    lent = connection.scalar(active) or 0
    is_ordinary = ask.size <= ORDINARY
    holds_enough = is_ordinary and lent >= ACTIVE_LIMIT and count >= ENOUGH  # crumbs are not
    if count + ask.size > OUTSTANDING_LIMIT or holds_enough:
        raise ApiProblem(409, "blocks-enough", "This desk holds enough numbers already.", "size")


def _returned_run(connection: sa.Connection, ask: LeaseBlock) -> tuple[int, int] | None:
    table = schema.number_ledger
    returned = (
        sa.select(table.c.serial)
        .where(table.c.series == ask.series, table.c.state == "returned")
        .order_by(table.c.serial)
        .limit(ask.size)
        .with_for_update()  # a desk that is not the one it came from may present it just now
    )
    serials = list(connection.scalars(returned))
    if not serials:
        return None
    lo = serials[0]
    run = [serial for n, serial in enumerate(serials) if serial == lo + n]
    return lo, run[-1]


def _fresh_run(
    connection: sa.Connection, ask: LeaseBlock, pack: Pack, kind: Kind, now: datetime
) -> tuple[int, int]:
    lo = numbers.advance(connection, ask.series, ask.size)
    within = numbers.instant_of(ask.series)
    rows = [
        {
            "series": ask.series,
            "serial": serial,
            "number": written(pack, kind, serial, within),
            "state": "allocated",
            "block_id": "",
            "outbox_id": ask.outbox_id,
            "report": "",
            "crime": "",
            "command_id": "",
            "recorded_at": instant(now),
            "reason": "",
        }
        for serial in range(lo, lo + ask.size)
    ]
    connection.execute(sa.insert(schema.number_ledger), rows)
    return lo, lo + ask.size - 1
