"""Runs revisions on the connection it is handed, inside that connection's own transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
