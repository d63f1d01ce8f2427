"""The tables of the central store, the same on SQLite and PostgreSQL.

Only the newest body of a thing is in `state`; `journal` is append-only; `feed` proves contiguity.
"""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, Float, Index, Integer, LargeBinary, String, Text

tables = sa.MetaData()
FORCE_SCOPE = "force"

meta = sa.Table("meta", tables, Column("name", String, primary_key=True), Column("value", Text))

state = sa.Table(
    "state",
    tables,
    Column("kind", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    Column("left_scope", String, nullable=False, default=""),
    Column("report", String, nullable=False),
    Column("holder", String, nullable=False, default=""),
    Column("body", Text, nullable=False),
    Column("bucket", Integer),
    Column("digest", BigInteger),
    Column("digested", BigInteger),  # the position at which digest was taken; another: it is old
    Index("state_report", "report"),
    Index("state_holder", "holder"),
    Index("state_digest", "scope", "kind", "bucket", "digest", "digested", "position"),
)

feed = sa.Table(
    "feed",
    tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("command_id", String, nullable=False),
)

feed_head = sa.Table(
    "feed_head",
    tables,
    Column("one", Integer, sa.CheckConstraint("one = 1"), primary_key=True, autoincrement=False),
    Column("epoch", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    postgresql_with={"fillfactor": 10},
)

epoch_change = sa.Table(
    "epoch_change",
    tables,
    Column("epoch", String, primary_key=True),
    Column("before", String, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("at", String, nullable=False),
    Column("reason", Text, nullable=False),
)

post = sa.Table(
    "post",
    tables,
    Column("name", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("until", Float, nullable=False),
)

journal = sa.Table(
    "journal",
    tables,
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("command_id", String, nullable=False),
    Column("report", String, nullable=False),
    Column("recorded_at", String, nullable=False),
    Column("author", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    sa.UniqueConstraint("command_id", "ordinal"),
    Index("journal_report", "report", "position"),
)

outcome = sa.Table(
    "outcome",
    tables,
    Column("command_id", String, primary_key=True),
    Column("outbox_id", String, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    sa.UniqueConstraint("outbox_id", "seq"),
)

outbox = sa.Table(
    "outbox",
    tables,
    Column("outbox_id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("workstation", String, nullable=False),
    Column("applied_upto", BigInteger, nullable=False),
)

account = sa.Table(
    "account",
    tables,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("roles", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("password_hash", String, nullable=False),
)

token = sa.Table(
    "token",
    tables,
    Column("sha256", LargeBinary, primary_key=True),
    Column("person", String, nullable=False),
    Column("workstation", String, nullable=False),
    Column("roles", Text, nullable=False),
    Column("expires_at", String, nullable=False),
)

number_series = sa.Table(
    "number_series",
    tables,
    Column("series", String, primary_key=True),
    Column("next_serial", BigInteger, nullable=False),
)

number_block = sa.Table(
    "number_block",
    tables,
    Column("id", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("lo", BigInteger, nullable=False),
    Column("hi", BigInteger, nullable=False),
    Column("outbox_id", String, nullable=False),
    Column("leased_at", String, nullable=False),
    Column("state", String, nullable=False),
)

number_ledger = sa.Table(
    "number_ledger",
    tables,
    Column("series", String, primary_key=True),
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("number", String, nullable=False),
    Column("state", String, nullable=False),
    Column("block_id", String, nullable=False),
    Column("outbox_id", String, nullable=False),
    Column("report", String, nullable=False, default=""),
    Column("crime", String, nullable=False, default=""),
    Column("command_id", String, nullable=False, default=""),
    Column("recorded_at", String, nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Index("ledger_outbox", "outbox_id", "number"),
    Index("ledger_number", "number"),
    Index("ledger_block", "block_id"),
)

number_void = sa.Table(
    "number_void",
    tables,
    Column("id", String, primary_key=True),
    Column("target", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("certified_by", String, nullable=False),
    Column("certified_name", String, nullable=False),
    Column("certified_at", String, nullable=False),
    Column("confirmed_by", String, nullable=False),
    Column("confirmed_name", String, nullable=False),
    Column("confirmed_at", String, nullable=False),
    Index("void_target", "target"),
)

intake = sa.Table(
    "intake",
    tables,
    Column("source", String, primary_key=True),
    Column("external_id", String, primary_key=True),
    Column("report", String, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("reply", LargeBinary, nullable=False),
)

heartbeat = sa.Table(
    "heartbeat",
    tables,
    Column("person", String, primary_key=True),
    Column("workstation", String, primary_key=True),
    Column("outbox_id", String, nullable=False),
    Column("holds", Text, nullable=False),
    Column("viewing", String, nullable=False),
    Column("at", String, nullable=False),
)

waiting = sa.Table(
    "waiting",
    tables,
    Column("outbox_id", String, primary_key=True),
    Column("person", String, nullable=False),
    Column("workstation", String, nullable=False),
    Column("upto", BigInteger, nullable=False),
    Column("last", String, nullable=False),
    Column("since", String, nullable=False),
    Column("sends", BigInteger),
)

_exact = String().with_variant(String(collation="C"), "postgresql")  # sorted by code point
trace = sa.Table(
    "trace",
    tables,
    Column("kind", String, primary_key=True),
    Column("value", _exact, primary_key=True),
    Column("report", String, primary_key=True),
    Column("line", String, primary_key=True),
    Index("trace_report", "report", "line"),
)

pack = sa.Table(
    "pack",
    tables,
    Column("hash", String, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)
