"""What a database or a disk reports -> one sentence that says what to do; and writing that waits its turn."""

import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from twotrack.errors import TwotrackError

# SQLite itself waits this long for another writer. One report is written in about a millisecond, a migration may take minutes.
BUSY_SECONDS = 60
# Attempts when the wait was in vain or PostgreSQL found a deadlock; the pauses between double from FIRST_PAUSE, 1.5 s in all.
ATTEMPTS = 6
FIRST_PAUSE = 0.05

# Beginnings of SQLite's error names, and PostgreSQL's SQLSTATE codes.
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "40001", "40P01", "55P03")
SENTENCES = {
    BUSY: "{ledger} is in use by another program; try again when that has ended.",
    ("SQLITE_FULL", "53100"): "The disk of {ledger} is full; make room and run this again. What was stored before is kept.",
    ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "25006", "42501"): (
        "{ledger} cannot be opened for writing; check the rights of the file and its folder."
    ),
    ("SQLITE_CORRUPT", "SQLITE_NOTADB", "XX001", "XX002"): (
        "{ledger} is damaged ({message}); nothing was changed. Put a backup in its place, or move it away and add its reports."
    ),
    ("SQLITE_IOERR",): "{ledger} cannot be read or written ({message}); check its disk.",
    ("08", "28", "3D", "53", "57"): "{ledger} cannot be reached ({message}); check the address in case.toml and the server.",
}

Result = TypeVar("Result")


def ledger_name(ledger: Engine) -> str:
    """The ledger as a message names it: the file's path, or the server's address without the password."""
    if ledger.dialect.name == "sqlite":
        return str(ledger.url.database)
    return ledger.url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def telling(ledger: Engine) -> Iterator[None]:
    """Turns what users can mend (full disks, rights, damage, a server that is away) into a TwotrackError; a bug stays a bug."""
    try:
        yield
    except DBAPIError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        message = " ".join(str(error.orig).split("\n", 1)[0].split())
        raise TwotrackError(sentence.format(ledger=ledger_name(ledger), message=message)) from error


def _sentence(error: DBAPIError) -> str | None:
    code = _code(error)
    if code is None:  # psycopg has no code for a connection that was never made
        code = "08" if isinstance(error, OperationalError) else ""
    return next((sentence for codes, sentence in SENTENCES.items() if code.startswith(codes)), None)


def _code(error: Exception) -> str | None:
    """The database's own code of an error, whether SQLAlchemy has wrapped it or not."""
    own = error.orig if isinstance(error, DBAPIError) else error
    return getattr(own, "sqlite_errorname", None) or getattr(own, "sqlstate", None)


def writing(ledger: Engine, work: Callable[[Connection], Result]) -> Result:
    """Does the work in one transaction that alone may write: all of it is stored, or nothing. Waits for other writers.

    `work` may be called again after a conflict, and so must not change anything but the ledger.
    """

    def once() -> Result:
        with ledger.connect().execution_options(writes=True) as connection, connection.begin():
            return work(connection)

    with telling(ledger):
        return patiently(once)


def patiently(work: Callable[[], Result]) -> Result:
    """Does the work, again after a pause where the database was busy, ATTEMPTS times at most."""
    for attempt in range(ATTEMPTS):
        try:
            return work()
        except (OperationalError, sqlite3.OperationalError) as error:
            if attempt + 1 == ATTEMPTS or not (_code(error) or "").startswith(BUSY):
                raise
            time.sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1))
    raise AssertionError("the last attempt returns or raises")


def appended(path: Path, line: str) -> None:
    """Adds a line to a file and waits until the disk has it. What was there stays, whatever happens."""
    try:
        with path.open("a+b") as file:
            file.seek(0, os.SEEK_END)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                line = line if file.read(1) == b"\n" else f"\n{line}"  # edited by hand, or torn: the new line stays whole
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise TwotrackError(f"{path} cannot be written ({error.strerror}); make room or check the rights.") from None
