"""What follows from the stored readings: families, entries, grades, outcomes. Brings them up to date after reports were added.

Reports are settled some at a time, each time in one transaction: a process killed meanwhile leaves them to the next. Only what
new reports can change is looked at again, and the result is that of looking at all.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, or_, select, text, update

from twotrack.ledger.case import Case
from twotrack.ledger.entries import entry_of
from twotrack.ledger.entryrows import entry_row, facet_rows
from twotrack.ledger.failures import telling, writing
from twotrack.ledger.judgements import corrections, read_judgements
from twotrack.ledger.linking import link
from twotrack.ledger.outcomes import settle_outcomes
from twotrack.ledger.regrouping import put_traits, regroup
from twotrack.ledger.schema import claim_entries, claims, entries, entry_facets, report_families, reports
from twotrack.ledger.sources import sources_of
from twotrack.ledger.verdicts import Judged, reject, resolved, unsettle
from twotrack.ledger.writing import chunked

RULES = "2"  # of merging, grading and outcomes; a ledger settled by others is settled anew
VERDICT_WORDS = {"accept": "accepted", "reject": "rejected"}
BATCH = 40  # reports settled in one transaction; others who write wait for a few seconds at most
SETTLE_LOCK = 0x7707AD  # PostgreSQL's advisory lock, so that two processes do not settle at once


def settle(ledger: Engine, case: Case, shown: Callable[[int], None] = lambda _: None) -> int:
    """Brings families and entries up to date; returns how many reports were looked at. Cheap where nothing is new.

    `shown` is told the number of reports settled after each batch.
    """
    rules = f"{RULES}.{sha256(repr(sorted(case.outlets.items())).encode()).hexdigest()[:8]}"
    done = 0
    while many := writing(ledger, lambda connection: _settle(connection, case, rules)):
        done += many
        shown(done)
    return done


def _settle(connection: Connection, case: Case, rules: str) -> int:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({SETTLE_LOCK})"))
    judgements = read_judgements(case)  # within the transaction, so that no verdict falls between two who settle
    unsettle(connection, judgements)
    new = _pending(connection, rules)
    if not new:
        return 0
    moved = link(connection, new, {name: name for name in case.outlets})
    superseded = _superseded(connection, [row.version_of for row in new])
    put_traits(connection, [row.id for row in new] + sorted(superseded), superseded)
    judged = resolved(connection, judgements)
    reject(connection, judged.rejected)
    touched = regroup(connection, {row.id for row in new} | superseded, judged.verdicts)
    touched |= _entries_of_reports(connection, moved)
    rebuild(connection, case, touched, judged)
    settle_outcomes(connection, touched)
    for part in chunked([row.id for row in new]):
        connection.execute(update(report_families).where(report_families.c.report.in_(part)).values(settled=rules))
    return len(new)


def _pending(connection: Connection, rules: str) -> Sequence[Any]:
    """Reports that are not settled by these rules, those added first coming first."""
    joined = reports.outerjoin(report_families, report_families.c.report == reports.c.id)
    open_ = or_(report_families.c.settled.is_(None), report_families.c.settled != rules)
    return connection.execute(select(reports).select_from(joined).where(open_).order_by(reports.c.number).limit(BATCH)).all()


def _superseded(connection: Connection, versions: Iterable[str]) -> set[str]:
    """Earlier versions of these reports: a later one is there."""
    found: set[str] = set()
    for part in chunked(set(versions)):
        rows = connection.execute(
            select(reports.c.id, reports.c.version_of).where(reports.c.version_of.in_(part)).order_by(reports.c.number)
        ).all()
        newest = {row.version_of: row.id for row in rows}
        found |= {row.id for row in rows if newest[row.version_of] != row.id}
    return found


def _entries_of_reports(connection: Connection, report_ids: Collection[str]) -> set[str]:
    wanted = select(claim_entries.c.entry).join(claims, claims.c.id == claim_entries.c.claim).distinct()
    return {row.entry for part in chunked(report_ids) for row in connection.execute(wanted.where(claims.c.report.in_(part)))}


def rebuild(connection: Connection, case: Case, ids: Collection[str], judged: Judged) -> None:
    """Writes these entries anew; an id that is no entry's any more is taken out."""
    sources = sources_of(connection, ids, case.outlets)
    made = []
    for id_, found in sources.items():
        own = {source.claim.id for source in found}
        verdicts = [one for claim, one in judged.entries if claim in own]
        verdict = next((one.verdict for one in reversed(verdicts) if one.verdict in VERDICT_WORDS), "")
        made.append((entry_of(id_, found, VERDICT_WORDS.get(verdict), corrections(verdicts)), found))
    _take_out(connection, ids)
    rows = [entry_row(entry, found) for entry, found in made]
    if rows:
        connection.execute(entries.insert(), rows)
        if facets := [facet for row in rows for facet in facet_rows(row)]:
            connection.execute(entry_facets.insert(), facets)


def _take_out(connection: Connection, ids: Collection[str]) -> None:
    own = and_(*(entry_facets.c[name] == bindparam(f"own_{name}") for name in ("facet", "day", "entry")))
    for part in chunked(ids):
        rows = connection.execute(
            select(entries.c.id, entries.c.day, entries.c.facets).where(entries.c.id.in_(part))
        ).mappings()
        if facets := [{f"own_{name}": value for name, value in one.items()} for row in rows for one in facet_rows(row)]:
            connection.execute(delete(entry_facets).where(own), facets)
        connection.execute(delete(entries).where(entries.c.id.in_(part)))


def unsettled(ledger: Engine) -> int:
    """How many reports are stored and not settled yet."""
    joined = reports.outerjoin(report_families, report_families.c.report == reports.c.id)
    with telling(ledger), ledger.connect() as connection:
        wanted = select(func.count()).select_from(joined).where(report_families.c.settled.is_(None))
        return int(connection.execute(wanted).scalar() or 0)
