"""A ledger as one plain SQLite file for Datasette or any SQL: tables with keys between them, columns with names, full text.

What shows an outcome, and the first report of a family, come along where the filter does not ask for them, so that every key
finds its row.
"""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from sqlalchemy import Engine, select

from twotrack.errors import TwotrackError
from twotrack.export.pages import PAGE, Exported, Told, in_pages, told, told_of
from twotrack.export.table import BETWEEN
from twotrack.ledger.case import Case
from twotrack.ledger.failures import telling
from twotrack.ledger.queries import Filter
from twotrack.ledger.rows import actors_of
from twotrack.ledger.schema import report_families, reports
from twotrack.ledger.traits import status_of
from twotrack.ledger.writing import chunked
from twotrack.lexicon import actor_names
from twotrack.model import Source
from twotrack.tables import entry_words
from twotrack.wording import actor_label, side_of

APPLICATION = 0x74777472  # "twtr", in the file's header: what SQLite keeps there for the program whose file it is

SCHEMA = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = 1;
CREATE TABLE reports (
    id TEXT PRIMARY KEY, outlet TEXT, title TEXT, byline TEXT, published TEXT, url TEXT, lang TEXT NOT NULL,
    family TEXT NOT NULL REFERENCES reports (id), independent INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE entries (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, type TEXT NOT NULL, status TEXT NOT NULL, first_day TEXT, last_day TEXT,
    known TEXT, latest TEXT, words TEXT NOT NULL, quote TEXT NOT NULL, report TEXT NOT NULL REFERENCES reports (id),
    quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL, reports INTEGER NOT NULL, families INTEGER NOT NULL,
    independent INTEGER NOT NULL, grade TEXT NOT NULL, grade_why TEXT NOT NULL, disputed INTEGER NOT NULL, outcome TEXT,
    judged TEXT, corrected TEXT NOT NULL, said_by TEXT NOT NULL, anonymous INTEGER NOT NULL);
CREATE TABLE sources (
    claim TEXT PRIMARY KEY, entry TEXT NOT NULL REFERENCES entries (id), report TEXT NOT NULL REFERENCES reports (id),
    quote TEXT NOT NULL, quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL, status TEXT NOT NULL, said_by TEXT,
    anonymous INTEGER NOT NULL, letter TEXT NOT NULL, leans_on TEXT NOT NULL, live INTEGER NOT NULL,
    confidence REAL NOT NULL, rule TEXT NOT NULL);
CREATE TABLE actors (id TEXT PRIMARY KEY, name TEXT NOT NULL, side TEXT NOT NULL);
CREATE TABLE entry_actors (
    entry TEXT NOT NULL REFERENCES entries (id), place INTEGER NOT NULL, role TEXT NOT NULL, actor TEXT REFERENCES actors (id),
    person TEXT, name TEXT NOT NULL, words TEXT NOT NULL, anonymous INTEGER NOT NULL, PRIMARY KEY (entry, place));
CREATE TABLE outcomes (
    entry TEXT NOT NULL REFERENCES entries (id), shown_by TEXT NOT NULL REFERENCES entries (id), outcome TEXT NOT NULL,
    why TEXT NOT NULL, PRIMARY KEY (entry, shown_by));
CREATE TABLE variants (
    entry TEXT NOT NULL REFERENCES entries (id), field TEXT NOT NULL, value TEXT NOT NULL,
    claim TEXT NOT NULL REFERENCES sources (claim), PRIMARY KEY (entry, field, claim));
"""
INDEXES = """
CREATE INDEX entries_by_day ON entries (first_day);
CREATE INDEX entries_by_report ON entries (report);
CREATE INDEX sources_by_entry ON sources (entry);
CREATE INDEX sources_by_report ON sources (report);
CREATE INDEX reports_by_family ON reports (family);
CREATE INDEX entry_actors_by_actor ON entry_actors (actor);
CREATE INDEX outcomes_by_shown_by ON outcomes (shown_by);
CREATE INDEX variants_by_claim ON variants (claim);
CREATE VIRTUAL TABLE entries_fts USING fts5 (words, quote, content="entries", tokenize="porter unicode61 remove_diacritics 2");
CREATE VIRTUAL TABLE reports_fts USING fts5 (title, text, content="reports", tokenize="porter unicode61 remove_diacritics 2");
INSERT INTO entries_fts (entries_fts) VALUES ('rebuild');
INSERT INTO reports_fts (reports_fts) VALUES ('rebuild');
"""
SHOWN_ELSEWHERE = "SELECT DISTINCT shown_by FROM outcomes WHERE shown_by NOT IN (SELECT id FROM entries)"


def write_sqlite(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes the database, built in a folder beside the file that the stream writes, and copied into it."""
    name = getattr(stream, "name", None)
    beside = os.path.dirname(os.path.abspath(name)) if isinstance(name, str) and os.path.isfile(name) else None
    with TemporaryDirectory(prefix=".twotrack-", dir=beside) as folder:
        path = Path(folder, "export.sqlite")
        try:
            with closing(sqlite3.connect(path)) as database:
                written = _fill(database, ledger, case, wanted)
        except sqlite3.OperationalError as error:
            raise TwotrackError(f"The SQLite file cannot be written ({error}); make room or check the rights.") from None
        with path.open("rb") as made:
            shutil.copyfileobj(made, stream)
    return Exported(written)


def _fill(database: sqlite3.Connection, ledger: Engine, case: Case, wanted: Filter) -> int:
    """Nothing here is safe from a crash until it is done, and needs not be: the file has no name of its own before."""
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    database.executescript(SCHEMA)
    written, held = 0, set[str]()  # ids of the reports that are in
    for page in in_pages(told(ledger, case, wanted), PAGE):
        _put_entries(database, ledger, page, held)
        _put(
            database,
            "outcomes",
            ((one.entry.id, each.shown_by, each.outcome, each.why) for one in page for each in one.outcomes),
        )
        written += len(page)
    elsewhere = [row[0] for row in database.execute(SHOWN_ELSEWHERE)]
    for page in in_pages(told_of(ledger, case, elsewhere), PAGE):
        _put_entries(database, ledger, page, held)
    # An entry that was merged into another while this was running shows nothing any more.
    database.execute(f"DELETE FROM outcomes WHERE shown_by IN ({SHOWN_ELSEWHERE})")
    database.commit()
    database.executescript(INDEXES)
    database.commit()
    return written


def _put(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Adds rows. One that is there already was read twice, since it was settled anew in between; the later stands."""
    for row in rows:
        database.execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _put_entries(database: sqlite3.Connection, ledger: Engine, page: list[Told], held: set[str]) -> None:
    wanted = {source.report for one in page for source in one.sources} | {
        source.family for one in page for source in one.sources
    }
    _put_reports(database, ledger, wanted - held)
    held |= wanted
    _put(database, "entries", map(_entry, page))
    _put(database, "sources", (_source(one.entry.id, source) for one in page for source in one.sources))
    for one in page:
        _put_actors(database, one)
        for variant in one.entry.variants:
            told_so = ((telling.value, claim) for telling in variant.told for claim in telling.claims)
            _put(database, "variants", ((one.entry.id, variant.field, value, claim) for value, claim in told_so))


def _put_reports(database: sqlite3.Connection, ledger: Engine, ids: Collection[str]) -> None:
    columns = [reports.c[name] for name in ("id", "outlet", "title", "byline", "published", "url", "lang")]
    wanted = select(*columns, report_families.c.family, report_families.c.independent, reports.c.text).join(
        report_families, report_families.c.report == reports.c.id
    )
    for part in chunked(ids):
        with telling(ledger), ledger.connect() as connection:
            found = connection.execute(wanted.where(reports.c.id.in_(part))).all()
        _put(database, "reports", ((*row[:4], _iso(row.published), *row[5:]) for row in found))


def _entry(one: Told) -> tuple[Any, ...]:
    entry, cite = one.entry, one.entry.lead.cites[0]
    return (
        entry.id, entry.kind, entry.type, entry.status, _iso(entry.first_day), _iso(entry.last_day), _iso(entry.known),
        _iso(entry.latest), entry_words(entry), cite.text, one.lead.report, cite.start, cite.end, entry.reports, entry.families,
        entry.independent, str(entry.grade), entry.grade.why, entry.disputed, entry.outcome, entry.judged,
        BETWEEN.join(entry.corrected), BETWEEN.join(entry.said_by), entry.anonymous,
    )  # fmt: skip


def _source(entry: str, source: Source) -> tuple[Any, ...]:
    claim, cite = source.claim, source.claim.cites[0]
    said_by = actor_label(source.said_by) if source.said_by else None
    return (
        claim.id, entry, source.report, cite.text, cite.start, cite.end, status_of(claim), said_by,
        bool(source.said_by and source.said_by.anonymous) or bool(getattr(claim, "anonymous", False)), source.letter,
        BETWEEN.join(source.leans_on), source.live, claim.confidence, claim.rule,
    )  # fmt: skip


def _put_actors(database: sqlite3.Connection, one: Told) -> None:
    """Who takes part in an entry; an actor's own name is the lexicon's, or else the one by which it was first met."""
    taking_part = list(enumerate(actors_of(one.entry.lead)))
    named = {actor.id: actor for _, (_, actor) in taking_part if actor.id}
    for id_, actor in named.items():
        row = (id_, actor_names().get(id_) or actor.name or actor.words, side_of(actor))
        database.execute("INSERT OR IGNORE INTO actors VALUES (?, ?, ?)", row)
    _put(database, "entry_actors", (
        (one.entry.id, place, role, actor.id, actor.person, actor_label(actor), actor.words, actor.anonymous)
        for place, (role, actor) in taking_part
    ))  # fmt: skip


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
