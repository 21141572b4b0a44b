"""Puts readings into the ledger and gets them out again. A report is written whole, in one transaction, or not at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, delete, func, or_, select, text, update

from twotrack.errors import Problem
from twotrack.ledger.failures import telling, writing
from twotrack.ledger.identity import ABOUT, completed
from twotrack.ledger.opening import open_ledger
from twotrack.ledger.rows import Rows, claim_of, rows_of
from twotrack.ledger.schema import claim_actors, claims, problems, report_families, reports
from twotrack.ledger.writing import insert, upsert
from twotrack.model import Claim, Report
from twotrack.reading import Reading

__all__ = [
    "claims_about",
    "claims_of",
    "open_ledger",
    "problems_of",
    "put_reading",
    "reports_in",
    "search",
    "stored",
    "versions",
]

Outcome = Literal["added", "version", "known", "reread"]
PAGE = 200  # reports fetched at once; their texts lie in memory together

SEARCH = {
    "sqlite": """SELECT reports.id, reports.title, reports.outlet, reports.published,
            snippet(report_words, 1, '[', ']', '…', 24) AS words
        FROM report_words JOIN reports ON reports.number = report_words.rowid
        WHERE report_words MATCH :query ORDER BY bm25(report_words), reports.id LIMIT :most""",
    "postgresql": """SELECT id, title, outlet, published,
            ts_headline('english', text, query, 'StartSel=[, StopSel=], MaxWords=24, MinWords=12, MaxFragments=1') AS words
        FROM reports, websearch_to_tsquery('english', :query) AS query
        WHERE words @@ query ORDER BY ts_rank_cd(words, query) DESC, id LIMIT :most""",
}


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as the ledger holds it: the version of what, when it was added (UTC), and which finder read it."""

    report: Report
    version_of: str
    added: datetime
    finder: str


@dataclass(frozen=True, slots=True)
class Found:
    """A report that a search found, with the [found] words among their neighbours."""

    report: str
    title: str | None
    outlet: str | None
    published: date | None
    words: str


# --- writing ------------------------------------------------------------------------------------------------------------


def put_reading(ledger: Engine, reading: Reading, finder: str) -> Outcome:
    """Stores a reading of an identified report: report, claims, problems.

    "added": new. "version": another text at an address that the ledger knows. "known": nothing to change. "reread": the finder
    is another, or the report has a date or a name that it lacked; its claims are written anew, and those that are no longer
    found are kept as gone.
    """
    rows = rows_of(reading, finder)
    return writing(ledger, lambda connection: _put(connection, reading.report, rows))


def _put(connection: Connection, report: Report, rows: Rows) -> Outcome:
    fresh = insert(connection, reports).values(rows.report).on_conflict_do_nothing(index_elements=["id"])
    if connection.execute(fresh.returning(reports.c.id)).first() is not None:
        _put_claims(connection, rows)
        others = select(reports.c.id).where(reports.c.version_of == rows.report["version_of"], reports.c.id != report.id)
        return "version" if connection.execute(others.limit(1)).first() else "added"
    held = _stored(connection.execute(_report_rows().where(reports.c.id == report.id).with_for_update()).one())
    whole = completed(held.report, report)
    # A reading that was made before someone gave the date must not undo what is read with it.
    undated = report.published != whole.published
    if undated or (whole, rows.report["finder"]) == (held.report, held.finder):
        return "known"
    about = {key: getattr(whole, key) for key in ABOUT}
    connection.execute(update(reports).where(reports.c.id == report.id).values(**about, finder=rows.report["finder"]))
    connection.execute(update(report_families).where(report_families.c.report == report.id).values(settled=None))
    _clear(connection, rows)
    _put_claims(connection, rows)
    return "reread"


def _clear(connection: Connection, rows: Rows) -> None:
    """Takes out what the last reading found; claims stay, marked as gone until they are found again."""
    report, finder = rows.report["id"], rows.report["finder"]
    own = select(claims.c.id).where(claims.c.report == report)
    connection.execute(delete(claim_actors).where(claim_actors.c.claim.in_(own)))
    connection.execute(delete(problems).where(problems.c.report == report))
    connection.execute(update(claims).where(claims.c.report == report, claims.c.gone.is_(None)).values(gone=finder))


def _put_claims(connection: Connection, rows: Rows) -> None:
    upsert(connection, claims, rows.claims)
    if rows.actors:
        connection.execute(claim_actors.insert(), rows.actors)
    if rows.problems:
        connection.execute(problems.insert(), rows.problems)


# --- reading ------------------------------------------------------------------------------------------------------------


def _report_rows() -> Select[Any]:
    return select(*(column for column in reports.columns if column.name != "fingerprint"))


def _stored(row: Row[Any]) -> Stored:
    report = Report(row.id, row.text, row.title, row.outlet, row.byline, row.published, row.url, row.lang)
    return Stored(report, row.version_of, row.added.replace(tzinfo=UTC), row.finder)


