"""Tells entries apart anew wherever claims of some reports take part: traits, the claims near them, ids of entries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, select, update

from twotrack.ledger.merging import Verdicts, components, entries_in, linked_to
from twotrack.ledger.postings import ENOUGH, Held, packed, unpacked
from twotrack.ledger.rows import claim_of
from twotrack.ledger.sameness import REACH, may_be_same
from twotrack.ledger.schema import claim_entries, claims, report_families, reports
from twotrack.ledger.traits import Trait, told_in, trait_from, trait_json, trait_of
from twotrack.ledger.writing import chunked, upsert
from twotrack.model import Claim, Report, Statement

NEW = ""  # the entry of a claim that has none yet


# --- claims -------------------------------------------------------------------------------------------------------------


def put_traits(connection: Connection, ids: Sequence[str], superseded: Collection[str]) -> None:
    """A row of `claim_entries` for each claim of these reports; a new claim has no entry yet."""
    for part in chunked(ids):
        wanted = select(claims, reports.c.text, reports.c.published).join(reports, reports.c.id == claims.c.report)
        by_report: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(wanted.where(claims.c.report.in_(part)).order_by(claims.c.report, claims.c.place)):
            by_report[row.report].append(row)
        made = [one for rows in by_report.values() for one in _trait_rows(rows, superseded)]
        held = {row.claim: row for row in _entry_rows(connection, claim_entries.c.claim, [one["claim"] for one in made])}
        for one in made:
            old = held.get(one["claim"])
            one["component"], one["entry"] = (old.component, old.entry) if old else (one["claim"], NEW)
        upsert(connection, claim_entries, made)
        for report, rows in by_report.items():
            said = [row.claim for row in rows if row.kind == "statement" and row.gone is None]
            counts = {"statements": len(said), "unnamed": sum(bool(claim["anonymous"]) for claim in said)}
            connection.execute(update(report_families).where(report_families.c.report == report).values(**counts))


def _trait_rows(rows: Sequence[Any], superseded: Collection[str]) -> list[dict[str, Any]]:
    report = Report(rows[0].report, rows[0].text, published=rows[0].published)
    found = [(row, claim_of(row.claim, row.text)) for row in rows]
    statements = [claim for row, claim in found if isinstance(claim, Statement) and row.gone is None]
    made = []
    for row, claim in found:
        trait = trait_of(claim, report, row.place)
        made.append(
            {"claim": row.id, "kind": row.kind, "day": trait.day, "live": row.gone is None and row.report not in superseded,
             "said_by": saying(claim, statements), "trait": trait_json(trait), "keys": packed(trait)}
        )  # fmt: skip
    return made


def saying(claim: Claim, statements: Iterable[Statement]) -> str | None:
    """The statement in whose content a claim stands, the innermost; None where the report tells it in its own voice."""
    if isinstance(claim, Statement):
        return None
    start = told_in(claim)[0].start
    around = [one for one in statements for part in (one.content, *one.parts) if part.start <= start < part.end]
    return min(around, key=lambda one: (one.content.end - one.content.start, one.id)).id if around else None


def _entry_rows(connection: Connection, column: Any, values: Collection[str]) -> list[Any]:
    return [row for part in chunked(values) for row in connection.execute(select(claim_entries).where(column.in_(part)))]


# --- entries ------------------------------------------------------------------------------------------------------------


def regroup(connection: Connection, report_ids: Collection[str], verdicts: Verdicts) -> set[str]:
    """Tells entries apart anew wherever claims of these reports take part; returns the ids of entries that may have changed."""
    new = _traits_of_reports(connection, report_ids)
    likely = candidates(connection, new)
    others = {claim for found in likely.values() for claim in found} | {claim for pair in verdicts.same for claim in pair}
    near_traits = {row.claim: _trait(row) for row in _entry_rows(connection, claim_entries.c.claim, others - set(new))}
    linked = linked_to(likely, new | near_traits, verdicts) | set(new)
    wanted = {row.component for row in _entry_rows(connection, claim_entries.c.claim, linked)}
    rows = _entry_rows(connection, claim_entries.c.component, wanted)
    traits = {row.claim: _trait(row) for row in rows}
    held = {row.claim: row for row in rows}
    numbers = _numbers(connection, {trait.report for trait in traits.values()})
    touched: set[str] = {row.entry for row in rows if row.claim in new} - {NEW}
    changes: list[dict[str, Any]] = []
    for component in components(traits.values(), verdicts):
        label = min(trait.claim for trait in component)
        for group in entries_in(component, verdicts):
            id_ = entry_id([held[trait.claim] for trait in group], numbers, traits)
            for trait in group:
                old = held[trait.claim]
                if (old.entry, old.component) != (id_, label):
                    touched |= {old.entry, id_} - {NEW} if old.entry != id_ else set()
                    changes.append({"own": trait.claim, "to": id_, "label": label})
    _move(connection, changes)
    return touched | {change["to"] for change in changes}


def _move(connection: Connection, changes: Sequence[dict[str, Any]]) -> None:
    if changes:
        statement = update(claim_entries).where(claim_entries.c.claim == bindparam("own"))
        connection.execute(statement.values(entry=bindparam("to"), component=bindparam("label")), list(changes))


def entry_id(group: Sequence[Any], numbers: Mapping[str, int], traits: Mapping[str, Trait]) -> str:
    """The id of an entry: its first claim's. One that it has already stays; where two entries become one, the older one's."""
    founders = [row for row in group if row.entry == row.claim] or group
    first = min(founders, key=lambda row: (numbers[traits[row.claim].report], traits[row.claim].place, row.claim))
    return str(first.claim)


def _numbers(connection: Connection, report_ids: Collection[str]) -> dict[str, int]:
    """The order in which reports were added."""
    wanted = select(reports.c.id, reports.c.number)
    return {
        row.id: row.number for part in chunked(report_ids) for row in connection.execute(wanted.where(reports.c.id.in_(part)))
    }


def _trait(row: Any) -> Trait:
    return trait_from(row.claim, row.kind, row.trait, row.live)


def _traits_of_reports(connection: Connection, report_ids: Collection[str]) -> dict[str, Trait]:
    wanted = select(claim_entries).join(claims, claims.c.id == claim_entries.c.claim)
    rows = [row for part in chunked(report_ids) for row in connection.execute(wanted.where(claims.c.report.in_(part)))]
    return {row.claim: _trait(row) for row in rows}


# --- who might be alike -------------------------------------------------------------------------------------------------


def candidates(connection: Connection, new: Mapping[str, Trait]) -> dict[str, list[str]]:
    """For each new claim the stored ones that it may be the same as: of its kind, within days, with words in common."""
    found: dict[str, list[str]] = {claim: [] for claim in new}
    by_kind: dict[str, list[tuple[Trait, date]]] = defaultdict(list)
    for trait in new.values():
        if trait.day is not None:  # what has no day is the same as nothing
            by_kind[trait.kind].append((trait, trait.day))
    for kind, own in by_kind.items():
        held = Held(_window(connection, kind, {day for _, day in own}))
        for trait, day in own:
            found[trait.claim] = near(trait, day, held)
    return found


def near(trait: Trait, day: date, held: Held) -> list[str]:
    """Which of the claims of its kind that are held this one may be the same as."""
    keys = unpacked(packed(trait))
    words, alone = held.postings.shared(keys[keys < ENOUGH]), held.postings.shared(keys[keys >= ENOUGH])
    likely = may_be_same(trait, words, held.words, alone > 0, np.abs(held.after(day)))
    return [claim for claim in held.named(likely) if claim != trait.claim]


def _window(connection: Connection, kind: str, about: Collection[date]) -> Sequence[Any]:
    """Claims of a kind on these days, or as many before or after as it is told over."""
    days = {day + timedelta(days=n) for day in about for n in range(-REACH[kind], REACH[kind] + 1)}
    columns = (claim_entries.c.claim.label("id"), claim_entries.c.day, claim_entries.c["keys"])
    wanted = select(*columns).where(claim_entries.c.kind == kind)
    return [row for part in chunked(days) for row in connection.execute(wanted.where(claim_entries.c.day.in_(part)))]
