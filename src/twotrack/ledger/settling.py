"""What follows from the stored readings: families, entries, grades, outcomes. Brings them up to date after reports were added.

Reports are settled some at a time, each time in one transaction: a process killed meanwhile leaves them to the next. Only what
new reports can change is looked at again, and the result is that of looking at all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, delete, func, or_, select, text, update

from twotrack.ledger.case import Case
from twotrack.ledger.entries import entry_of
from twotrack.ledger.entryrows import entry_rows
from twotrack.ledger.failures import telling, writing
from twotrack.ledger.judgements import Judgement, anchored, anchors, correction, digest, read_judgements
from twotrack.ledger.linking import link
from twotrack.ledger.merging import Verdicts, components, entries_in, linked_to, pair_of
from twotrack.ledger.outcomes import settle_outcomes
from twotrack.ledger.rows import claim_of
from twotrack.ledger.sameness import REACH
from twotrack.ledger.schema import claim_entries, claims, entries, entry_actors, report_families, reports, settings
from twotrack.ledger.sources import sources_of
from twotrack.ledger.traits import Trait, told_in, trait_from, trait_json, trait_of
from twotrack.ledger.writing import chunked, upsert
from twotrack.model import Claim, Report, Statement

RULES = "1"  # of merging, grading and outcomes; a ledger settled by others is settled anew
BATCH = 40  # reports settled in one transaction; others who write wait for less than a second
SETTLE_LOCK = 0x7707AD  # PostgreSQL's advisory lock, so that two processes do not settle at once
JUDGED = "judgements"
NEW = ""  # the entry of a claim that has none yet


@dataclass(frozen=True, slots=True)
class Judged:
    """What people's verdicts come to, by the claims that they belong to now."""

    verdicts: Verdicts
    rejected: frozenset[str]  # single claims
    entries: Mapping[str, tuple[Judgement, ...]]  # claim -> verdicts on its entry
    lost: tuple[Judgement, ...]  # verdicts whose words are in no claim any more


def settle(ledger: Engine, case: Case, shown: Callable[[int], None] = lambda _: None) -> int:
    """Brings families and entries up to date; returns how many reports were looked at. Cheap where nothing is new.

    `shown` is told the number of reports settled after each batch.
    """
    judgements = read_judgements(case)
    rules = f"{RULES}.{sha256(repr(sorted(case.outlets.items())).encode()).hexdigest()[:8]}"
    with telling(ledger), ledger.connect() as connection:
        if connection.execute(select(settings.c.value).where(settings.c.name == JUDGED)).scalar() != digest(judgements):
            writing(ledger, lambda connection: _unsettle_judged(connection, judgements))
    done = 0
    while many := writing(ledger, lambda connection: _settle(connection, case, rules, judgements)):
        done += many
        shown(done)
    return done


