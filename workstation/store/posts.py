"""Posts that one process of many holds at a time, for a while, by the database's own clock."""

import sqlalchemy as sa

from workstation.store import schema
from workstation.store.database import insert_if_absent

NOW = {
    "sqlite": "SELECT unixepoch('subsec')",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::float8",
}


def now(connection: sa.Connection) -> float:
    """The database's own time, in seconds."""
    return float(connection.execute(sa.text(NOW[connection.dialect.name])).scalar_one())


def take(connection: sa.Connection, name: str, holder: str, for_s: float) -> bool:
    """Take or keep a post; False where another process holds it and has not fallen silent.

    One held for longer than this from now was taken before the clock was set back.
    """
    table = schema.post
    insert_if_absent(connection, table, name=name, holder="", until=0.0)
    at = now(connection)
    is_free = sa.or_(table.c.holder == holder, table.c.until < at, table.c.until > at + for_s)
    taken = (
        sa.update(table)
        .where(table.c.name == name, is_free)
        .values(holder=holder, until=at + for_s)
    )
    return connection.execute(taken).rowcount == 1


def give_up(connection: sa.Connection, name: str, holder: str) -> None:
    """Let another process have the post at once."""
    table = schema.post
    mine = sa.and_(table.c.name == name, table.c.holder == holder)
    connection.execute(sa.update(table).where(mine).values(holder="", until=0.0))
