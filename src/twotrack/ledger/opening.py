"""Opens the ledger of a case: the connection, its settings, and the migrations that an older ledger needs."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from twotrack.errors import TwotrackError
from twotrack.ledger.case import Case
from twotrack.ledger.failures import BUSY_SECONDS, ledger_name, patiently, telling
from twotrack.ledger.schema import HEAD, metadata

SQLITE = "sqlite:///"
CACHE_KIB = 65_536  # pages that SQLite keeps in memory; its 2 MB make additions slower from 10,000 reports on
LOG_PAGES = 8_000  # of 4 KB until SQLite folds its log in and waits for the disk: every 200 reports or so, not every 25
MIGRATION_LOCK = 0x7707AC  # any number that no other program's advisory locks use
# A process that is killed loses nothing under WAL with NORMAL; a power cut may lose the last reports, never the file.
PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=NORMAL",
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    f"PRAGMA cache_size=-{CACHE_KIB}",
    f"PRAGMA wal_autocheckpoint={LOG_PAGES}",
)


def open_ledger(case: Case) -> Engine:
    """The ledger of a case, made on first use, and migrated where an older Twotrack wrote it (SQLite: after a backup).

    Raises TwotrackError for a damaged file, a newer ledger, a database of something else, or a server that does not answer.
    """
    ledger = _engine(case.ledger)
    try:
        with telling(ledger):
            if _version(ledger) != HEAD:
                _migrate(ledger)
    except TwotrackError:
        ledger.dispose()
        raise
    return ledger


def _engine(url: str) -> Engine:
    compact = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    if url.startswith(SQLITE):
        # Not parsed as an address, in which a folder's question mark would begin options.
        address = URL.create("sqlite+pysqlite", database=url.removeprefix(SQLITE))
        ledger = create_engine(address, json_serializer=compact, connect_args={"timeout": BUSY_SECONDS})
        event.listen(ledger, "connect", _set_up)
        event.listen(ledger, "begin", _begin)
        return ledger
    try:
        return create_engine(make_url(url).set(drivername="postgresql+psycopg"), json_serializer=compact)
    except (ArgumentError, ValueError):
        raise TwotrackError("The ledger's address is none; write it as postgresql://name@host/database.") from None
    except ImportError:
        raise TwotrackError("PostgreSQL needs one more package; install it with: pip install 'twotrack[postgres]'.") from None


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # Python's module would begin transactions late and unasked; _begin does it
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    """A writer takes its turn before it reads, since SQLite refuses to make a reader a writer once others have written."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _version(ledger: Engine) -> str | None:
    with ledger.connect() as connection:
        return schema_version(connection)


def schema_version(connection: Connection) -> str | None:
    """The ledger's schema version, "0002"; None for an empty database. Raises TwotrackError where it cannot be used."""
    tables = set(inspect(connection).get_table_names())
    name = ledger_name(connection.engine)
    if "alembic_version" not in tables:
        # Others may live in a PostgreSQL database; a file is ours alone.
        if tables & set(metadata.tables) or (tables and connection.dialect.name == "sqlite"):
            raise TwotrackError(f"{name} is no ledger but another database; name another in case.toml.")
        return None
    version = str(connection.execute(text("SELECT max(version_num) FROM alembic_version")).scalar())
    if version > HEAD:
        raise TwotrackError(
            f"{name} was written by a newer Twotrack (schema {version}, here {HEAD}); upgrade with: pip install -U twotrack."
        )
    return version


def _migrate(ledger: Engine) -> None:
    """Brings the ledger to HEAD in one transaction: a process killed meanwhile leaves it as it was."""
    from alembic import command  # a tenth of a second to load, needed once in a ledger's life

    with ledger.connect().execution_options(writes=True) as connection:
        _prepare(connection)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            version = schema_version(connection)  # another process may have been faster
            if version == HEAD:
                return
            if version is not None and connection.dialect.name == "sqlite":
                _back_up(Path(str(ledger.url.database)), version)
            command.upgrade(_alembic(connection), HEAD)
    ledger.dispose()  # with connections that look at foreign keys again


def _prepare(connection: Connection) -> None:
    """What SQLite allows outside of transactions only. Foreign keys would stop a migration from copying a table."""
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        # Of two processes that switch a new file to its log at once SQLite sends one away without waiting.
        patiently(lambda: raw.execute("PRAGMA journal_mode=WAL"))
        raw.execute("PRAGMA foreign_keys=OFF")


def _alembic(connection: Connection) -> Any:
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "twotrack.ledger:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _back_up(path: Path, version: str) -> Path:
    """Copies an SQLite ledger beside it: ledger.sqlite.0001-20250131T120000.backup. A name without .part is a whole copy."""
    target = path.with_name(f"{path.name}.{version}-{datetime.now(UTC):%Y%m%dT%H%M%S}.backup")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise TwotrackError(f"{path} needs a migration, and no backup can be written beside it ({error}); make room.") from None
    return target
