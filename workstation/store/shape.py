"""Which revision a database's tables are at, and whether this program may work with them.

A program works with its own revision, and with later ones until they contract what it needs.
"""

import sqlalchemy as sa

from workstation.store import schema
from workstation.store.migrations import HEAD

VERSION_TABLE = "alembic_version"
version = sa.Table(
    VERSION_TABLE,
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
OLDEST = "oldest_shape"


class WrongShape(Exception):
    """The tables are of another release; the sentence says what to type."""


def stamp(connection: sa.Connection) -> None:
    """The tables just made are those of the newest revision."""
    version.create(connection, checkfirst=True)
    connection.execute(sa.delete(version))
    connection.execute(sa.insert(version).values(version_num=HEAD))


def shape_of(connection: sa.Connection) -> str:
    """The revision of a store's tables; empty where none was ever noted."""
    if not sa.inspect(connection).has_table(VERSION_TABLE):
        return ""
    return connection.scalar(sa.select(version.c.version_num)) or ""


def check_shape(connection: sa.Connection, address: str) -> None:
    """Refuse tables that this program cannot work with."""
    if not sa.inspect(connection).has_table(schema.meta.name):
        raise LookupError("This database holds no store. Run “store init”.")
    found = shape_of(connection)
    if found < HEAD:
        raise WrongShape(
            f"This store's tables are those of an earlier release ({found or 'unmarked'}; this "
            f"program needs {HEAD}). Nothing was started. Back the store up, then type: "
            f"python -m workstation store --database {address} migrate"
        )
    table = schema.meta
    oldest = connection.scalar(sa.select(table.c.value).where(table.c.name == OLDEST))
    if oldest is not None and oldest > HEAD:
        raise WrongShape(
            f"This store's tables are those of a later release ({found}), which this program "
            f"({HEAD}) would damage. Nothing was started. Install the newer program here."
        )
