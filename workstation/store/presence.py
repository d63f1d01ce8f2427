"""Who looks at which report and has unsent words of it: told to desks, never put on the feed.

A reader hears only of reports in their scopes. Changes are gathered for a second and encoded once
for all streams of the same scopes.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.report import ReportId
from workstation.domain.roles import PersonId
from workstation.machine.clock import Clock
from workstation.store import schema
from workstation.store.database import Database, at_instant, instant
from workstation.store.heartbeats import Kept
from workstation.wire.protocol import CONTACT, Presence, Present

STALE = timedelta(seconds=30)
GONE = timedelta(seconds=60)
OFFLINE = timedelta(seconds=90)
KEPT = timedelta(days=14)
AT_ONCE = 100
DELTAS_KEPT = 64
_HEARD = (
    sa.select(schema.heartbeat, schema.account.c.name)
    .join(schema.account, schema.account.c.id == schema.heartbeat.c.person)
    .where(schema.heartbeat.c.at > sa.bindparam("since"))
    .order_by(schema.heartbeat.c.person, schema.heartbeat.c.workstation)
)
_SCOPES = sa.select(schema.state.c.id, schema.state.c.scope).where(
    schema.state.c.kind == "report",
    schema.state.c.id.in_(sa.bindparam("ids", expanding=True)),
)
Scopes = tuple[str, ...]
Key = tuple[str, str]


class Snapshot(Struct, frozen=True):
    """Everybody who was heard lately, and the scope of each report they name."""

    present: tuple[Present, ...]
    scopes: Mapping[str, str]

    def seen_by(self, scopes: Scopes) -> dict[Key, Present]:
        """What a reader of these scopes may know."""
        seen: dict[Key, Present] = {}
        for one in self.present:
            viewing = one.viewing if self.scopes.get(one.viewing or "") in scopes else None
            unsent = {id: at for id, at in one.unsent.items() if self.scopes.get(id) in scopes}
            if viewing or unsent:
                known = msgspec.structs.replace(one, viewing=viewing, unsent=unsent)
                seen[(one.person, one.workstation)] = known
        return seen


class Rooms:
    """What each set of scopes was told, so that a stream gets the news only."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._rooms: dict[Scopes, _Room] = {}

    def look(self) -> bool:
        """Read the heartbeats again; whether any room has news. For one thread."""
        if not self._rooms:
            return False
        with self._database.read() as connection:
            snapshot = read(connection, self._clock.now())
        rooms = list(self._rooms.items())
        news = [room.update(snapshot.seen_by(scopes)) for scopes, room in rooms]
        return any(news)

    def enter(self, scopes: Scopes) -> "Listener":
        """A stream of these scopes begins."""
        return Listener(self._rooms.setdefault(scopes, _Room()))


class Listener:
    """How much of a room one stream has been told."""

    def __init__(self, room: "_Room") -> None:
        self._room = room
        self._told = -1

    def news(self) -> list[bytes]:
        """What this stream has not been told: everybody at first, or after falling behind."""
        told, self._told = self._told, self._room.version
        return self._room.since(told)


class _Room:
    def __init__(self) -> None:
        self.version = 0
        self._present: dict[Key, Present] = {}
        self._deltas: deque[tuple[int, list[bytes]]] = deque(maxlen=DELTAS_KEPT)

    def update(self, present: dict[Key, Present]) -> bool:
        before = self._present
        news = [one for key, one in present.items() if before.get(key) != one]
        news += [_gone(one) for key, one in before.items() if key not in present]
        if not news:
            return False
        self._present = present
        self._deltas.append((self.version + 1, list(_pieces(news, whole=False))))
        self.version += 1
        return True

    def since(self, version: int) -> list[bytes]:
        deltas = list(self._deltas)
        if version < 0 or (deltas and deltas[0][0] > version + 1):
            return list(_pieces(list(self._present.values()), whole=True))
        return [piece for number, pieces in deltas if number > version for piece in pieces]


def whole(connection: sa.Connection, scopes: Scopes, now: datetime) -> Presence:
    """Everybody a reader of these scopes may know of."""
    return Presence(tuple(read(connection, now).seen_by(scopes).values()))


def read(connection: sa.Connection, now: datetime) -> Snapshot:
    """The heartbeats as people see them, by the clock of the store."""
    rows = connection.execute(_HEARD, {"since": instant(now - KEPT)}).mappings()
    present = [_present(row, now) for row in rows]
    present = [one for one in present if one.viewing or one.unsent]
    ids = {id for one in present for id in (one.viewing, *one.unsent) if id}
    scopes = connection.execute(_SCOPES, {"ids": sorted(ids)}).all() if ids else ()
    return Snapshot(tuple(present), dict(scopes))


def begun_calls(connection: sa.Connection, now: datetime) -> list[Present]:
    """Whose desk fell silent with a contact begun that is not on record."""
    rows = connection.execute(_HEARD, {"since": instant(now - KEPT)}).mappings()
    present = (_present(row, now) for row in rows)
    return [one for one in present if one.offline and CONTACT in one.unsent]


def _present(row: sa.RowMapping, now: datetime) -> Present:
    age = now - at_instant(row["at"])
    return Present(
        person=PersonId(row["person"]),
        name=row["name"],
        workstation=row["workstation"],
        viewing=ReportId(row["viewing"]) if row["viewing"] and age <= GONE else None,
        unsent=_kept(row["holds"]).unsent,
        stale=age > STALE,
        offline=age > OFFLINE,
    )


def _kept(text: str) -> Kept:
    """What a beat said; one of an earlier release said no more than what it holds."""
    if text.startswith("["):
        return Kept()
    return msgspec.json.decode(text, type=Kept)


def _gone(one: Present) -> Present:
    return Present(person=one.person, name=one.name, workstation=one.workstation)


def _pieces(present: Sequence[Present], *, whole: bool) -> Iterator[bytes]:
    for start in range(0, max(len(present), 1), AT_ONCE):
        part = tuple(present[start : start + AT_ONCE])
        yield msgspec.json.encode(Presence(part, whole=whole and start == 0))
