"""The sources of entries, out of the ledger: each claim with its report, outlet, family, and who says it there."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from twotrack.ledger.rows import claim_of
from twotrack.ledger.schema import claim_entries, claims, report_families, reports
from twotrack.ledger.writing import chunked
from twotrack.lexicon import outlet_letter, outlet_names
from twotrack.model import Actor, Claim, Source, Statement

# Characters between a claim and the name of an outlet that the report cites for it: a sentence before or after.
NEAR = 300


def sources_of(connection: Connection, ids: Collection[str], outlets: Mapping[str, str]) -> dict[str, list[Source]]:
    """The sources of these entries, by entry, in the order of their claims. `outlets` are the case's letters by name."""
    letters = {name.casefold(): letter for name, letter in outlets.items()}
    found: dict[str, list[Source]] = defaultdict(list)
    rows = _rows(connection, ids)
    speakers = _speakers(connection, {row.said_by for row in rows if row.said_by})
    for row in rows:
        found[row.entry].append(_source(row, letters, speakers))
    return found


def _rows(connection: Connection, ids: Collection[str]) -> list[Any]:
    joined = (
        claim_entries.join(claims, claims.c.id == claim_entries.c.claim)
        .join(reports, reports.c.id == claims.c.report)
        .join(report_families, report_families.c.report == reports.c.id)
    )
    wanted = select(
        claim_entries.c.entry, claim_entries.c.live, claim_entries.c.said_by, claims.c.claim, claims.c.report, reports.c.text,
        reports.c.outlet, reports.c.published, reports.c.url, reports.c.title, report_families.c.family,
        report_families.c.independent, report_families.c.cited,
    ).select_from(joined)  # fmt: skip
    ordered = wanted.order_by(reports.c.published, claims.c.report, claims.c.place, claims.c.id)
    return [row for part in chunked(ids) for row in connection.execute(ordered.where(claim_entries.c.entry.in_(part)))]


def _source(row: Any, letters: Mapping[str, str], speakers: Mapping[str, Actor]) -> Source:
    claim = claim_of(row.claim, row.text)
    return Source(
        claim, row.report, row.outlet, row.published, row.url, row.title, row.family, row.independent,
        letters.get((row.outlet or "").casefold()) or outlet_letter(row.outlet), row.live, speakers.get(row.said_by),
        _leans_on(claim, row.cited),
    )  # fmt: skip


def _leans_on(claim: Claim, cited: Collection[tuple[str, int]]) -> tuple[str, ...]:
    """Outlets that the report cites near the claim, by the names that they publish under."""
    start, end = claim.cites[0].start, claim.cites[0].end
    near = (outlet for outlet, at in cited if start - NEAR <= at < end + NEAR)
    return tuple(dict.fromkeys(outlet_names().get(outlet, outlet) for outlet in near))


def _speakers(connection: Connection, ids: Collection[str]) -> dict[str, Actor]:
    """Who speaks in these statements; one without a speaker is as good as unnamed."""
    wanted = select(claims.c.id, claims.c.claim, reports.c.text).join(reports, reports.c.id == claims.c.report)
    found: dict[str, Actor] = {}
    for part in chunked(ids):
        for row in connection.execute(wanted.where(claims.c.id.in_(part))):
            statement = claim_of(row.claim, row.text)
            if isinstance(statement, Statement):
                unnamed = Actor(None, None, "somebody not named", statement.cue.start, statement.cue.start, anonymous=True)
                found[row.id] = statement.speaker or unnamed
    return found
