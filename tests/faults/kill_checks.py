"""What must be true after a kill; every finding is a sentence, an empty list means all is well."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import sqlalchemy as sa

from tests.faults.kill_rig import lines
from tests.faults.kill_shifts import NOBODY, RECORD, Handler, Workplace, reports_of
from tests.faults.kill_writers import Writer
from tests.world import HandClock
from workstation.desk import Desk
from workstation.desk.recovery import WOUND_BACK
from workstation.domain.report import ReportId
from workstation.store import schema
from workstation.store.database import Database
from workstation.store.verify import verify
from workstation.wire.protocol import Outcome


def handler_findings(folder: Path, at: datetime | None = None) -> list[str]:
    """Open her desk again where the kill left it, send the rest, and account for every act.

    It is an hour after the shift began, or the time it says.
    """
    acts = lines(folder / RECORD)
    place = Workplace(folder, HandClock())
    place.go_on(at or place.clock.time + timedelta(hours=1))
    try:
        with place.desk() as desk:
            found = _kept_here(desk, place, acts)
            if not place.exchange(desk) or desk.link().waiting:
                found.append(f"not all was sent: {desk.link()}")
            found += _numbers_again(place, desk, acts)
            found += _kept_there(place.database, acts)
            found += _same_as_store(place, desk)
        return [*found, *verify(place.database)]
    finally:
        place.database.close()


def _kept_here(desk: Desk, place: Workplace, acts: list[dict[str, object]]) -> list[str]:
    """Before anything is sent: each acknowledged act is in work.db or in the store."""
    work = desk.stock.work.connection
    found = [f"work.db: {row[0]}" for row in work.execute("PRAGMA integrity_check")]
    found = [one for one in found if one != "work.db: ok"]
    found += [f"told without reason: {WOUND_BACK}"] if WOUND_BACK in desk.link().notices else []
    ids = {str(row[0]) for row in work.execute("SELECT command_id FROM outbox")}
    ids |= _settled(place.database).keys()
    found += [f"lost: {act}" for act in acts if "command" in act and act["command"] not in ids]
    for report, text in _last_drafts(acts).items():
        draft = desk.draft(report, "note")
        if draft is None or draft.text < text:
            found.append(f"the draft “{text}” of {report} is {draft}")
    return found


def _last_drafts(acts: list[dict[str, object]]) -> dict[ReportId, str]:
    return {ReportId(str(act["draft"])): str(act["text"]) for act in acts if "draft" in act}


def _numbers_again(place: Workplace, desk: Desk, acts: list[dict[str, object]]) -> list[str]:
    """No number spoken before is spoken again."""
    spoken = [str(act["number"]) for act in acts if "number" in act]
    handler = Handler(desk, place.folder / "after.jsonl")
    handler.crime(reports_of(place.folder)[0])
    handler.close()
    after = [str(act["number"]) for act in lines(place.folder / "after.jsonl") if "number" in act]
    found = [] if after else ["no number could be had after the kill"]
    place.exchange(desk)
    twice = [number for number, n in Counter(spoken + after).items() if n > 1]
    return found + [f"number {number} was spoken twice" for number in twice]


def _kept_there(database: Database, acts: list[dict[str, object]]) -> list[str]:
    """After all was sent: each act has one outcome, and each number is that crime's."""
    settled = _settled(database)
    ids = [str(act["command"]) for act in acts if "command" in act]
    found = [f"never reached the store: {id}" for id in ids if id not in settled]
    found += [
        f"refused: {raw.decode()}"
        for id, raw in settled.items()
        if id in ids and msgspec.json.decode(raw, type=Outcome).word != "accepted"
    ]
    ledger = schema.number_ledger
    with database.read() as connection:
        rows = connection.execute(
            sa.select(ledger.c.number, ledger.c.state, ledger.c.command_id)
        ).all()
    issued = {number: (state, command) for number, state, command in rows}
    return found + [
        f"number {act['number']} is {issued.get(str(act['number']))}, spoken for {act}"
        for act in acts
        if "number" in act and issued.get(str(act["number"])) != ("issued", act["command"])
    ]


def _same_as_store(place: Workplace, desk: Desk) -> list[str]:
    """Desk and store hold the same versions of every report."""
    desk_rows = desk.stock.confirmed.connection.execute("SELECT id, version FROM report")
    here = {str(id): int(version) for id, version in desk_rows}
    table = schema.state
    query = sa.select(table.c.id, table.c.version).where(table.c.kind == "report")
    with place.database.read() as connection:
        there = {str(id): int(version) for id, version in connection.execute(query)}
    return [] if here == there else [f"the desk holds {here}, the store {there}"]


def store_findings(
    database: Database, writers: Iterable[Writer], *, begun_anew: bool = False
) -> list[str]:
    """Every outcome told is on record as the same bytes, once; feed, journal and numbers whole.

    `begun_anew`: a desk may have gone on under a new outbox, whose repeats keep their old place.
    """
    settled = _settled(database)
    found = []
    for writer in writers:
        found += [
            f"{id}: told {told!r}, kept {settled.get(str(id))!r}"
            for id, told in writer.told.items()
            if settled.get(str(id)) != told
        ]
        found += _blocks(database, writer)
    return [*found, *_doubled(database, begun_anew), *verify(database)]


def _settled(database: Database) -> dict[str, bytes]:
    table = schema.outcome
    with database.read() as connection:
        rows = connection.execute(sa.select(table.c.command_id, table.c.body)).all()
    return {str(id): bytes(body) for id, body in rows}


def _blocks(database: Database, writer: Writer) -> list[str]:
    """Each leased serial still belongs to the outbox it was leased to."""
    ledger = schema.number_ledger
    query = sa.select(ledger.c.serial).where(ledger.c.outbox_id == writer.outbox)
    with database.read() as connection:
        own = set(connection.scalars(query))
    leased = {n for block in writer.blocks for n in range(block.lo, block.hi + 1)}
    return [f"serials {leased - own} of {writer.outbox} are not its own"] if leased - own else []


def _doubled(database: Database, begun_anew: bool) -> list[str]:
    """A command has one outcome; its events stand once; an outbox has no hole."""
    with database.read() as connection:
        outboxes = connection.execute(
            sa.select(
                schema.outcome.c.outbox_id,
                sa.func.count(),
                sa.func.max(schema.outcome.c.seq),
            ).group_by(schema.outcome.c.outbox_id)
        ).all()
        crimes = connection.scalars(
            sa.select(schema.number_ledger.c.command_id)
            .where(schema.number_ledger.c.state == "issued")
            .group_by(schema.number_ledger.c.command_id)
            .having(sa.func.count() > 1)
        ).all()
    found = [
        f"outbox {id}: {n} outcomes up to {top}"
        for id, n, top in outboxes
        if n > top or (n < top and not begun_anew)
    ]
    return found + [f"command {id} took two numbers" for id in crimes]


__all__ = ["NOBODY", "handler_findings", "store_findings"]
