"""Full text search over the titles and texts of reports; it follows the table by itself from here on."""

from alembic import op

revision = "0002"
down_revision = "0001"

# PostgreSQL refuses a text whose index entry exceeds a megabyte; of more characters than these only the first are found.
INDEXED = 200_000

SQLITE = (
    """CREATE VIRTUAL TABLE report_words USING fts5(
        title, text, content='reports', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER report_words_insert AFTER INSERT ON reports BEGIN
        INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END""",
    """CREATE TRIGGER report_words_delete AFTER DELETE ON reports BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    END""",
    """CREATE TRIGGER report_words_update AFTER UPDATE OF title, text ON reports BEGIN
        INSERT INTO report_words(report_words, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
        INSERT INTO report_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END""",
    "INSERT INTO report_words(report_words) VALUES ('rebuild')",
)
POSTGRESQL = (
    f"""ALTER TABLE reports ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('english', left(coalesce(title, ''), 1000) || E'\\n' || left(text, {INDEXED}))) STORED""",
    "CREATE INDEX ix_reports_words ON reports USING gin (words)",
)


def upgrade() -> None:
    """Makes the index and fills it with the reports that are there."""
    # Driver's SQL, since a colon would name a parameter otherwise.
    connection = op.get_bind()
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)
