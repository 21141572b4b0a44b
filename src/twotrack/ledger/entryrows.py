"""Entries as rows of the ledger, and entries from their rows again."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from twotrack.jsonform import plain
from twotrack.ledger.rows import actors_of, claim_of
from twotrack.model import Entry, Grade, Source, Telling, Variant

Row = dict[str, Any]
MOST_WORDS = 4_000  # characters of an entry that are searched: of many sources that say the same, the first ones


ACTING = ("source", "speaker", "party", "parties")  # roles of one who does or says something


def entry_row(entry: Entry, sources: Sequence[Source]) -> Row:
    """The row of an entry with these sources."""
    told = {
        "report": entry.report, "outlet": entry.outlet, "published": plain(entry.published),
        "reports": entry.reports, "families": entry.families,
        "independent": entry.independent, "why": entry.grade.why, "judged": entry.judged, "corrected": list(entry.corrected),
        "said_by": list(entry.said_by), "anonymous": entry.anonymous, "variants": plain(entry.variants),
    }  # fmt: skip
    if entry.corrected:
        told["lead"] = plain(entry.lead)
    return {
        "id": entry.id, "kind": entry.kind, "type": entry.type, "status": entry.status, "first_day": entry.first_day,
        "last_day": entry.last_day, "known": entry.known, "latest": entry.latest,
        "day": entry.first_day or entry.known or date.max, "told": entry.latest or date.min, "lead": entry.lead.id,
        "grade": str(entry.grade), "live": entry.live, "disputed": entry.disputed, "outcome": entry.outcome,
        "words": _words(entry, sources), "facets": _facets(entry, sources), "entry": told,
    }  # fmt: skip


def _facets(entry: Entry, sources: Iterable[Source]) -> list[str]:
    """What an entry is filtered by, as `with_actor`, `by_actor` and `in_outlet` name it, each once."""
    found = [in_outlet(source.outlet) for source in sources if source.live and source.outlet]
    for role, actor in actors_of(entry.lead):
        steps = (actor.id or "").split(".")
        names = [".".join(steps[:n]) for n in range(1, len(steps) + 1)] + [actor.person or ""]
        for name in filter(None, names):
            found += [with_actor(name), by_actor(name)] if role in ACTING else [with_actor(name)]
    return sorted(set(found))


def with_actor(name: str) -> str:
    """The facet of entries in which an actor, or one who belongs to it, takes part; or a person."""
    return f"with:{name}"


def by_actor(name: str) -> str:
    """The facet of entries in which that actor acts or speaks."""
    return f"by:{name}"


def in_outlet(name: str) -> str:
    """The facet of entries that an outlet tells."""
    return f"in:{name.lower()}"


def facet_rows(row: Any) -> Iterator[Row]:
    """The rows of `entry_facets` for a row of `entries`, or for one as `entry_row` makes it."""
    for facet in row["facets"]:
        yield {"facet": facet, "day": row["day"], "entry": row["id"]}


def _words(entry: Entry, sources: Iterable[Source]) -> str:
    """What an entry is searched by: who takes part, and the words of its sources, each once."""
    names = [actor.name or actor.words for _, actor in actors_of(entry.lead)]
    cites = [cite.text for source in sources for cite in source.claim.cites[:1]]
    return "\n".join(dict.fromkeys(names + cites))[:MOST_WORDS].replace("\x00", " ")


def entry_from(row: Any) -> Entry:
    """The entry of a row of `entries` with its lead's `claim` and that report's `text`."""
    told = row.entry
    variants = tuple(Variant(one["field"], tuple(map(_telling, one["told"]))) for one in told["variants"])
    return Entry(
        row.id, row.kind, row.type, row.status, row.first_day, row.last_day, row.known, row.latest,
        claim_of(told.get("lead") or row.claim, row.text), told["report"], told["outlet"],
        date.fromisoformat(told["published"]) if told["published"] else None, told["reports"], told["families"],
        told["independent"], Grade(row.grade[0], int(row.grade[1:]), told["why"]), row.disputed, row.live, row.outcome,
        told["judged"], tuple(told["corrected"]), tuple(told["said_by"]), told["anonymous"], variants,
    )  # fmt: skip


def _telling(data: Row) -> Telling:
    return Telling(data["value"], tuple(data["claims"]), tuple(data["outlets"]))