def stored(ledger: Engine, report_id: str) -> Stored | None:
    """The report of that id, whichever version it is."""
    with telling(ledger), ledger.connect() as connection:
        row = connection.execute(_report_rows().where(reports.c.id == report_id)).one_or_none()
    return _stored(row) if row else None


def reports_in(ledger: Engine, *, every_version: bool = False) -> Iterator[Stored]:
    """The current version of each report, in the order in which they were added, a page of them in memory at a time."""
    later = reports.alias()
    newest = select(func.max(later.c.number)).where(later.c.version_of == reports.c.version_of).scalar_subquery()
    wanted = _report_rows() if every_version else _report_rows().where(reports.c.number == newest)
    last = -1
    while True:
        # A page is a query of its own: a reader that keeps a cursor open would keep SQLite's log from being folded in.
        with telling(ledger), ledger.connect() as connection:
            page = connection.execute(wanted.where(reports.c.number > last).order_by(reports.c.number).limit(PAGE)).all()
        yield from map(_stored, page)
        if len(page) < PAGE:
            return
        last = page[-1].number


def versions(ledger: Engine, report_id: str) -> tuple[Stored, ...]:
    """All versions of the report that has this id, oldest first."""
    same = select(reports.c.version_of).where(reports.c.id == report_id).scalar_subquery()
    with telling(ledger), ledger.connect() as connection:
        rows = connection.execute(_report_rows().where(reports.c.version_of == same).order_by(reports.c.number)).all()
    return tuple(map(_stored, rows))


def claims_of(ledger: Engine, report_id: str, *, gone: bool = False) -> tuple[Claim, ...]:
    """The claims of a report in text order; with `gone`, those that earlier finders found and the last one did not."""
    kept = claims.c.gone.is_not(None) if gone else claims.c.gone.is_(None)
    return _claims(ledger, _claim_rows().where(claims.c.report == report_id, kept).order_by(claims.c.place, claims.c.id))


def claims_about(
    ledger: Engine, actor: str | None = None, *, since: date | None = None, until: date | None = None, kind: str | None = None
) -> tuple[Claim, ...]:
    """Claims in which an actor takes part (with all who belong to it: "RUS" finds "RUS.GOV"), about days from since to until.

    A claim without a day is left out where days are asked for. In the order of days, then of ids.
    """
    conditions: list[ColumnElement[bool]] = [claims.c.gone.is_(None)]
    if actor:
        # A full stop is followed by a slash in the order of characters: this is everything that begins with "RUS.".
        below = and_(claim_actors.c.actor >= f"{actor}.", claim_actors.c.actor < f"{actor}/")
        own = or_(claim_actors.c.actor == actor, below, claim_actors.c.person == actor)
        conditions.append(claims.c.id.in_(select(claim_actors.c.claim).where(own)))
    if since:
        conditions.append(claims.c.last_day >= since)
    if until:
        conditions.append(claims.c.first_day <= until)
    if kind:
        conditions.append(claims.c.kind == kind)
    ordered = _claim_rows().where(*conditions).order_by(claims.c.first_day.is_(None), claims.c.first_day, claims.c.id)
    return _claims(ledger, ordered)


def _claim_rows() -> Select[Any]:
    return select(claims.c.claim, reports.c.text).join(reports, reports.c.id == claims.c.report)


def _claims(ledger: Engine, wanted: Select[Any]) -> tuple[Claim, ...]:
    with telling(ledger), ledger.connect() as connection:
        return tuple(claim_of(row.claim, row.text) for row in connection.execute(wanted))


def problems_of(ledger: Engine, report_id: str) -> tuple[Problem, ...]:
    """What could not be read or resolved in a report."""
    wanted = select(problems).where(problems.c.report == report_id).order_by(problems.c.place)
    with telling(ledger), ledger.connect() as connection:
        return tuple(Problem(row.message, row.start, row.end) for row in connection.execute(wanted))


def search(ledger: Engine, words: str, *, most: int = 20) -> tuple[Found, ...]:
    """Reports with all of these words, in any form (talk, talks), best first; "words in quotes" stand together."""
    query = phrases(words)
    if not query:
        return ()
    with telling(ledger), ledger.connect() as connection:
        rows = connection.execute(text(SEARCH[ledger.dialect.name]), {"query": query, "most": most}).all()
    return tuple(Found(row.id, row.title, row.outlet, _day(row.published), row.words) for row in rows)


def phrases(words: str) -> str:
    """What was typed, with nothing in it that a search language takes for a command: 'cease-fire "two paths"' ->
    '"cease-fire" "two paths"'."""
    found = re.findall(r'"([^"]*)"|([^\s"]+)', words.replace("\x00", " "))
    return " ".join(f'"{part}"' for pair in found for part in pair if any(map(str.isalnum, part)))


def _day(value: date | str | None) -> date | None:
    """A date from a query that SQLAlchemy did not type; SQLite has them as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value
