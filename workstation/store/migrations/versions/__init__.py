"""The revisions, oldest first; read from their files by alembic, never imported."""
