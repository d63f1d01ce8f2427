"""Which desks may still pull: an old one may not for ever, but it may always empty its outbox."""

from collections.abc import Mapping

import sqlalchemy as sa

from workstation.store import schema
from workstation.store.database import Database, put
from workstation.store.packs import every_meta
from workstation.store.problems import ApiProblem
from workstation.wire.protocol import SCHEMA, SchemaRange

MIN_PULL, MIN_BUILD = "min_pull", "min_build"


def schema_range(facts: Mapping[str, str]) -> SchemaRange:
    """The schemas that may be pulled with, and the one in which states are written."""
    return SchemaRange(int(facts.get(MIN_PULL) or 1), SCHEMA)


def min_build(facts: Mapping[str, str]) -> str:
    """The oldest program the force wants to see; empty for any."""
    return facts.get(MIN_BUILD) or ""


def check_pull(connection: sa.Connection, schema_read: int) -> None:
    """Refuse states to a program that would not understand them; its commands are still taken."""
    if schema_read < schema_range(every_meta(connection)).min_pull:
        detail = "This program is too old to show what is new. Update it; your work still leaves."
        raise ApiProblem(426, "upgrade-required", detail, "schema")


def require(database: Database, pull: int | None, build: str | None) -> None:
    """Set what is asked of desks from now on."""
    if pull is not None and not 1 <= pull <= SCHEMA:
        raise ValueError(f"Desks can be asked for a schema from 1 to {SCHEMA}.")
    asked = {MIN_PULL: None if pull is None else str(pull), MIN_BUILD: build}
    with database.write() as connection:
        for name, value in asked.items():
            if value is not None:
                put(connection, schema.meta, name=name, value=value)
