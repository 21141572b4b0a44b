"""The ledger as a reader asks for it: timeline, positions, commitments, calendar, disputes, changes, sources. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from twotrack.issues import by_issue, side_of_entry
from twotrack.ledger.entries import entry_of
from twotrack.ledger.queries import (
    NEWEST,
    Filter,
    entries_of,
    entries_of_versions,
    entries_where,
    family_rows,
    last_day,
    outlet_rows,
    sources_for,
)
from twotrack.ledger.schema import entries
from twotrack.lexicon import outlet_letter, outlet_names
from twotrack.model import Entry, Source

SUPPOSED = ("planned", "hypothetical")
HAPPENED = ("actual", "ongoing", "negated", "denied")
AHEAD = ("scheduled", "proposed", "postponed")
OPEN = ("open", "triggered")
SAID_AND_WANTED = ("statement", "commitment")
ALL = Filter()
MOST_WEIGHED = 250  # statements and commitments that issues are found in; who asks for others sets a filter


def timeline(ledger: Engine, wanted: Filter = ALL, most: int | None = None) -> tuple[Entry, ...]:
    """What happened and what is set for when, by day: deeds and meetings, or the kinds that the filter names."""
    if wanted.kinds:
        return entries_where(ledger, wanted, most=most)
    # Joined to nothing, so that the index of kinds is left alone: the first by day are found without sorting all.
    of_kind = entries.c.kind.concat("").in_(("event", "meeting"))
    return entries_where(ledger, wanted, of_kind, entries.c.status.not_in(SUPPOSED), most=most)


def commitments(ledger: Engine, wanted: Filter = ALL, most: int | None = None) -> tuple[Entry, ...]:
    """Demands, offers, threats and the rest, open ones first, the newest first among them.

    One whose day is over, as far as the ledger's reports go, and of which nothing more was told, has lapsed.
    """
    own, open_ = replace(wanted, kinds=("commitment",)), entries.c.outcome.in_(OPEN)
    found = entries_where(ledger, own, open_, order=NEWEST, most=most)
    if most is None or len(found) < most:
        found += entries_where(ledger, own, ~open_, order=NEWEST, most=most and most - len(found))
    today = last_day(ledger)
    told = [replace(one, outcome="lapsed") if is_over(one, today) else one for one in found]
    return tuple(sorted(told, key=lambda one: one.outcome not in OPEN))


def is_over(one: Entry, today: date | None) -> bool:
    """Whether the day of a commitment is past without a word of what became of it."""
    return one.outcome in OPEN and one.last_day is not None and today is not None and one.last_day < today


def calendar(ledger: Engine, wanted: Filter = ALL, most: int | None = None) -> tuple[Entry, ...]:
    """Meetings by day, those without a day last."""
    return entries_where(ledger, replace(wanted, kinds=("meeting",)), most=most)


def disputes(ledger: Engine, wanted: Filter = ALL, most: int | None = None) -> tuple[Entry, ...]:
    """What sources tell differently, the newest first."""
    return entries_where(ledger, wanted, entries.c.disputed, order=NEWEST, most=most)


def statements(ledger: Engine, wanted: Filter = ALL, most: int | None = None) -> tuple[Entry, ...]:
    """What was said, the newest first."""
    return entries_where(ledger, replace(wanted, kinds=("statement",)), order=NEWEST, most=most)


# --- positions ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Position:
    """What one side says and wants on one issue, the newest first."""

    issue: str
    side: str
    entries: tuple[Entry, ...]


def positions(ledger: Engine, named: Mapping[str, Sequence[str]], wanted: Filter = ALL) -> tuple[Position, ...]:
    """What each side says and wants, by issue, of the newest MOST_WEIGHED entries; `named` are the case's own issues."""
    kinds = tuple(kind for kind in SAID_AND_WANTED if not wanted.kinds or kind in wanted.kinds)
    told = entries_where(ledger, replace(wanted, kinds=kinds), order=NEWEST, most=MOST_WEIGHED)
    made: list[Position] = []
    for issue, own in by_issue(told, named).items():
        sides: dict[str, list[Entry]] = defaultdict(list)
        for one in own:
            sides[side_of_entry(one)].append(one)
        made += [Position(issue, side, tuple(found)) for side, found in sides.items()]
    return tuple(made)


