"""What claims are found by, and what entries are filtered by. Filled when the ledger is next settled."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Adds the columns, empty, and the table that takes the place of entry_actors."""
    op.add_column("claim_entries", sa.Column("keys", sa.LargeBinary, nullable=False, server_default=""))
    op.add_column("entries", sa.Column("facets", sa.JSON, nullable=False, server_default="[]"))
    op.create_table(
        "entry_facets",
        sa.Column("facet", ID, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("entry", ID, nullable=False),
        sa.PrimaryKeyConstraint("facet", "day", "entry", name="pk_entry_facets"),
        sqlite_with_rowid=False,
    )
    op.drop_table("entry_actors")