def _unsettle_judged(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """Verdicts were added or changed: whatever they are and were about is to be settled again."""
    held = connection.execute(select(settings.c.value).where(settings.c.name == f"{JUDGED} about")).scalar()
    about = sorted({anchor.report for one in judgements for anchor in anchors(one)})
    for part in chunked({*about, *(held or "").split()}):
        families = select(report_families.c.family).where(report_families.c.report.in_(part))
        connection.execute(update(report_families).where(report_families.c.family.in_(families)).values(settled=None))
    upsert(connection, settings, [{"name": f"{JUDGED} about", "value": " ".join(about)}])
    upsert(connection, settings, [{"name": JUDGED, "value": digest(judgements)}])


def _settle(connection: Connection, case: Case, rules: str, judgements: Sequence[Judgement]) -> int:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({SETTLE_LOCK})"))
    new = _pending(connection, rules)
    if not new:
        return 0
    moved = link(connection, new, {name: name for name in case.outlets})
    superseded = _superseded(connection, [row.version_of for row in new])
    _put_traits(connection, [row.id for row in new] + sorted(superseded), superseded)
    judged = resolved(connection, judgements)
    _reject(connection, judged.rejected)
    touched = _regroup(connection, {row.id for row in new} | superseded, judged.verdicts)
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


# --- claims -------------------------------------------------------------------------------------------------------------


def _put_traits(connection: Connection, ids: Sequence[str], superseded: Collection[str]) -> None:
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


def _trait_rows(rows: Sequence[Any], superseded: Collection[str]) -> list[dict[str, Any]]:
    report = Report(rows[0].report, rows[0].text, published=rows[0].published)
    found = [(row, claim_of(row.claim, row.text)) for row in rows]
    statements = [claim for row, claim in found if isinstance(claim, Statement) and row.gone is None]
    made = []
    for row, claim in found:
        trait = trait_of(claim, report, row.place)
        made.append(
            {"claim": row.id, "kind": row.kind, "day": trait.day, "live": row.gone is None and row.report not in superseded,
             "said_by": saying(claim, statements), "trait": trait_json(trait)}
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


# --- verdicts -----------------------------------------------------------------------------------------------------------


def resolved(connection: Connection, judgements: Sequence[Judgement]) -> Judged:
    """The verdicts by the claims that their words are now in; the latest verdict on a thing counts."""
    found = _live_claims(connection, {anchor.report for one in judgements for anchor in anchors(one)})
    same: dict[tuple[str, str], str] = {}
    alone: dict[str, str] = {}
    whole: dict[str, list[Judgement]] = defaultdict(list)
    lost: list[Judgement] = []
    for one in judgements:
        ids = [anchored(anchor, found.get(anchor.report, ())) for anchor in anchors(one)]
        if None in ids:
            lost.append(one)
        elif len(ids) == 2:
            same[pair_of(str(ids[0]), str(ids[1]))] = one.verdict
        elif one.whole or one.verdict == "correct":
            whole[str(ids[0])].append(one)
        else:
            alone[str(ids[0])] = one.verdict
    verdicts = Verdicts(
        frozenset(pair for pair, verdict in same.items() if verdict == "same-as"),
        frozenset(pair for pair, verdict in same.items() if verdict == "not-same"),
    )
    rejected = frozenset(claim for claim, verdict in alone.items() if verdict == "reject")
    return Judged(verdicts, rejected, {claim: tuple(found) for claim, found in whole.items()}, tuple(lost))


def _live_claims(connection: Connection, report_ids: Collection[str]) -> dict[str, list[Claim]]:
    """Claims of the last reading of each report, by report."""
    found: dict[str, list[Claim]] = defaultdict(list)
    wanted = select(claims.c.report, claims.c.claim, reports.c.text).join(reports, reports.c.id == claims.c.report)
    for part in chunked(report_ids):
        for row in connection.execute(wanted.where(claims.c.report.in_(part), claims.c.gone.is_(None))):
            found[row.report].append(claim_of(row.claim, row.text))
    return found


def _reject(connection: Connection, rejected: Collection[str]) -> None:
    for part in chunked(rejected):
        connection.execute(update(claim_entries).where(claim_entries.c.claim.in_(part)).values(live=False))


# --- entries ------------------------------------------------------------------------------------------------------------


def _regroup(connection: Connection, report_ids: Collection[str], verdicts: Verdicts) -> set[str]:
    """Tells entries apart anew wherever claims of these reports take part; returns the ids of entries that may have changed."""
    new = _traits_of_reports(connection, report_ids)
    near = new | _window(connection, new.values()) | _paired(connection, verdicts)
    linked = linked_to(new, near, verdicts) | set(new)
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


def _window(connection: Connection, new: Iterable[Trait]) -> dict[str, Trait]:
    """Claims that new ones may be the same as: of the kind, within the days over which that kind is told."""
    days: dict[str, set[Any]] = defaultdict(set)
    for trait in new:
        for day in {trait.day, trait.told} - {None}:
            days[trait.kind] |= {day + timedelta(days=n) for n in range(-REACH[trait.kind], REACH[trait.kind] + 1)}  # type: ignore[operator]
    found: dict[str, Trait] = {}
    for kind, wanted in days.items():
        for part in chunked(wanted):
            near = and_(claim_entries.c.kind == kind, claim_entries.c.day.in_(part))
            found |= {row.claim: _trait(row) for row in connection.execute(select(claim_entries).where(near))}
    return found


def _paired(connection: Connection, verdicts: Verdicts) -> dict[str, Trait]:
    """Claims that a person said are the same as others, however far apart."""
    ids = {claim for pair in verdicts.same for claim in pair}
    return {row.claim: _trait(row) for row in _entry_rows(connection, claim_entries.c.claim, ids)}


def _entries_of_reports(connection: Connection, report_ids: Collection[str]) -> set[str]:
    wanted = select(claim_entries.c.entry).join(claims, claims.c.id == claim_entries.c.claim).distinct()
    return {row.entry for part in chunked(report_ids) for row in connection.execute(wanted.where(claims.c.report.in_(part)))}


def rebuild(connection: Connection, case: Case, ids: Collection[str], judged: Judged) -> None:
    """Writes these entries anew; an id that is no entry's any more is taken out."""
    sources = sources_of(connection, ids, case.outlets)
    made = []
    for id_, found in sources.items():
        verdicts = [one for source in found for one in judged.entries.get(source.claim.id, ())]
        verdict = next((one.verdict for one in reversed(verdicts) if one.verdict in ("accept", "reject")), None)
        words = {"accept": "accepted", "reject": "rejected"}.get(verdict or "")
        made.append((entry_of(id_, found, words, correction(verdicts)), found))
    for part in chunked(ids):
        connection.execute(delete(entry_actors).where(entry_actors.c.entry.in_(part)))
        connection.execute(delete(entries).where(entries.c.id.in_(part)))
    rows = [entry_rows(entry, found) for entry, found in made]
    if rows:
        connection.execute(entries.insert(), [row.entry for row in rows])
        if actors := [actor for row in rows for actor in row.actors]:
            connection.execute(entry_actors.insert(), actors)


def judged_now(ledger: Engine, judgements: Sequence[Judgement]) -> Judged:
    """What people's verdicts come to in the ledger as it is."""
    with telling(ledger), ledger.connect() as connection:
        return resolved(connection, judgements)


def unsettled(ledger: Engine) -> int:
    """How many reports are stored and not settled yet."""
    joined = reports.outerjoin(report_families, report_families.c.report == reports.c.id)
    with telling(ledger), ledger.connect() as connection:
        wanted = select(func.count()).select_from(joined).where(report_families.c.settled.is_(None))
        return int(connection.execute(wanted).scalar() or 0)