# --- what changed -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an entry since a day: "new", or the field that is another now, with what it was and is."""

    entry: Entry
    what: str
    before: str = ""
    after: str = ""


def changes(
    ledger: Engine, outlets: Mapping[str, str], since: date, wanted: Filter = ALL, most: int | None = None
) -> tuple[Change, ...]:
    """Entries first told on or after a day, and those told before that are told differently now; the latest first."""
    found = entries_where(ledger, wanted, entries.c.latest >= since, order=NEWEST, most=most)
    sources = sources_for(ledger, [one.id for one in found if one.known and one.known < since], outlets)
    made: list[Change] = []
    for one in found:
        made += _changed(one, sources[one.id], since) if one.id in sources else [Change(one, "new")]
    return tuple(made)


COMPARED = ("status", "first_day", "disputed", "grade")


def _changed(now: Entry, sources: Sequence[Source], since: date) -> list[Change]:
    """What is told differently than before that day; that it is told again changes nothing but its grade."""
    before = entry_of(now.id, [one for one in sources if one.published and one.published < since], now.judged)
    fields = [name for name in COMPARED if str(getattr(before, name)) != str(getattr(now, name))]
    return [Change(now, name, str(getattr(before, name) or ""), str(getattr(now, name) or "")) for name in fields]


@dataclass(frozen=True, slots=True)
class Update:
    """What an outlet changed in a report: entries that only the earlier version told, or only the later one tells."""

    report: str
    earlier: str
    dropped: tuple[Entry, ...]
    added: tuple[Entry, ...]


def updates(ledger: Engine) -> tuple[Update, ...]:
    """What the last version of each report told otherwise than the one before it."""
    found = entries_of_versions(ledger)
    wanted = {id_ for _, _, before, after in found for id_ in before ^ after}
    by_id = entries_of(ledger, wanted)
    return tuple(
        Update(report, earlier, _some(by_id, before - after), _some(by_id, after - before))
        for report, earlier, before, after in found
    )


def _some(by_id: Mapping[str, Entry], ids: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(by_id[id_] for id_ in sorted(ids) if id_ in by_id)


# --- sources ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FamilyView:
    """A family: its first report, the copies, what it may be derived from, and whom it cites."""

    first: str
    title: str | None
    outlet: str | None
    published: date | None
    copies: tuple[tuple[str, str | None, str, str], ...]  # report, outlet, likeness, why
    independent: bool
    derived_from: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutletView:
    """An outlet: how many reports, how many of them copies of others', and the share of its statements that name nobody."""

    outlet: str
    letter: str
    reports: int
    copies: int
    statements: int
    anonymous: int


def family_views(ledger: Engine) -> tuple[FamilyView, ...]:
    """Families in the order of their first reports' days."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in family_rows(ledger):
        groups[row.family].append(row)
    made = [_family(rows) for rows in groups.values()]
    return tuple(sorted(made, key=lambda one: (one.published or date.max, one.first)))


def _family(rows: Sequence[Any]) -> FamilyView:
    first, *others = rows
    copies = tuple((row.id, row.outlet, row.likeness, row.why) for row in others)
    cited = tuple(dict.fromkeys(outlet_names().get(outlet, outlet) for row in rows for outlet, _ in row.cited))
    derived = tuple(one[0] for one in first.derived_from)
    return FamilyView(first.id, first.title, first.outlet, first.published, copies, first.independent, derived, cited)


def outlet_views(ledger: Engine, outlets: Mapping[str, str]) -> tuple[OutletView, ...]:
    """Outlets, those with most reports first. `outlets` are the case's letters by name."""
    letters = {name.casefold(): letter for name, letter in outlets.items()}
    made = [
        OutletView(
            row.outlet,
            letters.get(row.outlet.casefold()) or outlet_letter(row.outlet),
            row.reports,
            row.copies,
            row.statements,
            row.unnamed,
        )
        for row in outlet_rows(ledger)
    ]
    return tuple(sorted(made, key=lambda one: (-one.reports, one.outlet)))
