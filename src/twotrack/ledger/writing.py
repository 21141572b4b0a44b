"""What both databases can do and SQLAlchemy has for each apart: insert or replace; and lists in pieces that queries take."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

PIECE = 500  # values in one IN list; SQLite allows 32,766 in a statement, and statements are kept by their length


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that may say what happens on conflict."""
    made: Insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    return made


def upsert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Inserts rows, and replaces those whose primary key is there."""
    if not rows:
        return
    new = insert(connection, table)
    own = [column.name for column in table.primary_key]
    changed = {name: new.excluded[name] for name in rows[0] if name not in own}
    connection.execute(new.on_conflict_do_update(index_elements=own, set_=changed), list(rows))


def chunked(values: Collection[Any]) -> Iterator[list[Any]]:
    """The values in order, in pieces for IN lists; the same values make the same statements."""
    rest = iter(sorted(values))
    while piece := list(islice(rest, PIECE)):
        yield piece
