"""Entries out of the ledger: by day, actor, side, kind, outlet, status, words. Reads only."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, case, func, or_, select, text

from twotrack.ledger.entryrows import by_actor, entry_from, in_outlet, with_actor
from twotrack.ledger.failures import telling
from twotrack.ledger.merging import Verdicts, reasons
from twotrack.ledger.schema import claim_entries, claims, entries, entry_facets, outcomes, report_families, reports
from twotrack.ledger.sources import sources_of
from twotrack.ledger.store import phrases
from twotrack.ledger.traits import trait_from
from twotrack.ledger.writing import chunked
from twotrack.model import Entry, Outcome, Source

SEARCH = {
    "sqlite": """SELECT entries.id FROM entry_words JOIN entries ON entries.number = entry_words.rowid
        WHERE entry_words MATCH :query AND entries.live ORDER BY bm25(entry_words), entries.id LIMIT :most""",
    "postgresql": """SELECT id FROM entries, websearch_to_tsquery('english', :query) AS query
        WHERE found @@ query AND live ORDER BY ts_rank_cd(found, query) DESC, id LIMIT :most""",
}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted. Days are when an entry is about, or else when it was first told; both ends count.

    `actor` is whoever takes part, with all who belong to it (RUS finds RUS.GOV), or a person's id; `side` acts or speaks.
    """

    since: date | None = None
    until: date | None = None
    actor: str | None = None
    side: str | None = None
    kinds: tuple[str, ...] = ()
    outlet: str | None = None


BY_DAY = (entries.c.day, entries.c.id)
NEWEST = (entries.c.told.desc(), entries.c.id.desc())
LONGEST = timedelta(days=92)  # a stretch that began longer before a day is found by its beginning only: "in the 1990s"


def entries_where(
    ledger: Engine,
    wanted: Filter,
    *also: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]] = BY_DAY,
    most: int | None = None,
) -> tuple[Entry, ...]:
    """Live entries that the filter lets through, in that order (by day unless another is given)."""
    query = select(entries.c.id).where(entries.c.live, *_conditions(wanted), *also)
    facets = _facets(wanted)
    if facets and order is BY_DAY:
        # Those of one facet come in the order of days; what else is asked is looked up for each of them.
        query = query.join(entry_facets, entry_facets.c.entry == entries.c.id).where(entry_facets.c.facet == facets.pop(0))
        order = (entry_facets.c.day, entry_facets.c.entry)
    query = query.where(*map(_has, facets)).order_by(*order)
    with telling(ledger), ledger.connect() as connection:
        # First which, then what they hold: whole rows would be sorted with their texts.
        ids = connection.execute(query.limit(most) if most else query).scalars().all()
        found = {row.id: row for part in chunked(ids) for row in connection.execute(_rows().where(entries.c.id.in_(part)))}
    return tuple(entry_from(found[id_]) for id_ in ids)


def _rows() -> Select[Any]:
    joined = entries.join(claims, claims.c.id == entries.c.lead).join(reports, reports.c.id == claims.c.report)
    return select(entries, claims.c.claim, reports.c.text).select_from(joined)


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.kinds:
        yield entries.c.kind.in_(wanted.kinds)
    if wanted.since:
        yield entries.c.day >= wanted.since - LONGEST
        yield or_(entries.c.last_day >= wanted.since, and_(entries.c.last_day.is_(None), entries.c.known >= wanted.since))
    if wanted.until:
        yield entries.c.day <= wanted.until


def _facets(wanted: Filter) -> list[str]:
    """The facets that are wanted, the rarest first."""
    found = [in_outlet(wanted.outlet)] if wanted.outlet else []
    found += [with_actor(wanted.actor)] if wanted.actor else []
    return found + ([by_actor(wanted.side)] if wanted.side else [])


def _has(facet: str) -> ColumnElement[bool]:
    return entries.c.id.in_(select(entry_facets.c.entry).where(entry_facets.c.facet == facet))


def entry_named(ledger: Engine, id_: str) -> Entry | None:
    """The entry of that id, or the one that a claim of that id belongs to, also where nobody tells it any more."""
    with telling(ledger), ledger.connect() as connection:
        own = connection.execute(select(claim_entries.c.entry).where(claim_entries.c.claim == id_)).scalar()
        row = connection.execute(_rows().where(entries.c.id == (own or id_))).one_or_none()
    return entry_from(row) if row else None


def reasons_of(ledger: Engine, id_: str, verdicts: Verdicts) -> dict[str, str]:
    """Claim -> why it belongs to the entry; the first claim has no reason."""
    with telling(ledger), ledger.connect() as connection:
        rows = connection.execute(select(claim_entries).where(claim_entries.c.entry == id_)).all()
    return reasons([trait_from(row.claim, row.kind, row.trait, row.live) for row in rows], verdicts)


def family_of(ledger: Engine, ids: Collection[str]) -> dict[str, Any]:
    """The family rows of these reports, by report."""
    with telling(ledger), ledger.connect() as connection:
        wanted = select(report_families)
        rows = [row for part in chunked(ids) for row in connection.execute(wanted.where(report_families.c.report.in_(part)))]
    return {row.report: row for row in rows}


