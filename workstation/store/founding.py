"""How a store begins: its tables, its identity, the force's pack, the first feed row."""

import msgspec
import sqlalchemy as sa

from workstation.domain.packing import decode_pack, pack_hash
from workstation.machine.ids import Ids
from workstation.store import feed, schema
from workstation.store.database import Database, insert_if_absent, put
from workstation.store.feed import Fresh


class AlreadyFounded(Exception):
    """The database holds a store already; a second `init` would be a mistake."""


def found(database: Database, pack: bytes, ids: Ids, *, demonstration: bool = False) -> None:
    """Make a new store of the pack's force in an empty database."""
    force = decode_pack(pack).force
    database.create()
    with database.write() as connection:
        if connection.scalar(sa.select(sa.func.count()).select_from(schema.meta)):
            raise AlreadyFounded("This database holds a store already. Nothing was changed.")
        facts = {
            "store_id": ids.new(),
            "force": force,
            "demonstration": "yes" if demonstration else "",
            "pack": pack_hash(pack),
            "receipt_key": ids.secret().hex(),
        }
        rows = [{"name": name, "value": value} for name, value in facts.items()]
        connection.execute(sa.insert(schema.meta), rows)
        head = sa.insert(schema.feed_head).values(one=1, epoch=ids.new(), position=0)
        connection.execute(head)
        _publish_pack(connection, pack, force, version=1)


def change_pack(database: Database, pack: bytes) -> None:
    """Put another pack of the same force in force; desks hear of it on the feed."""
    force = decode_pack(pack).force
    table = schema.state
    mine = sa.select(table.c.version).where(table.c.kind == "pack", table.c.id == force)
    with database.write() as connection:
        put(connection, schema.meta, name="pack", value=pack_hash(pack))
        version = (connection.scalar(mine) or 0) + 1
        _publish_pack(connection, pack, force, version)


def _publish_pack(connection: sa.Connection, pack: bytes, force: str, version: int) -> None:
    name = pack_hash(pack)
    insert_if_absent(connection, schema.pack, hash=name, bytes=pack)
    body = msgspec.json.encode({"hash": name}).decode()
    feed.publish(connection, [Fresh("pack", force, version, "", body)], "")
