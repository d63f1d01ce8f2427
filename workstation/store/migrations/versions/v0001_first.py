"""The tables as they stood when revisions began."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, String, Text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table of an empty database."""
    op.create_table(
        "meta", *_text("name"), Column("value", Text()), sa.PrimaryKeyConstraint("name")
    )
    op.create_table("pack", *_text("hash"), *_bytes("bytes"), sa.PrimaryKeyConstraint("hash"))
    _what_desks_read()
    _what_is_kept_of_acts()
    _what_outboxes_sent()
    _numbers()
    _people()


def _what_desks_read() -> None:
    op.create_table(
        "state",
        *_text("kind", "id"),
        *_count("version", "position"),
        *_text("scope", "left_scope", "report", "holder"),
        Column("body", Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id"),
        sa.UniqueConstraint("position"),
    )
    op.create_index("state_report", "state", ["report"])
    op.create_index("state_holder", "state", ["holder"])
    op.create_table(
        "feed",
        *_count("position"),
        *_text("kind", "id"),
        *_count("version"),
        *_text("command_id"),
        sa.PrimaryKeyConstraint("position"),
    )
    op.create_table(
        "feed_head",
        Column("one", Integer(), autoincrement=False, nullable=False),
        *_text("epoch"),
        *_count("position"),
        sa.PrimaryKeyConstraint("one"),
        sa.CheckConstraint("one = 1"),
        postgresql_with={"fillfactor": 10},
    )


def _what_is_kept_of_acts() -> None:
    op.create_table(
        "journal",
        *_count("position"),
        Column("ordinal", Integer(), autoincrement=False, nullable=False),
        *_text("command_id", "report", "recorded_at", "author"),
        *_bytes("body", "salt", "digest"),
        sa.PrimaryKeyConstraint("position", "ordinal"),
        sa.UniqueConstraint("command_id", "ordinal"),
    )
    op.create_index("journal_report", "journal", ["report", "position"])


def _what_outboxes_sent() -> None:
    op.create_table(
        "outcome",
        *_text("command_id", "outbox_id"),
        *_count("seq"),
        *_bytes("sha256", "body"),
        sa.PrimaryKeyConstraint("command_id"),
        sa.UniqueConstraint("outbox_id", "seq"),
    )
    op.create_table(
        "outbox",
        *_text("outbox_id", "person", "workstation"),
        *_count("applied_upto"),
        sa.PrimaryKeyConstraint("outbox_id"),
    )
    op.create_table(
        "intake",
        *_text("source", "external_id", "report"),
        *_bytes("sha256", "reply"),
        sa.PrimaryKeyConstraint("source", "external_id"),
    )


def _numbers() -> None:
    op.create_table(
        "number_series",
        *_text("series"),
        *_count("next_serial"),
        sa.PrimaryKeyConstraint("series"),
    )
    op.create_table(
        "number_block",
        *_text("id", "series"),
        *_count("lo", "hi"),
        *_text("outbox_id", "leased_at", "state"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "number_ledger",
        *_text("series"),
        *_count("serial"),
        *_text("number", "state", "block_id", "outbox_id", "report", "crime", "command_id"),
        *_text("recorded_at"),
        Column("reason", Text(), nullable=False),
        sa.PrimaryKeyConstraint("series", "serial"),
    )
    op.create_index("ledger_outbox", "number_ledger", ["outbox_id", "number"])


def _people() -> None:
    op.create_table(
        "account",
        *_text("id", "name"),
        Column("roles", Text(), nullable=False),
        Column("scopes", Text(), nullable=False),
        *_text("password_hash"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "token",
        *_bytes("sha256"),
        *_text("person", "workstation"),
        Column("roles", Text(), nullable=False),
        *_text("expires_at"),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "heartbeat",
        *_text("person", "workstation", "outbox_id"),
        Column("holds", Text(), nullable=False),
        *_text("viewing", "at"),
        sa.PrimaryKeyConstraint("person", "workstation"),
    )


def _text(*names: str) -> "list[Column[str]]":
    return [Column(name, String(), nullable=False) for name in names]


def _count(*names: str) -> "list[Column[int]]":
    return [Column(name, BigInteger(), autoincrement=False, nullable=False) for name in names]


def _bytes(*names: str) -> "list[Column[bytes]]":
    return [Column(name, LargeBinary(), nullable=False) for name in names]
