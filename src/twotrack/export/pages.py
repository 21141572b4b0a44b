"""Entries for an export: each with its sources and outcomes, by day, a page of them in memory at a time. Reads only."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from heapq import merge
from itertools import chain, islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Engine, and_, or_

from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter, entries_of, entries_where, last_day, outcomes_of, sources_for
from twotrack.ledger.schema import entries
from twotrack.model import Entry, Outcome, Source
from twotrack.views import is_over

PAGE = 200  # entries fetched at once, since the texts of all their reports lie in memory together

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with every source and every outcome that the ledger has of it."""

    entry: Entry
    sources: tuple[Source, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def live(self) -> tuple[Source, ...]:
        """The sources that count: those of current reports, or all where none is."""
        return tuple(one for one in self.sources if one.live) or self.sources

    @property
    def lead(self) -> Source:
        """The source of the leading claim."""
        return next((one for one in self.sources if one.claim.id == self.entry.lead.id), self.sources[0])


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries were written, and how many the format cannot hold: a calendar has no place for "soon"."""

    written: int
    left_out: int = 0


def told(ledger: Engine, case: Case, wanted: Filter, *also: ColumnElement[bool]) -> Iterator[Told]:
    """Live entries that the filter lets through, by the day they are about or were first told; those without one last."""
    today = last_day(ledger)
    for page in in_pages(_by_day(ledger, wanted, also), PAGE):
        yield from _with_sources(ledger, case, page, today)


def told_of(ledger: Engine, case: Case, ids: Collection[str]) -> Iterator[Told]:
    """The entries of these ids, live or not."""
    today = last_day(ledger)
    for page in in_pages(sorted(ids), PAGE):
        yield from _with_sources(ledger, case, entries_of(ledger, page).values(), today)


def _with_sources(ledger: Engine, case: Case, page: Iterable[Entry], today: date | None) -> Iterator[Told]:
    """Entries with their sources and outcomes. One that was merged into another meanwhile has none, and is left out."""
    listed = list(page)
    ids = [entry.id for entry in listed]
    sources, outcomes = sources_for(ledger, ids, case.outlets), outcomes_of(ledger, ids)
    for entry in listed:
        if found := sources.get(entry.id):
            over = replace(entry, outcome="lapsed") if is_over(entry, today) else entry
            yield Told(over, tuple(found), tuple(outcomes.get(entry.id, ())))


def in_pages(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of that size; the last may be shorter."""
    rest = iter(items)
    while page := list(islice(rest, size)):
        yield page


def _by_day(ledger: Engine, wanted: Filter, also: tuple[ColumnElement[bool], ...]) -> Iterator[Entry]:
    """Two walks, one along each index of days, merged. A sort by either day would look at every entry for every page."""
    undated, untold = entries.c.first_day.is_(None), entries.c.known.is_(None)
    dated = _walk(ledger, wanted, (*also, ~undated), ("first_day", "id"))
    told_only = _walk(ledger, wanted, (*also, undated, ~untold), ("known", "id"))
    neither = _walk(ledger, wanted, (*also, undated, untold), ("id",))
    return chain(merge(dated, told_only, key=lambda entry: (entry.first_day or entry.known, entry.id)), neither)


def _walk(ledger: Engine, wanted: Filter, also: tuple[ColumnElement[bool], ...], keys: tuple[str, ...]) -> Iterator[Entry]:
    """Entries in the order of these columns. Each page is a query of its own, so that no reader holds writers up."""
    order = [entries.c[key] for key in keys]
    beyond: tuple[ColumnElement[bool], ...] = ()
    while True:
        page = entries_where(ledger, wanted, *also, *beyond, order=order, most=PAGE)
        yield from page
        if len(page) < PAGE:
            return
        beyond = _beyond(order, [getattr(page[-1], key) for key in keys])


def _beyond(order: list[Any], at: list[Any]) -> tuple[ColumnElement[bool], ...]:
    """What comes after these values in that order of one or two columns."""
    if len(order) == 1:
        return (order[0] > at[0],)
    # The first condition repeats what the second says, in a form by which the index of days is used.
    return order[0] >= at[0], or_(order[0] > at[0], and_(order[0] == at[0], order[1] > at[1]))
