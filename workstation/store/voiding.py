"""Serials that will never be used are declared void by two people, with a reason; online only.

A silent block: its PC is certified destroyed, and a second person confirms. One serial: a
supervisor, then a second person. A number that stands for a crime is never void: merge it.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.roles import Person, Role
from workstation.store import schema
from workstation.store.database import instant
from workstation.store.leasing import block_of
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import VoidNumbers, VoidStanding

CERTIFIERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
LONGEST_REASON = 500


class _Target(Struct, frozen=True):
    """What is to be void: rows of the ledger, and under which name it is kept."""

    name: str
    rows: sa.ColumnElement[bool]
    words: str


def void(
    connection: sa.Connection, who: Person, ask: VoidNumbers, now: datetime, id: str
) -> VoidStanding:
    """The first call certifies, the same call by somebody else confirms; then it is void."""
    reason = ask.reason.strip()
    if not 1 <= len(reason) <= LONGEST_REASON:
        detail = f"Say in 1 to {LONGEST_REASON} characters why these numbers are void."
        raise ApiProblem(422, "void-reason", detail, "reason")
    target = _block(connection, ask) if ask.block else _number(connection, ask)
    table = schema.number_void
    query = sa.select(table).where(table.c.target == target.name, table.c.confirmed_by == "")
    begun = connection.execute(query.with_for_update()).mappings().first()
    if begun is None:
        if not ask.block and Role.SUPERVISOR not in who.roles:
            raise ApiProblem(403, "void-first", "A supervisor asks for this first.")
        _certify(connection, who, target, reason, now, id)
        return VoidStanding(target.name, who.name)
    if begun["certified_by"] == who.id:
        return VoidStanding(target.name, who.name)
    names = f"certified by {begun['certified_name']}, confirmed by {who.name}"
    said = f"{target.words}; {names}: {begun['reason']}"
    if reason != begun["reason"]:
        said = f"{said}; {reason}"
    connection.execute(
        sa.update(table)
        .where(table.c.id == begun["id"])
        .values(confirmed_by=who.id, confirmed_name=who.name, confirmed_at=instant(now))
    )
    gone = sa.update(schema.number_ledger).where(target.rows)
    count = connection.execute(gone.values(state="void", reason=said)).rowcount
    if ask.block:
        blocks = schema.number_block
        mine = sa.update(blocks).where(blocks.c.id == ask.block)
        connection.execute(mine.values(state="voided"))
    return VoidStanding(target.name, begun["certified_name"], who.name, count)


def _certify(
    connection: sa.Connection, who: Person, target: _Target, reason: str, now: datetime, id: str
) -> None:
    connection.execute(
        sa.insert(schema.number_void).values(
            id=id,
            target=target.name,
            reason=reason,
            certified_by=who.id,
            certified_name=who.name,
            certified_at=instant(now),
            confirmed_by="",
            confirmed_name="",
            confirmed_at="",
        )
    )


def _block(connection: sa.Connection, ask: VoidNumbers) -> _Target:
    block = block_of(connection, ask.block)
    if block is None:
        raise ApiProblem(404, "block-unknown", "There is no block of this id.", "block")
    if block.state != "stranded":
        detail = f"This block is {block.state}. Only one that is stranded is declared void."
        raise ApiProblem(409, "void-not-stranded", detail, "block")
    table, outboxes = schema.number_ledger, schema.outbox
    owner = sa.select(outboxes.c.workstation).where(outboxes.c.outbox_id == block.outbox_id)
    workstation = connection.scalar(owner) or "unknown"
    rows = sa.and_(
        table.c.series == block.series,
        table.c.block_id == block.id,
        table.c.state == "allocated",
        table.c.command_id == "",
    )
    return _Target(f"block/{block.id}", rows, f"stranded, workstation {workstation}")


def _number(connection: sa.Connection, ask: VoidNumbers) -> _Target:
    table = schema.number_ledger
    row = sa.and_(table.c.series == ask.series, table.c.serial == ask.serial)
    state = connection.scalar(sa.select(table.c.state).where(row).with_for_update())
    if state is None:
        raise ApiProblem(404, "number-unknown", "This serial was never given out.", "serial")
    if state != "allocated":
        detail = f"This serial is {state}; only one that is lent and unused is declared void."
        raise ApiProblem(409, "void-not-free", detail, "serial")
    return _Target(f"{ask.series}/{ask.serial}", row, "void")
