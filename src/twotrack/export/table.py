"""Entries as rows of one table: the columns that CSV and Parquet share, and CSV itself."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO, Literal

from sqlalchemy import Engine

from twotrack.export.pages import PAGE, Exported, Told, in_pages, told
from twotrack.ledger.case import Case
from twotrack.ledger.queries import Filter
from twotrack.ledger.rows import actors_of
from twotrack.model import Actor, Claim, Commitment
from twotrack.tables import entry_words, safe_cell
from twotrack.wording import actor_label

Kind = Literal["text", "day", "number", "truth", "texts"]
Row = dict[str, Any]
# The columns and what they hold; docs/exports.md says what they mean.
COLUMNS: dict[str, Kind] = {
    "id": "text", "kind": "text", "type": "text", "status": "text", "first_day": "day", "last_day": "day", "known": "day",
    "latest": "day", "source": "texts", "source_ids": "texts", "target": "texts", "target_ids": "texts", "words": "text",
    "outlets": "texts", "reports": "number", "families": "number", "independent": "number", "grade": "text",
    "disputed": "truth", "outcome": "text", "judged": "text", "said_by": "texts", "anonymous": "truth", "report": "text",
    "start": "number", "end": "number", "text": "text", "url": "text",
}  # fmt: skip
BETWEEN = "; "  # the members of a list in one cell
TARGETS = ("target", "toward")


def row_of(one: Told) -> Row:
    """The row of an entry, in the types of COLUMNS."""
    entry, lead = one.entry, one.lead
    acting, acted_on = sides_of(entry.lead)
    cite = entry.lead.cites[0]
    return {
        "id": entry.id, "kind": entry.kind, "type": entry.type, "status": entry.status, "first_day": entry.first_day,
        "last_day": entry.last_day, "known": entry.known, "latest": entry.latest,
        "source": [actor_label(actor) for actor in acting], "source_ids": [actor.id or "" for actor in acting],
        "target": [actor_label(actor) for actor in acted_on], "target_ids": [actor.id or "" for actor in acted_on],
        "words": entry_words(entry), "outlets": outlets_of(one), "reports": entry.reports, "families": entry.families,
        "independent": entry.independent, "grade": str(entry.grade), "disputed": entry.disputed, "outcome": entry.outcome,
        "judged": entry.judged, "said_by": list(entry.said_by), "anonymous": entry.anonymous, "report": lead.report,
        "start": cite.start, "end": cite.end, "text": cite.text, "url": lead.url,
    }  # fmt: skip


def sides_of(claim: Claim) -> tuple[list[Actor], list[Actor]]:
    """Who acts, speaks, is bound or meets; and toward whom. Of a commitment the party, not who says so."""
    taking_part = [
        (role, actor) for role, actor in actors_of(claim) if not (role == "speaker" and isinstance(claim, Commitment))
    ]
    acting = [actor for role, actor in taking_part if role not in TARGETS]
    return acting, [actor for role, actor in taking_part if role in TARGETS]


def outlets_of(one: Told) -> list[str]:
    """The outlets that tell an entry, each once, the earliest first."""
    return list(dict.fromkeys(source.outlet for source in one.live if source.outlet))


# --- CSV ----------------------------------------------------------------------------------------------------------------


def write_csv(ledger: Engine, case: Case, wanted: Filter, stream: BinaryIO) -> Exported:
    """Writes entries as CSV (RFC 4180, UTF-8), one row each. What a spreadsheet would run is made a text."""
    stream.write(delimited([list(COLUMNS)]))
    written = 0
    for page in in_pages(told(ledger, case, wanted), PAGE):
        stream.write(delimited([cell_of(row[name]) for name in COLUMNS] for row in map(row_of, page)))
        written += len(page)
    return Exported(written)


def cell_of(value: Any) -> str:
    """A value as a cell has it: "2022-01-10", "true", "Iran; Oman"; "" for None. An apostrophe stands before formulas."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    words = BETWEEN.join(value) if isinstance(value, list) else value or ""
    return str(safe_cell(words))


def delimited(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Rows of cells as lines of CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()
