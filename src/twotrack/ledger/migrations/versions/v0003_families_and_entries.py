"""What is derived from reports and claims: families, entries, outcomes; and full text search over the entries."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")

SQLITE = (
    """CREATE VIRTUAL TABLE entry_words USING fts5(
        words, content='entries', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER entry_words_insert AFTER INSERT ON entries BEGIN
        INSERT INTO entry_words(rowid, words) VALUES (new.number, new.words);
    END""",
    """CREATE TRIGGER entry_words_delete AFTER DELETE ON entries BEGIN
        INSERT INTO entry_words(entry_words, rowid, words) VALUES ('delete', old.number, old.words);
    END""",
    """CREATE TRIGGER entry_words_update AFTER UPDATE OF words ON entries BEGIN
        INSERT INTO entry_words(entry_words, rowid, words) VALUES ('delete', old.number, old.words);
        INSERT INTO entry_words(rowid, words) VALUES (new.number, new.words);
    END""",
)
POSTGRESQL = (
    "ALTER TABLE entries ADD COLUMN found tsvector GENERATED ALWAYS AS (to_tsvector('english', left(words, 200000))) STORED",
    "CREATE INDEX ix_entries_found ON entries USING gin (found)",
)


def upgrade() -> None:
    """Makes the tables, empty: they are filled when the ledger is next used."""
    _families()
    _claim_entries()
    _entries()
    _beside()
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


def _families() -> None:
    op.create_table(
        "report_families",
        sa.Column("report", ID, sa.ForeignKey("reports.id", name="fk_report_families_report"), nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("exact", ID, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("component", ID, nullable=False),
        sa.Column("family", ID, nullable=False),
        sa.Column("likeness", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("independent", sa.Boolean, nullable=False),
        sa.Column("derived_from", sa.JSON, nullable=False),
        sa.Column("cited", sa.JSON, nullable=False),
        sa.Column("settled", sa.String),
        sa.PrimaryKeyConstraint("report", name="pk_report_families"),
    )
    for column in ("day", "exact", "component", "family"):
        op.create_index(f"ix_report_families_{column}", "report_families", [column])


def _claim_entries() -> None:
    op.create_table(
        "claim_entries",
        sa.Column("claim", ID, sa.ForeignKey("claims.id", name="fk_claim_entries_claim"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("component", ID, nullable=False),
        sa.Column("entry", ID, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("said_by", ID),
        sa.Column("trait", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("claim", name="pk_claim_entries"),
    )
    for column in ("component", "entry"):
        op.create_index(f"ix_claim_entries_{column}", "claim_entries", [column])
    op.create_index("ix_claim_entries_day", "claim_entries", ["day", "kind"])


def _entries() -> None:
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
        sa.Column("lead", ID, sa.ForeignKey("claims.id", name="fk_entries_lead"), nullable=False),
        sa.Column("grade", sa.String, nullable=False),
        sa.Column("live", sa.Boolean, nullable=False),
        sa.Column("disputed", sa.Boolean, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("entry", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_entries"),
        sa.UniqueConstraint("id", name="uq_entries_id"),
    )
    op.create_index("ix_entries_first_day", "entries", ["first_day", "kind"], **_where("first_day IS NOT NULL"))
    op.create_index("ix_entries_kind", "entries", ["kind", "latest"])
    op.create_index("ix_entries_latest", "entries", ["latest"])
    op.create_index("ix_entries_known", "entries", ["known"])
    op.create_index("ix_entries_disputed", "entries", ["latest"], **_where("disputed"))
    op.create_table(
        "entry_actors",
        sa.Column("entry", ID, sa.ForeignKey("entries.id", name="fk_entry_actors_entry"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("actor", ID),
        sa.Column("person", ID),
        sa.PrimaryKeyConstraint("entry", "place", name="pk_entry_actors"),
    )
    op.create_index("ix_entry_actors_actor", "entry_actors", ["actor", "role"])
    op.create_index("ix_entry_actors_person", "entry_actors", ["person"], **_where("person IS NOT NULL"))


def _beside() -> None:
    op.create_table(
        "outcomes",
        sa.Column("entry", ID, nullable=False),
        sa.Column("shown_by", ID, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry", "shown_by", name="pk_outcomes"),
    )
    op.create_index("ix_outcomes_shown_by", "outcomes", ["shown_by"])
    op.create_table(
        "settings",
        sa.Column("name", sa.String, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
