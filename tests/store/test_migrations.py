"""The store's tables change by revisions, and a program never serves tables it does not know."""

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.store.conftest import KEY, Store, cambridgeshire
from workstation.domain.story import AddNote
from workstation.machine.clock import SystemClock
from workstation.machine.ids import Ids
from workstation.store import schema
from workstation.store.cli import main
from workstation.store.database import Database
from workstation.store.founding import AlreadyFounded, found
from workstation.store.migrating import configured, migrate
from workstation.store.migrations import HEAD
from workstation.store.shape import VERSION_TABLE, WrongShape, check_shape, shape_of
from workstation.store.verify import verify

EXPANDS = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{head}"


def upgrade():
    op.add_column("state", sa.Column("colour", sa.String, nullable=True))
    op.add_column("outbox", sa.Column("weight", sa.Integer, server_default="1", nullable=False))
    op.create_table("later", sa.Column("id", sa.String, primary_key=True))
    op.create_index("state_colour", "state", ["colour"])
"""
CONTRACTS = """
from alembic import op

revision = "9001"
down_revision = "9000"


def upgrade():
    op.execute("INSERT INTO meta (name, value) VALUES ('oldest_shape', '9000')")
"""


@pytest.fixture
def another(
    tmp_path: Path, request: pytest.FixtureRequest, database: Database
) -> Iterator[Database]:
    """A second empty database of the same engine, beside the first."""
    if "postgresql" not in request.node.callspec.id:
        opened = Database.sqlite(tmp_path / "another.db", KEY)
        yield opened
        opened.close()
        return
    yield request.getfixturevalue("another_postgres")


@pytest.fixture
def another_postgres(postgres_database: str) -> Iterator[Database]:
    """The same PostgreSQL database under another schema."""
    url = sa.make_url(postgres_database)
    address = url.set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, connect_args={"options": "-c search_path=another"})
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE SCHEMA another"))
    opened = Database(engine, engine, one_writer=False)
    yield opened
    opened.close()


def look_of(connection: sa.Connection) -> dict[str, object]:
    """Everything a database says of its tables, in a form that compares."""
    eye = sa.inspect(connection)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in eye.get_columns(table)],
            eye.get_pk_constraint(table)["constrained_columns"],
            sorted((i["name"], i["column_names"]) for i in eye.get_indexes(table)),
            sorted(u["column_names"] for u in eye.get_unique_constraints(table)),
            sorted(c["sqltext"] for c in eye.get_check_constraints(table)),
        )
        for table in sorted(eye.get_table_names())
    }


def test_revisions_make_the_very_tables_that_a_new_store_has(
    database: Database, another: Database
) -> None:
    database.create()
    assert migrate(another) == ("", HEAD)
    with database.read() as made, another.read() as migrated:
        assert look_of(made) == look_of(migrated)
        assert VERSION_TABLE in look_of(made)
        assert compare_metadata(MigrationContext.configure(made), schema.tables) == []
        assert shape_of(made) == shape_of(migrated) == HEAD


def test_the_newest_revision_is_the_one_the_program_names(database: Database) -> None:
    with database.write() as connection:
        script = ScriptDirectory.from_config(configured(connection))
    assert script.get_heads() == [HEAD]


def test_a_store_from_before_revisions_is_brought_up_to_date(store: Store) -> None:
    store.receive()
    with store.database.write() as connection:
        before_revisions(connection)
        with pytest.raises(WrongShape) as refused:
            check_shape(connection, "store.db")
    assert "python -m workstation store --database store.db migrate" in str(refused.value)
    assert migrate(store.database) == ("", HEAD)
    with store.database.read() as connection:
        check_shape(connection, "store.db")
        assert compare_metadata(MigrationContext.configure(connection), schema.tables) == []
    store.receive()
    assert verify(store.database) == []


def before_revisions(connection: sa.Connection) -> None:
    """Take a store back to the tables of the first revision, unmarked."""
    for table in (VERSION_TABLE, "epoch_change", "post", "number_void", "waiting", "trace"):
        connection.execute(sa.text(f"DROP TABLE {table}"))
    connection.execute(sa.text("DELETE FROM meta WHERE name = 'receipt_key'"))
    for index in ("state_digest", "ledger_number", "ledger_block"):
        connection.execute(sa.text(f"DROP INDEX {index}"))
    for column in ("bucket", "digest", "digested"):
        connection.execute(sa.text(f"ALTER TABLE state DROP COLUMN {column}"))


def test_migrating_twice_changes_nothing(store: Store) -> None:
    with store.database.read() as connection:
        before = look_of(connection)
    assert migrate(store.database) == (HEAD, HEAD)
    with store.database.read() as connection:
        assert look_of(connection) == before


@pytest.mark.fault("F38")
def test_this_program_goes_on_beside_tables_that_only_grew(store: Store, tmp_path: Path) -> None:
    report, ann = store.receive().report, store.desk("ann")
    (tmp_path / "v9000.py").write_text(EXPANDS.format(head=HEAD), encoding="utf-8")
    assert migrate(store.database, tmp_path) == (HEAD, "9000")
    with store.database.read() as connection:
        check_shape(connection, "store.db")
    assert ann.do(AddNote(report=report, text="Still here")).word == "accepted"
    store.receive()
    store.api.accounts.add("new", "New", (), "long enough")
    assert verify(store.database) == []


def test_this_program_refuses_tables_that_lost_what_it_needs(store: Store, tmp_path: Path) -> None:
    (tmp_path / "v9000.py").write_text(EXPANDS.format(head=HEAD), encoding="utf-8")
    (tmp_path / "v9001.py").write_text(CONTRACTS, encoding="utf-8")
    migrate(store.database, tmp_path)
    with store.database.read() as connection, pytest.raises(WrongShape) as refused:
        check_shape(connection, "store.db")
    assert "Install the newer program" in str(refused.value)


def test_a_revision_that_fails_leaves_everything_as_it_was(store: Store, tmp_path: Path) -> None:
    broken = EXPANDS.format(head=HEAD) + '    op.execute("SELECT nothing FROM nowhere")\n'
    (tmp_path / "v9000.py").write_text(broken, encoding="utf-8")
    with store.database.read() as connection:
        before = look_of(connection)
    with pytest.raises(sa.exc.DBAPIError):
        migrate(store.database, tmp_path)
    with store.database.read() as connection:
        assert look_of(connection) == before
        assert shape_of(connection) == HEAD


def test_founding_twice_leaves_an_older_store_as_it_is(store: Store) -> None:
    with store.database.write() as connection:
        before_revisions(connection)
    with pytest.raises(AlreadyFounded):
        found(store.database, cambridgeshire(), Ids(SystemClock()))
    with store.database.read() as connection:
        assert shape_of(connection) == ""


def test_serving_an_older_store_says_what_to_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "store.db")
    assert main(["--database", path, "init", "--force", "cambridgeshire"]) == 0
    key = bytes.fromhex((tmp_path / "store.db.key").read_text(encoding="ascii"))
    database = Database.sqlite(path, key)
    with database.write() as connection:
        before_revisions(connection)
    database.close()
    monkeypatch.setattr(sys, "stdin", StringIO())
    assert main(["--database", path, "serve"]) == 1
    assert f"--database {path} migrate" in capsys.readouterr().err
    assert main(["--database", path, "migrate"]) == 0
    said = capsys.readouterr().out
    assert "copy" in said
    assert f"The tables are at {HEAD}; they were at none." in said
    assert main(["--database", path, "verify"]) == 0
