"""How much of the work that waits at a PC sends officers, where that PC told."""

from alembic import op
from sqlalchemy import BigInteger, Column

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Expands only: a column that may be empty."""
    op.add_column("waiting", Column("sends", BigInteger(), nullable=True))
