"""What claims are found by, and what entries are ordered and filtered by. Filled when the ledger is next settled."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from twotrack.ledger.migrations.versions.v0003_families_and_entries import ID, POSTGRESQL, ROW_NUMBER, SQLITE

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds columns, empty; makes `entries` anew, since all of it is derived; entry_facets takes the place of entry_actors."""
    held = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("report_families")}
    for name in {"statements", "unnamed"} - held:  # some ledgers of 0003 have them
        op.add_column("report_families", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("claim_entries", sa.Column("keys", sa.LargeBinary, nullable=False, server_default=""))
    op.drop_table("entry_actors")
    _entries()
    op.create_table(
        "entry_facets",
        sa.Column("facet", ID, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("entry", ID, nullable=False),
        sa.PrimaryKeyConstraint("facet", "day", "entry", name="pk_entry_facets"),
        sqlite_with_rowid=False,
    )


def _entries() -> None:
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    op.drop_table("entries")  # with its triggers, or its column of words
    if sqlite:
        op.drop_table("entry_words")
    op.create_table(
        "entries",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("type", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("known", sa.Date),
        sa.Column("latest", sa.Date),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("told", sa.Date, nullable=False),
        sa.Column("lead", ID, sa.ForeignKey("claims.id", name="fk_entries_lead"), nullable=False),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("facets", sa.JSON, nullable=False),
        sa.Column("entry", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entries"),
        sa.UniqueConstraint("id", name="uq_entries_id"),
    )
    op.create_index("ix_entries_day", "entries", ["day", "id"])
    op.create_index("ix_entries_kind", "entries", ["kind", "told", "id"])
    op.create_index("ix_entries_told", "entries", ["told", "id"])
    op.create_index("ix_entries_known", "entries", ["known"])
    disputed: dict[str, Any] = {"sqlite_where": sa.text("disputed = 1"), "postgresql_where": sa.text("disputed")}
    op.create_index("ix_entries_disputed", "entries", ["told", "id"], **disputed)
    for statement in SQLITE if sqlite else POSTGRESQL:
        connection.exec_driver_sql(statement)
