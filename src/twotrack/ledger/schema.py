"""The ledger's tables, for SQLite and PostgreSQL alike. What changes here needs a migration in migrations/versions/.

Full text is not in these tables, since the two databases index it differently: SQLite has the FTS5 table `report_words` beside
`reports`, PostgreSQL the column `reports.words`. Both come from migration 0002 and follow `reports` by themselves.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

HEAD = "0002"  # the newest migration

# Constraints have names of their own, since a migration can only change what it can name.
NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}
# SQLite counts rows by itself only in a column of type INTEGER.
ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")
# Bytewise order, so that "RUS." to "RUS/" holds everyone under RUS; the order of a language passes over full stops.
ID = String().with_variant(String(collation="C"), "postgresql")


def where_known(column: str) -> dict[str, Any]:
    """Options of an index over the rows only that have the column: a smaller index is less to write for each report."""
    condition = text(f"{column} IS NOT NULL")
    return {"sqlite_where": condition, "postgresql_where": condition}


metadata = MetaData(naming_convention=NAMES)

# One row a version of a report. Versions of one report have the same `version_of`, the latest added is current.
# `number` is SQLite's row number, by which its full text index finds the report. `finder` is the Twotrack that read it.
reports = Table(
    "reports",
    metadata,
    Column("number", ROW_NUMBER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("version_of", ID, nullable=False, index=True),
    Column("url", Text),
    Column("title", Text),
    Column("outlet", Text),
    Column("byline", Text),
    Column("published", Date, index=True),
    Column("lang", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("added", DateTime, nullable=False, index=True),  # UTC
    Column("finder", String, nullable=False),
    Column("fingerprint", LargeBinary),
)

# `place` is the claim's position among those of its report, `sentence` the first character of its sentence; `first_day` and
# `last_day` are when the claim says that it is or is due. `gone` is the finder that no longer found the claim: a claim whose id
# was given once is never deleted.
claims = Table(
    "claims",
    metadata,
    Column("id", ID, primary_key=True),
    Column("report", ID, ForeignKey("reports.id"), nullable=False),
    Column("place", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("sentence", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("finder", String, nullable=False),
    Column("gone", String),
    Column("claim", JSON, nullable=False),
    Index("ix_claims_report", "report", "place"),
    Index("ix_claims_first_day", "first_day", "kind", **where_known("first_day")),
)

# Who takes part in a claim, as far as resolved, in the role that the claim's field names: "source", "speaker", "party".
claim_actors = Table(
    "claim_actors",
    metadata,
    Column("claim", ID, ForeignKey("claims.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("role", String, nullable=False),
    Column("actor", ID),
    Column("person", ID),
    Index("ix_claim_actors_actor", "actor", "role"),
    Index("ix_claim_actors_person", "person", **where_known("person")),
)

problems = Table(
    "problems",
    metadata,
    Column("report", ID, ForeignKey("reports.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("message", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
)