def entries_of(ledger: Engine, ids: Collection[str]) -> dict[str, Entry]:
    """Entries by id."""
    with telling(ledger), ledger.connect() as connection:
        rows = [row for part in chunked(ids) for row in connection.execute(_rows().where(entries.c.id.in_(part)))]
    return {row.id: entry_from(row) for row in rows}


def sources_for(ledger: Engine, ids: Collection[str], outlets: Mapping[str, str]) -> dict[str, list[Source]]:
    """The sources of these entries, by entry."""
    with telling(ledger), ledger.connect() as connection:
        return sources_of(connection, ids, outlets)


def outcomes_of(ledger: Engine, ids: Collection[str]) -> dict[str, list[Outcome]]:
    """What became of these entries, by entry."""
    found: dict[str, list[Outcome]] = {}
    with telling(ledger), ledger.connect() as connection:
        for part in chunked(ids):
            wanted = select(outcomes).where(outcomes.c.entry.in_(part)).order_by(outcomes.c.entry, outcomes.c.shown_by)
            for row in connection.execute(wanted):
                found.setdefault(row.entry, []).append(Outcome(row.outcome, row.shown_by, row.why))
    return found


def search_entries(ledger: Engine, words: str, *, most: int = 20) -> tuple[Entry, ...]:
    """Entries with all of these words, in any form, best first."""
    query = phrases(words)
    if not query:
        return ()
    with telling(ledger), ledger.connect() as connection:
        ids = connection.execute(text(SEARCH[ledger.dialect.name]), {"query": query, "most": most}).scalars().all()
    found = entries_of(ledger, ids)
    return tuple(found[id_] for id_ in ids)


def last_day(ledger: Engine) -> date | None:
    """The day of the latest report: as far as the ledger knows, today."""
    with telling(ledger), ledger.connect() as connection:
        found: date | None = connection.execute(select(func.max(reports.c.published))).scalar()
    return found


def family_rows(ledger: Engine) -> Sequence[Any]:
    """A row for each report: its family, why it belongs there, outlet, day, title; in the order of families."""
    joined = report_families.join(reports, reports.c.id == report_families.c.report)
    columns = (reports.c.id, reports.c.outlet, reports.c.published, reports.c.title, reports.c.url, reports.c.version_of)
    own = [column for column in report_families.columns if column.name not in ("keys", "report", "day")]
    wanted = select(*columns, *own).select_from(joined)
    ordered = wanted.order_by(
        report_families.c.family, report_families.c.likeness != "first", reports.c.published, reports.c.id
    )
    with telling(ledger), ledger.connect() as connection:
        return connection.execute(ordered).all()


def outlet_rows(ledger: Engine) -> Sequence[Any]:
    """A row for each outlet: its reports, how many of them are copies, its statements, and how many of them name nobody."""
    outlet = func.coalesce(reports.c.outlet, "not named").label("outlet")
    copied = case((report_families.c.likeness.in_(("first", "version")), 0), else_=1)
    counts = (
        func.count().label("reports"),
        func.sum(copied).label("copies"),
        func.sum(report_families.c.statements).label("statements"),
        func.sum(report_families.c.unnamed).label("unnamed"),
    )
    joined = report_families.join(reports, reports.c.id == report_families.c.report)
    with telling(ledger), ledger.connect() as connection:
        return connection.execute(select(outlet, *counts).select_from(joined).group_by(outlet)).all()


def entries_of_versions(ledger: Engine) -> list[tuple[str, str, set[str], set[str]]]:
    """Of each report with several versions: the last one, the one before, and the entries that each of the two tells."""
    many = select(reports.c.version_of).group_by(reports.c.version_of).having(func.count() > 1)
    ordered = select(reports.c.id, reports.c.version_of).where(reports.c.version_of.in_(many)).order_by(reports.c.number)
    told = select(claims.c.report, claim_entries.c.entry).join(claims, claims.c.id == claim_entries.c.claim)
    with telling(ledger), ledger.connect() as connection:
        groups: dict[str, list[str]] = {}
        for row in connection.execute(ordered):
            groups.setdefault(row.version_of, []).append(row.id)
        last = {ids[-1]: ids[-2] for ids in groups.values()}
        found: dict[str, set[str]] = {id_: set() for pair in last.items() for id_ in pair}
        for part in chunked(found):
            for row in connection.execute(told.where(claims.c.report.in_(part), claims.c.gone.is_(None))):
                found[row.report].add(row.entry)
    return [(report, earlier, found[earlier], found[report]) for report, earlier in last.items()]


def texts_of(ledger: Engine, ids: Collection[str]) -> dict[str, str]:
    """The texts of these reports, by id."""
    wanted = select(reports.c.id, reports.c.text)
    with telling(ledger), ledger.connect() as connection:
        rows = [row for part in chunked(ids) for row in connection.execute(wanted.where(reports.c.id.in_(part)))]
    return {row.id: row.text for row in rows}


def similar_ids(ledger: Engine, id_: str) -> list[str]:
    """Ids in the ledger that begin like this one, for a suggestion: a report's claims, or other ids of the same beginning."""
    wanted = select(claim_entries.c.claim).where(claim_entries.c.claim >= id_[:4], claim_entries.c.claim < f"{id_[:4]}~")
    with telling(ledger), ledger.connect() as connection:
        return list(connection.execute(wanted.order_by(claim_entries.c.claim).limit(1_000)).scalars())
