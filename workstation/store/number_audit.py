"""Whether every number is accounted for: the ledger against itself, and against the reports.

The reports are read once and then the ledger, each as it comes: no row asks for another.
"""

from collections.abc import Iterator

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from workstation.domain.numbers import Kind, written
from workstation.domain.pack import Pack
from workstation.store import schema
from workstation.store.doubts import NOBODY_KNOWN
from workstation.store.numbers import BY_STORE, instant_of
from workstation.store.packs import Packs

STATES = ("allocated", "issued", "alias", "returned", "void")
PUT_BACK = "Stop the store, put back the newest backup that passes this, and begin a new epoch."
TWICE = "Tell a supervisor: one of them needs a new number, and whoever was told it must hear."
AT_ONCE = 1_000

_series = schema.number_series.c
_ledger = schema.number_ledger.c
_outbox = schema.outbox.c
_REPORTS = (
    sa.select(schema.state.c.body)
    .where(schema.state.c.kind == "report")
    .execution_options(yield_per=AT_ONCE)
)
_ROWS = (
    sa.select(
        _ledger.series,
        _ledger.serial,
        _ledger.number,
        _ledger.state,
        _ledger.report,
        _ledger.crime,
    )
    .order_by(_ledger.series, _ledger.serial)
    .execution_options(yield_per=AT_ONCE)
)


class _Crime(Struct, frozen=True):
    id: str
    number: str
    alias_of: str | None = None


class _Report(Struct, frozen=True):
    """What of a header says a number."""

    id: str
    incident_number: str = ""
    crimes: tuple[_Crime, ...] = ()

    def alike(self, crime: _Crime) -> tuple[str, ...]:
        """The crimes that the row of an alias may name: those it is one with."""
        one = crime.alias_of
        return tuple(c.id for c in self.crimes if one in (c.id, c.alias_of) and c.id != crime.id)


class _Bearer(Struct, frozen=True):
    """Who has a number: a report, or a crime of it; an alias is one with other crimes there."""

    report: str
    crime: str = ""
    alike: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How it is called in a finding."""
        crime = f"crime {self.crime} of " if self.crime else ""
        return f"{crime}report {self.report}"

    def is_said_by(self, state: str, report: str, crime: str) -> bool:
        """Whether the ledger's row says the same; that of an alias names what it is one with."""
        right, crimes = ("alias", self.alike) if self.alike else ("issued", (self.crime,))
        return (state, report) == (right, self.report) and crime in crimes


Bearers = dict[tuple[Kind, str], _Bearer]
_decoder = msgspec.json.Decoder(_Report)


def audit(connection: sa.Connection) -> list[str]:
    """What is wrong, a sentence each that says what to do; nothing where all is accounted for."""
    bearers: Bearers = {}
    return [
        *_holes(connection),
        *_unexplained(connection),
        *_of_no_desk(connection),
        *_borne_twice(connection, bearers),
        *_unlike(connection, bearers),
    ]


def _holes(connection: sa.Connection) -> Iterator[str]:
    for name, next_serial in connection.execute(sa.select(_series.series, _series.next_serial)):
        figures = sa.select(
            sa.func.count(), sa.func.min(_ledger.serial), sa.func.max(_ledger.serial)
        ).where(_ledger.series == name)
        count, low, high = connection.execute(figures).one()
        if next_serial > 1 and (count, low, high) != (next_serial - 1, 1, next_serial - 1):
            yield f"series {name}: {count} rows for {next_serial - 1} serials. {PUT_BACK}"
    known = sa.select(_series.series)
    strays = sa.select(_ledger.series).where(_ledger.series.not_in(known)).distinct()
    for name in connection.scalars(strays):
        yield f"series {name}: in the ledger, but never begun. {PUT_BACK}"


def _unexplained(connection: sa.Connection) -> Iterator[str]:
    is_silent = sa.and_(_ledger.state.in_(("alias", "void")), _ledger.reason == "")
    query = sa.select(_ledger.number, _ledger.state)
    for number, state in connection.execute(query.where(is_silent)):
        yield f"number {number} is {state}, and nothing says why. {PUT_BACK}"
    for number, state in connection.execute(query.where(_ledger.state.not_in(STATES))):
        yield f"number {number} is {state}, which is no state of a number. {PUT_BACK}"


def _of_no_desk(connection: sa.Connection) -> Iterator[str]:
    """Rows lent to or used by an outbox that nobody ever had."""
    nobodys = sa.select(_ledger.outbox_id, sa.func.min(_ledger.number), sa.func.count()).where(
        _ledger.outbox_id.not_in((BY_STORE, NOBODY_KNOWN)),
        _ledger.outbox_id.not_in(sa.select(_outbox.outbox_id)),
    )
    for outbox_id, number, count in connection.execute(nobodys.group_by(_ledger.outbox_id)):
        yield f"outbox {outbox_id} is unknown, and has {count} numbers ({number}). {PUT_BACK}"


def _borne_twice(connection: sa.Connection, bearers: Bearers) -> Iterator[str]:
    """Notes who has which number; a number that two have is told."""
    for body in connection.scalars(_REPORTS):
        for name, bearer in _borne(_decoder.decode(body)):
            other = bearers.setdefault(name, bearer)
            if other is not bearer:
                yield f"number {name[1]} stands for {other.words} and {bearer.words}. {TWICE}"


def _borne(report: _Report) -> Iterator[tuple[tuple[Kind, str], _Bearer]]:
    if report.incident_number:
        yield ("incident", report.incident_number), _Bearer(report.id)
    for crime in report.crimes:
        alike = report.alike(crime) if crime.alias_of is not None else ()
        yield ("crime", crime.number), _Bearer(report.id, crime.id, alike)


def _unlike(connection: sa.Connection, bearers: Bearers) -> Iterator[str]:
    """Rows that do not say what the reports say; each bearer that has its row is done with."""
    forms = _forms(connection)
    for row in connection.execute(_ROWS):
        kind: Kind = "crime" if row.series.startswith("crime/") else "incident"
        within = instant_of(row.series)
        if row.number not in {written(one, kind, row.serial, within) for one in forms}:
            yield f"number {row.number} is not serial {row.serial} of {row.series}. {PUT_BACK}"
        bearer = bearers.pop((kind, row.number), None)
        if bearer is None and row.state in ("issued", "alias"):
            yield f"number {row.number} is {row.state}, but no report has it. {PUT_BACK}"
        elif bearer and not bearer.is_said_by(row.state, row.report, row.crime):
            said = " ".join(word for word in (row.state, row.report, row.crime) if word)
            yield f"number {row.number} is that of {bearer.words}; the ledger: {said}. {PUT_BACK}"
    for (_, number), bearer in bearers.items():
        yield f"number {number} is that of {bearer.words}, and not in the ledger. {PUT_BACK}"


def _forms(connection: sa.Connection) -> tuple[Pack, ...]:
    """The packs this store ever had that write numbers each in its own way."""
    packs, known = Packs(), connection.scalars(sa.select(schema.pack.c.hash)).all()
    every = (packs.named(connection, name) for name in known)
    return tuple({(one.force_code, one.numbers): one for one in every}.values())
