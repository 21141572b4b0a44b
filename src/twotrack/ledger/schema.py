"""The ledger's tables, for SQLite and PostgreSQL alike. What changes here needs a migration in migrations/versions/.

Full text is not in these tables, since the two databases index it differently: SQLite has the FTS5 tables `report_words` beside
`reports` and `entry_words` beside `entries`, PostgreSQL the columns `reports.words` and `entries.found`. They come from
migrations 0002 and 0003 and follow their tables by themselves.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
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

HEAD = "0004"  # the newest migration

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

# --- what is derived ----------------------------------------------------------------------------------------------------
# All below follows from the reports, the claims and the judgements, and can be made anew at any time (settle.py).

# What a report is to others. `exact` and `keys` find copies; reports of one `component` are linked by likeness, and families
# are told apart within it. `family` is the family's first report; `derived_from` lists what it may be derived from.
# `statements` is how many it has, `unnamed` how many of them name nobody.
# `settled` is the rules by which all this was derived; NULL: to be done.
report_families = Table(
    "report_families",
    metadata,
    Column("report", ID, ForeignKey("reports.id"), primary_key=True),
    Column("day", Date, index=True),
    Column("exact", ID, nullable=False, index=True),
    Column("keys", LargeBinary, nullable=False),
    Column("component", ID, nullable=False, index=True),
    Column("family", ID, nullable=False, index=True),
    Column("likeness", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("independent", Boolean, nullable=False),
    Column("derived_from", JSON, nullable=False),
    Column("cited", JSON, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("unnamed", Integer, nullable=False),
    Column("settled", String),
)

# Which entry a claim belongs to. `day` is when it is about, or when it was told; claims of one `component` are linked by
# likeness, and entries are told apart within it. `live`: found by the last reading of a current version. `trait` is what is
# compared, `keys` what it is found by (postings.py), `said_by` the statement in which the claim stands.
claim_entries = Table(
    "claim_entries",
    metadata,
    Column("claim", ID, ForeignKey("claims.id"), primary_key=True),
    Column("kind", String, nullable=False),
    Column("day", Date),
    Column("component", ID, nullable=False, index=True),
    Column("entry", ID, nullable=False, index=True),
    Column("live", Boolean, nullable=False),
    Column("said_by", ID),
    Column("trait", JSON, nullable=False),
    Column("keys", LargeBinary, nullable=False),
    Index("ix_claim_entries_day", "day", "kind"),
)

# What the ledger holds. The id is that of the entry's first claim in the ledger. `first_day` and `last_day` are when it is
# about, `known` when it was first told, `latest` when last. Lists are ordered by `day` (when it is about, or else when it was
# first told) and by `told` (latest): what has no date has the last day there is, or the first, and so comes last.
# `lead` is the claim that words it, `facets` what `entry_facets` has of it. `entry` has the rest: see entries.py.
entries = Table(
    "entries",
    metadata,
    Column("number", ROW_NUMBER, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("type", String, nullable=False),
    Column("status", String, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("known", Date),
    Column("latest", Date),
    Column("day", Date, nullable=False),
    Column("told", Date, nullable=False),
    Column("lead", ID, ForeignKey("claims.id"), nullable=False),
    Column("grade", String, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Column("outcome", String),
    Column("words", Text, nullable=False),
    Column("facets", JSON, nullable=False),
    Column("entry", JSON, nullable=False),
    Index("ix_entries_day", "day", "id"),
    Index("ix_entries_kind", "kind", "told", "id"),
    Index("ix_entries_told", "told", "id"),
    Index("ix_entries_known", "known"),
    Index("ix_entries_disputed", "told", "id", sqlite_where=text("disputed = 1"), postgresql_where=text("disputed")),
)

# What an entry is filtered by, in the order of days: "with:RUS" for every entry in which Russia or its army takes part.
entry_facets = Table(
    "entry_facets",
    metadata,
    Column("facet", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("entry", ID, primary_key=True),
    sqlite_with_rowid=False,
)

# Which entry shows what became of another one (a commitment, a meeting), and how: "triggered", "kept", "broken".
outcomes = Table(
    "outcomes",
    metadata,
    Column("entry", ID, primary_key=True),
    Column("shown_by", ID, primary_key=True, index=True),
    Column("outcome", String, nullable=False),
    Column("why", Text, nullable=False),
)

# What the derived tables were made from, by name: the digest of the judgements.
settings = Table(
    "settings",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
