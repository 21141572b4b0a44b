"""What Alembic runs: every migration that the ledger lacks, within the transaction that the caller has begun."""

from alembic import context

from twotrack.ledger.schema import metadata

# SQLite cannot alter a column in place; in batches Alembic copies the table, which drops its triggers: make them anew then.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
