"""A SQLAlchemy engine over sealed files, for the store; a desk never waits for its import.

Importing SQLAlchemy takes longer than opening the window.
"""

from pathlib import Path
from typing import Literal

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from workstation.machine.sealed import Connection, open_connection


def sealed_engine(
    path: Path | str,
    key: bytes | None,
    *,
    synchronous: Literal["FULL", "NORMAL"],
    timeout_s: float = 10.0,
    immediate: bool = True,
) -> sa.Engine:
    """A SQLAlchemy engine over such connections, with real transactions (`BEGIN IMMEDIATE`)."""

    def connect() -> Connection:
        return open_connection(path, key, synchronous=synchronous, timeout_s=timeout_s)

    engine = sa.create_engine(
        "sqlite://", creator=connect, module=sqlcipher, poolclass=sa.pool.QueuePool, pool_size=4
    )
    begin = "BEGIN IMMEDIATE" if immediate else "BEGIN"

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        driver = connection.connection.driver_connection
        assert driver is not None
        try:
            driver.execute(begin)
        except sqlcipher.Error as wrong:
            raise sa.exc.DBAPIError.instance(begin, (), wrong, sqlcipher.Error) from wrong

    return engine
