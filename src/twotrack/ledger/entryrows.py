"""Entries as rows of the ledger, and entries from their rows again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from twotrack.jsonform import plain
from twotrack.ledger.rows import actors_of, claim_of
from twotrack.model import Entry, Grade, Source, Telling, Variant

Row = dict[str, Any]
MOST_WORDS = 4_000  # characters of an entry that are searched: of many sources that say the same, the first ones


@dataclass(frozen=True, slots=True)
class EntryRows:
    """What one entry puts into each table."""

    entry: Row
    actors: list[Row]


def entry_rows(entry: Entry, sources: Sequence[Source]) -> EntryRows:
    """The rows of an entry with these sources."""
    told = {
        "report": entry.report, "outlet": entry.outlet, "published": plain(entry.published),
        "reports": entry.reports, "families": entry.families,
        "independent": entry.independent, "why": entry.grade.why, "judged": entry.judged, "corrected": list(entry.corrected),
        "said_by": list(entry.said_by), "anonymous": entry.anonymous, "variants": plain(entry.variants),
    }  # fmt: skip
    if entry.corrected:
        told["lead"] = plain(entry.lead)
    row = {
        "id": entry.id, "kind": entry.kind, "type": entry.type, "status": entry.status, "first_day": entry.first_day,
        "last_day": entry.last_day, "known": entry.known, "latest": entry.latest,
        "day": entry.first_day or entry.known or date.max, "told": entry.latest or date.min, "lead": entry.lead.id,
        "grade": str(entry.grade), "live": entry.live, "disputed": entry.disputed, "outcome": entry.outcome,
        "words": _words(entry, sources), "entry": told,
    }  # fmt: skip
    return EntryRows(row, list(_actor_rows(entry)))


def _words(entry: Entry, sources: Iterable[Source]) -> str:
    """What an entry is searched by: who takes part, and the words of its sources, each once."""
    names = [actor.name or actor.words for _, actor in actors_of(entry.lead)]
    cites = [cite.text for source in sources for cite in source.claim.cites[:1]]
    return "\n".join(dict.fromkeys(names + cites))[:MOST_WORDS].replace("\x00", " ")


def _actor_rows(entry: Entry) -> Iterable[Row]:
    for place, (role, actor) in enumerate(actors_of(entry.lead)):
        if actor.id or actor.person:
            yield {"entry": entry.id, "place": place, "role": role, "actor": actor.id, "person": actor.person}


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
