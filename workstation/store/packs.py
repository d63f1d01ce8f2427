"""Force packs the store has, by hash, and the one in force; a hash always names the same pack."""

from collections.abc import Mapping

import sqlalchemy as sa

from workstation.domain.pack import Pack
from workstation.domain.packing import decode_pack
from workstation.store import schema
from workstation.store.problems import ApiProblem

_META = sa.select(schema.meta.c.name, schema.meta.c.value)
_FACT = _META.where(schema.meta.c.name == sa.bindparam("wanted"))

_KNOWN = sa.select(schema.pack.c.hash).where(schema.pack.c.hash == sa.bindparam("wanted"))
_BYTES = sa.select(schema.pack.c.bytes).where(schema.pack.c.hash == sa.bindparam("wanted"))


class Packs:
    """Reads packs once and keeps them; the hash in force is read in each transaction."""

    def __init__(self) -> None:
        self._read: dict[str, Pack] = {}

    def in_force(self, connection: sa.Connection) -> Pack:
        """The pack that decides now."""
        return self.named(connection, pack_in_force(connection))

    def at_hand(self, connection: sa.Connection, name: str) -> Pack:
        """The pack a desk decided with, or the one in force when the store never had that one."""
        if name in self._read or connection.scalar(_KNOWN, {"wanted": name}) is not None:
            return self.named(connection, name)
        return self.in_force(connection)

    def named(self, connection: sa.Connection, name: str) -> Pack:
        """The pack of this hash."""
        if name not in self._read:
            self._read[name] = decode_pack(pack_bytes(connection, name))
        return self._read[name]


def pack_in_force(connection: sa.Connection) -> str:
    """The hash of the pack in force."""
    return meta_value(connection, "pack")


def pack_bytes(connection: sa.Connection, name: str) -> bytes:
    """A pack as it travels."""
    found = connection.scalar(_BYTES, {"wanted": name})
    if found is None:
        raise ApiProblem(404, "pack-unknown", "This store has no pack of that hash.", "hash")
    return bytes(found)


def meta_value(connection: sa.Connection, name: str) -> str:
    """A fact about the store itself."""
    return needed(dict(connection.execute(_FACT, {"wanted": name}).all()), name)


def every_meta(connection: sa.Connection) -> dict[str, str]:
    """Every fact about the store itself, by name."""
    return dict(connection.execute(_META).all())


def needed(facts: Mapping[str, str], name: str) -> str:
    """A fact that every store has."""
    if name not in facts:
        raise LookupError(f"This database holds no store: {name} is missing. Run “store init”.")
    return facts[name]
