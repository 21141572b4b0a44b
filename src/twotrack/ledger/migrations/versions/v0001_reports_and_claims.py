"""Reports, their claims with actors, and their problems."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
ID = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the first tables."""
    _reports()
    _claims()
    op.create_table(
        "problems",
        sa.Column("report", ID, sa.ForeignKey("reports.id", name="fk_problems_report"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("report", "place", name="pk_problems"),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("number", ROW_NUMBER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("version_of", ID, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("published", sa.Date),
        sa.Column("lang", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added", sa.DateTime, nullable=False),
        sa.Column("finder", sa.String, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.PrimaryKeyConstraint("number", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    for column in ("version_of", "published", "added"):
        op.create_index(f"ix_reports_{column}", "reports", [column])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("report", ID, sa.ForeignKey("reports.id", name="fk_claims_report"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("sentence", sa.Integer, nullable=False),
        sa.Column("first_day", sa.Date),
        sa.Column("last_day", sa.Date),
        sa.Column("finder", sa.String, nullable=False),
        sa.Column("gone", sa.String),
        sa.Column("claim", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_report", "claims", ["report", "place"])
    op.create_index("ix_claims_first_day", "claims", ["first_day", "kind"], **_where_known("first_day"))
    op.create_table(
        "claim_actors",
        sa.Column("claim", ID, sa.ForeignKey("claims.id", name="fk_claim_actors_claim"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("actor", ID),
        sa.Column("person", ID),
        sa.PrimaryKeyConstraint("claim", "place", name="pk_claim_actors"),
    )
    op.create_index("ix_claim_actors_actor", "claim_actors", ["actor", "role"])
    op.create_index("ix_claim_actors_person", "claim_actors", ["person"], **_where_known("person"))


def _where_known(column: str) -> dict[str, Any]:
    condition = sa.text(f"{column} IS NOT NULL")
    return {"sqlite_where": condition, "postgresql_where": condition}
